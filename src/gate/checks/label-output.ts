import { formatCount } from '../../core/format-number.ts';
import type { CheckResult } from '../../core/check.ts';
import type { Answers } from '../mapping/answers.ts';
import { labelAgrees, orderByLabels, ownLabels } from '../mapping/label-agrees.ts';
import { countOf, listNames, quote } from '../../verdict/sentences.ts';
import type { LabelScheme } from '../mapping/to-sample.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import { result } from '../../verdict/check-result.ts';
import type { Check } from './check.ts';
import { checkClasses, classesFlag } from './label-output-classes.ts';
import { partingOf, partsAt, shortestBetween } from './label-threshold.ts';

/**
 * The class of every column must be known, and a classifier's label output must be its most probable class. Tree ensembles
 * exported with weights for both classes break the second.
 */
export const checkLabelOutput: Check = (facts) => {
  const doubts = checkClasses(facts);
  const labels = checkLabels(facts);
  // Where the classes are assumed, their order is what that doubt is about.
  return [...doubts, ...labels.filter(({ reason }) => doubts.length === 0 || reason !== 'columns-permuted')];
};

function checkLabels(facts: GateFacts): CheckResult[] {
  const data = facts.data.find((each) => each.role === 'test');
  if (data === undefined || !data.challenger.known || !data.scheme.known) return [];
  const { answers } = data.challenger.value;
  const classes = classesOf(data.scheme.value, answers?.width);
  if (answers === undefined || classes === undefined || answers.width > classes.length) return [];
  const labels = namedLabels(ownLabels(answers, classes), classes, data.scheme.value);
  if (labels === undefined) return [];
  const labelled = { answers, labels, classes, scheme: data.scheme.value };
  return [noLabels(labelled, facts) ?? judge(data, labelled)];
}

/** An output whose values are no classes is no label output: the guess was wrong, or the names are others. */
function noLabels(
  { answers, labels, classes }: Labelled,
  { challenger }: GateFacts,
): CheckResult | undefined {
  const strange = [...new Set(labels)].filter((label) => !classes.includes(label));
  if (strange.length === 0) return undefined;
  const plan = challenger?.outputs.known === true ? challenger.outputs.value : undefined;
  const outputs = challenger?.opened.known === true ? challenger.opened.value.signature.outputs : [];
  const others = outputs
    .map(({ name }) => name)
    .filter((name) => name !== plan?.label && name !== plan?.numbers);
  const named = others.length === 0 ? '' : ` (the model has ${listNames(others)} besides)`;
  return result({
    ...base,
    n: answers.rows,
    outcome: 'hold',
    reason: 'no-labels',
    message: `The output ${quote(plan?.label ?? 'label')} was taken for the label output, and says ${listNames(strange)}, which no class is called (${listNames(classes)}).`,
    settle: `Name the label output in the config: outputs: { label: … }${named}; or the classes as the model has them, in order: outputs: { classes: […] }.`,
  });
}

/** The classes in the order of the columns; of a single column: below and above one half. */
function classesOf(scheme: LabelScheme, width: number | undefined): readonly string[] | undefined {
  if (scheme.task === 'regression') return undefined;
  const single = scheme.task === 'binary-classification' && width === 1;
  return single ? [scheme.negative, scheme.positive] : scheme.classes;
}

/**
 * Labels by name. A model that gives numbers, where no class is called so, means the class at that place only if somebody
 * named the classes in order; else nothing can be said of its labels, and `checkClasses` holds.
 */
function namedLabels(
  labels: readonly string[] | undefined,
  classes: readonly string[],
  scheme: LabelScheme,
): readonly string[] | undefined {
  const places = new Map(classes.map((name, k) => [String(k), name]));
  const numbered =
    labels?.every((label) => places.has(label)) === true && !classes.some((name) => places.has(name));
  if (!numbered) return labels;
  const ordered = scheme.task !== 'regression' && scheme.classesFrom === 'config';
  return ordered ? labels.map((label) => places.get(label) ?? label) : undefined;
}

interface Labelled {
  answers: Answers;
  labels: readonly string[];
  classes: readonly string[];
  scheme: LabelScheme;
}

const base = { id: 'label-output', check: 'label-output', role: 'gate', unit: 'rows' } as const;

function judge(data: DataFacts, labelled: Labelled): CheckResult {
  const { answers, labels, classes, scheme } = labelled;
  const wrong: number[] = [];
  for (let row = 0; row < answers.rows; row++)
    if (!labelAgrees(answers, row, { label: labels[row] ?? '', classes })) wrong.push(row);
  const [first] = wrong;
  if (first === undefined)
    return result({
      ...base,
      n: answers.rows,
      outcome: 'pass',
      reason: 'agrees',
      measured: 0,
      message: `The label output is the most probable class on all ${countOf(answers.rows, 'row')}.`,
    });
  const seen = `The label output is not the most probable class on ${formatCount(wrong.length)} of ${countOf(answers.rows, 'row')}`;
  const shared = { ...base, n: answers.rows, subject: data.role, measured: wrong.length };
  const explained = otherThreshold(labelled, seen) ?? otherOrder(labelled, seen);
  if (explained !== undefined) return result({ ...shared, ...explained });
  const plain = scheme.task !== 'regression' && scheme.classesFrom !== 'config';
  return result({
    ...shared,
    outcome: 'fail',
    reason: 'label-differs',
    message: `${seen} (first: row ${formatCount(first + 1)} is labelled ${quote(labels[first] ?? '')}).`,
    settle: `Whoever serves the label serves another model than the probabilities show: export the classifier again${plain ? ', or name the classes in order (outputs: { classes: […] })' : ''}.`,
  });
}

type Explained = Pick<CheckResult, 'outcome' | 'reason' | 'message'> & { settle?: string };

/** Labels that are decisions, at the threshold that is measured or at another one. */
function otherThreshold({ answers, labels, scheme }: Labelled, seen: string): Explained | undefined {
  const parting = scheme.task === 'binary-classification' ? partingOf(answers, labels, scheme) : undefined;
  if (scheme.task !== 'binary-classification' || parting === undefined) return undefined;
  if (partsAt(parting, scheme.threshold))
    return {
      outcome: 'pass',
      reason: 'agrees',
      message: `The label output is the decision at the threshold of ${scheme.threshold} on all ${countOf(answers.rows, 'row')}.`,
    };
  const threshold = shortestBetween(parting);
  return {
    outcome: 'hold',
    reason: 'label-threshold',
    message: `${seen}: it looks like a decision at another threshold, ${threshold} or so, and ${scheme.threshold} is measured here.`,
    settle: `If serving decides there, write it into the config, so that the decisions are measured as they are served: outputs: { threshold: ${threshold} }; else export the classifier again.`,
  };
}

/** Labels that are the most probable class if the columns are in another order than the assumed one. */
function otherOrder({ answers, classes, scheme }: Labelled, seen: string): Explained | undefined {
  const order = orderByLabels(answers, classes);
  if (order === undefined || scheme.task === 'regression' || scheme.classesFrom !== undefined)
    return undefined;
  return {
    outcome: 'hold',
    reason: 'columns-permuted',
    message: `${seen}, and on every one if the columns are ${listNames(order)}, in this order; they were read as ${listNames(classes)}.`,
    settle: `If the labels are right, say so: ${classesFlag(order)}outputs: { classes: ${JSON.stringify(order)} } in the config. Else export the classifier again.`,
  };
}
