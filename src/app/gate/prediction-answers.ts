import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Table } from '../../core/table.ts';
import type { Answers } from '../../gate/mapping/answers.ts';
import { booleanAsNumber } from '../../gate/mapping/boolean-labels.ts';
import { canonicalLabel } from '../../gate/mapping/labels.ts';
import { listNames, quote } from '../../verdict/sentences.ts';
import type { LabelScheme } from '../../gate/mapping/to-sample.ts';
import { classOf } from './prediction-columns.ts';

/** The numbers of a side, and whether the header names the class of its columns. */
export interface NamedAnswers {
  answers: Answers;
  named: boolean;
}

/** The columns of a table as the answers of a model: rows × names. */
export function answersOf(table: Table, names: readonly string[]): Answers {
  const numbers = new Float64Array(table.rows * names.length);
  names.forEach((name, k) => {
    const column = table.columns.get(name);
    for (let row = 0; row < table.rows; row++)
      numbers[row * names.length + k] = Number(column?.values[row] ?? Number.NaN);
  });
  return { rows: table.rows, width: names.length, numbers, labels: undefined };
}

/**
 * One side's answers in the order of the classes. Of two classes the header's word counts column by column: one column tells both,
 * P(no) = 1 − P(yes). Unknown where it names a class that no label is called.
 */
export function sideAnswers(
  table: Table,
  { name, columns }: { name: string; columns: readonly string[] },
  scheme: LabelScheme,
): Fact<NamedAnswers> {
  const given = answersOf(table, columns);
  const classes = columns.map((column) => classOf(name, column));
  if (scheme.task !== 'binary-classification' || classes.includes(undefined))
    return known({ answers: given, named: scheme.task !== 'regression' && columns.length > 1 });
  const order = classes.map((each) => placeIn(scheme.classes, each ?? ''));
  const stranger = order.indexOf(-1);
  if (stranger >= 0)
    return unknown(
      `The column ${quote(columns[stranger] ?? '')} names a class that no label is called (${listNames(scheme.classes)}). Rename the column, or give one of the plain name ${quote(name)}.`,
    );
  if (columns.length > 2 || scheme.classes.length !== 2) return known({ answers: given, named: true });
  return known({ answers: inOrder(given, order), named: true });
}

function placeIn(classes: readonly string[], written: string): number {
  const name = canonicalLabel(written);
  return classes.includes(name) ? classes.indexOf(name) : classes.indexOf(booleanAsNumber(name) ?? name);
}

/** Both probabilities of every row, each in the place of its class. */
function inOrder({ rows, width, numbers }: Answers, order: readonly number[]): Answers {
  const placed = new Float64Array(rows * 2);
  for (let row = 0; row < rows; row++) {
    const [first = Number.NaN, second = 1 - first] = numbers.subarray(row * width, (row + 1) * width);
    const at = order[0] ?? 0;
    placed[row * 2 + at] = first;
    placed[row * 2 + 1 - at] = second;
  }
  return { rows, width: 2, numbers: placed, labels: undefined };
}
