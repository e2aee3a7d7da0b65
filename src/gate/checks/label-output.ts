import { formatCount } from '../../core/format-number.ts';
import type { CheckResult } from '../../core/check.ts';
import type { Answers } from '../mapping/answers.ts';
import { countOf, quote } from '../mapping/sentences.ts';
import type { LabelScheme } from '../mapping/to-sample.ts';
import { mostProbable } from '../mapping/to-sample.ts';
import type { DataFacts } from '../facts.ts';
import { result } from './check.ts';
import type { Check } from './check.ts';

/** A classifier's label output must be its most probable class. Tree ensembles exported with weights for both classes break it. */
export const checkLabelOutput: Check = (facts) => {
  const data = facts.data.find((each) => each.role === 'test');
  if (data === undefined || !data.challenger.known || !data.scheme.known) return [];
  const { answers } = data.challenger.value;
  const classes = classesOf(data.scheme.value, answers?.width);
  if (answers?.labels === undefined || classes === undefined || answers.width > classes.length) return [];
  return [judge(data, { answers, labels: namedLabels(answers.labels, classes), classes })];
};

/** The classes in the order of the columns; of a single column: below and above one half. */
function classesOf(scheme: LabelScheme, width: number | undefined): readonly string[] | undefined {
  if (scheme.task === 'regression') return undefined;
  const single = scheme.task === 'binary-classification' && width === 1;
  return single ? [scheme.negative, scheme.positive] : scheme.classes;
}

/** Labels by name; a model that gives the number of the class, where no class is called so, means the class at that place. */
function namedLabels(labels: readonly string[], classes: readonly string[]): readonly string[] {
  const places = new Map(classes.map((name, k) => [String(k), name]));
  const numbered = labels.every((label) => places.has(label)) && !classes.some((name) => places.has(name));
  return numbered ? labels.map((label) => places.get(label) ?? label) : labels;
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
    if (!agrees(answers, row, { label: labels[row] ?? '', classes })) wrong.push(row);
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

/** Two classes this close are a tie, and either label is right. */
const TIE = 1e-6;

function agrees(
  answers: Answers,
  row: number,
  { label, classes }: { label: string; classes: readonly string[] },
): boolean {
  if (answers.width === 1) {
    const positive = answers.numbers[row] ?? 0;
    return Math.abs(positive - 0.5) <= TIE || label === classes[positive > 0.5 ? 1 : 0];
  }
  const best = mostProbable(answers, row);
  const k = classes.indexOf(label);
  const [top, own] = [
    answers.numbers[row * answers.width + best] ?? 0,
    answers.numbers[row * answers.width + k] ?? Number.NaN,
  ];
  return k === best || top - own <= TIE;
}
