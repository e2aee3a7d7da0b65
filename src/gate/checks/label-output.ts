import { formatCount } from '../../core/format-number.ts';
import type { CheckResult } from '../../core/check.ts';
import type { Answers } from '../mapping/answers.ts';
import { labelAgrees, ownLabels } from '../mapping/label-agrees.ts';
import { countOf, quote } from '../mapping/sentences.ts';
import type { LabelScheme } from '../mapping/to-sample.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import { result } from './check.ts';
import type { Check } from './check.ts';
import { checkClasses } from './label-output-classes.ts';

/**
 * The class of every column must be known, and a classifier's label output must be its most probable class. Tree ensembles
 * exported with weights for both classes break the second.
 */
export const checkLabelOutput: Check = (facts) => [...checkClasses(facts), ...checkLabels(facts)];

function checkLabels(facts: GateFacts): CheckResult[] {
  const data = facts.data.find((each) => each.role === 'test');
  if (data === undefined || !data.challenger.known || !data.scheme.known) return [];
  const { answers } = data.challenger.value;
  const classes = classesOf(data.scheme.value, answers?.width);
  if (answers === undefined || classes === undefined || answers.width > classes.length) return [];
  const labels = namedLabels(ownLabels(answers, classes), classes, data.scheme.value);
  return labels === undefined ? [] : [judge(data, { answers, labels, classes })];
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
}

function judge(data: DataFacts, { answers, labels, classes }: Labelled): CheckResult {
  const base = {
    id: 'label-output',
    check: 'label-output',
    role: 'gate',
    n: answers.rows,
    unit: 'rows',
  } as const;
  const wrong: number[] = [];
  for (let row = 0; row < answers.rows; row++)
    if (!labelAgrees(answers, row, { label: labels[row] ?? '', classes })) wrong.push(row);
  const [first] = wrong;
  if (first === undefined)
    return result({
      ...base,
      outcome: 'pass',
      reason: 'agrees',
      measured: 0,
      message: `The label output is the most probable class on all ${countOf(answers.rows, 'row')}.`,
    });
  return result({
    ...base,
    outcome: 'fail',
    reason: 'label-differs',
    subject: data.role,
    measured: wrong.length,
    message: `The label output is not the most probable class on ${formatCount(wrong.length)} of ${countOf(answers.rows, 'row')} (first: row ${formatCount(first + 1)} is labelled ${quote(labels[first] ?? '')}).`,
    settle:
      'Whoever serves the label serves another model than the probabilities show: export the classifier again, or name the classes in order (outputs: { classes: […] }).',
  });
}
