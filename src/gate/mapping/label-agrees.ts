import type { Answers } from './answers.ts';
import { booleansAsNumbers } from './boolean-labels.ts';
import { mostProbable } from './to-sample.ts';

/** Two classes this close are a tie, and either label is right. */
const TIE = 1e-6;

/** The labels that the model gives itself, booleans as `0` and `1` where no class is called otherwise. */
export function ownLabels(answers: Answers, classes: readonly string[]): readonly string[] | undefined {
  const { labels } = answers;
  return labels === undefined || labels.some((label) => classes.includes(label))
    ? labels
    : booleansAsNumbers(labels);
}

/** Whether a row's label is its most probable class; of a single column: above one half is the second class. Ties agree. */
export function labelAgrees(
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
  const [top, own] = [numberAt(answers, row, best), numberAt(answers, row, k)];
  return k === best || top - own <= TIE;
}

/**
 * Whether the model's own labels prove that its columns are these classes, in this order: they agree on every row, and
 * all classes but one are the clear winner of some row.
 */
export function labelsProve(answers: Answers, classes: readonly string[]): boolean {
  const labels = ownLabels(answers, classes);
  if (labels === undefined) return false;
  const told = new Set<string>();
  for (const [row, label] of labels.entries()) {
    if (!labelAgrees(answers, row, { label, classes })) return false;
    if (!tied(answers, row)) told.add(label);
  }
  return told.size >= classes.length - 1;
}

/**
 * The classes in the order of the columns that the model's own labels prove: of every column one class, on every row. `undefined`
 * where they prove none, or the model gives no label.
 */
export function orderByLabels(answers: Answers, classes: readonly string[]): readonly string[] | undefined {
  const labels = ownLabels(answers, classes);
  if (labels === undefined || answers.width !== classes.length || answers.width < 2) return undefined;
  const order = new Map<number, string>();
  for (const [row, label] of labels.entries()) {
    if (tied(answers, row)) continue;
    const column = mostProbable(answers, row);
    if ((order.get(column) ?? label) !== label || !classes.includes(label)) return undefined;
    order.set(column, label);
  }
  return completed(order, classes);
}

/** The last class is the one that is left; each stands in one place. */
function completed(
  order: ReadonlyMap<number, string>,
  classes: readonly string[],
): readonly string[] | undefined {
  const rest = classes.filter((name) => ![...order.values()].includes(name));
  if (rest.length > 1 || rest.length !== classes.length - order.size) return undefined;
  return classes.map((_, column) => order.get(column) ?? rest[0] ?? '');
}

function tied(answers: Answers, row: number): boolean {
  if (answers.width === 1) return Math.abs((answers.numbers[row] ?? 0.5) - 0.5) <= TIE;
  const best = mostProbable(answers, row);
  const top = numberAt(answers, row, best);
  for (let k = 0; k < answers.width; k++)
    if (k !== best && top - numberAt(answers, row, k) <= TIE) return true;
  return false;
}

/** NaN for a column that is not there. */
function numberAt(answers: Answers, row: number, column: number): number {
  return column < 0 ? Number.NaN : (answers.numbers[row * answers.width + column] ?? Number.NaN);
}
