import { formatCount } from '../../core/format-number.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import { booleansAsNumbers } from './boolean-labels.ts';
import { countOf, listNames, quote } from '../../verdict/sentences.ts';

/** The distinct labels of a column and how often each occurs, in natural order: numbers by value, then texts. */
export function countLabels(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return new Map([...counts].toSorted(([a], [b]) => compareLabels(a, b)));
}

function compareLabels(a: string, b: string): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined && x !== y) return x - y;
  if ((x === undefined) !== (y === undefined)) return x === undefined ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function numberOf(text: string): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Whole numbers as tools write them; `01` and `0x1` are names. */
const NUMBER = /^\s*[+-]?(?:0|[1-9]\d*)(?:\.\d*)?(?:e[+-]?\d+)?\s*$/i;

/** A label as classes are compared: `1.0` and `1` are one class, texts are as they are. */
export function canonicalLabel(text: string): string {
  const value = Number(text);
  return NUMBER.test(text) && Number.isSafeInteger(value) ? String(value) : text;
}

const POSITIVE = ['1', 'true', 'True', 'TRUE', 'yes', 'Yes', 'y', 'Y', 'positive', 'pos'];

/** The classes of a binary task, negative first. `guessed` says how the positive one was chosen, when nobody said. */
export interface BinaryClasses {
  negative: string;
  positive: string;
  guessed: string | undefined;
}

/** Finds the two classes. Unknown when there are not two, or when the named positive one never occurs. */
export function binaryClasses(labels: readonly string[], positive: string | undefined): Fact<BinaryClasses> {
  const found = [...countLabels(labels).keys()];
  if (found.length > 2)
    return unknown(
      `A binary label has two values; the column has ${formatCount(found.length)} (${listNames(found)}).`,
    );
  if (found.length < 2)
    return unknown(
      `Every label is ${listNames(found)} (${countOf(labels.length, 'row')}); nothing can be measured with one class.`,
    );
  const [first = '', second = ''] = found;
  if (positive !== undefined) {
    const named = canonicalLabel(positive);
    if (!found.includes(named))
      return unknown(
        `The positive class is configured as ${quote(positive)}; the labels are ${listNames(found)}.`,
      );
    return known({ negative: named === first ? second : first, positive: named, guessed: undefined });
  }
  const usual = found.find((each) => POSITIVE.includes(each));
  const chosen = usual ?? second;
  return known({
    negative: chosen === first ? second : first,
    positive: chosen,
    guessed: `positive class ${quote(chosen)}`,
  });
}

/** Labels of a regression as numbers; unknown with the first row that is not a finite number. */
export function numericLabels(labels: readonly string[]): Fact<Float64Array> {
  const values = new Float64Array(labels.length);
  for (const [i, label] of labels.entries()) {
    const value = label.trim() === '' ? Number.NaN : Number(label);
    if (!Number.isFinite(value))
      return unknown(`The label of row ${formatCount(i + 1)} is ${quote(label)}, not a finite number.`);
    values[i] = value;
  }
  return known(values);
}

/** How R, pandas and databases write a value that is not there. */
const MISSING = ['', 'NA', 'N/A', '<NA>', 'None', 'null', 'NULL', 'NaN', 'nan'];

/** Labels in canonical form, all-boolean ones as 0 and 1. Unknown when one is missing: a row without a label cannot be measured, and must not vanish. */
export function completeLabels(labels: readonly string[], column: string): Fact<readonly string[]> {
  const missing = labels.reduce((sum, label) => sum + (isMissing(label) ? 1 : 0), 0);
  if (missing === 0) return known(booleansAsNumbers(labels.map(canonicalLabel)));
  const first = labels.findIndex(isMissing);
  const written = labels[first]?.trim() ?? '';
  return unknown(
    `${countOf(missing, 'row')} of ${formatCount(labels.length)} ${missing === 1 ? 'has' : 'have'} no label in ${quote(column)} (first: row ${formatCount(first + 1)}${written === '' ? '' : `, ${quote(written)}, which stands for a missing value`}). Remove such rows, or fill the labels in${written === '' ? '' : '; a class of that name needs another one'}.`,
  );
}

/** Empty, or not a number as tools write it. */
function isMissing(label: string): boolean {
  return MISSING.includes(label.trim());
}
