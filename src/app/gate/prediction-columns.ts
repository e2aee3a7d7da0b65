import { KnownGoodError } from '../../core/errors.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { listNames, quote } from '../../verdict/sentences.ts';
import type { PredictionsRequest } from './gate-request.ts';

/** The columns of both sides; a champion of no column is none. */
export interface PredictionColumns {
  challenger: readonly string[];
  champion: readonly string[];
}

/** Finds both sides in the header: a column of the name, or `name.<class>`. A side that is named and not there is an `input` error, and so is a column that may be the champion and is called otherwise. */
export function predictionColumns(
  wish: PredictionsRequest,
  columns: readonly string[],
  others: readonly string[],
): PredictionColumns {
  const { path, challenger, champion } = wish;
  const ours = columnsOfSide(challenger, columns);
  if (ours.length === 0)
    throw new KnownGoodError(
      'input',
      `${quote(path)} has no column ${quote(challenger)}, nor ${quote(`${challenger}.<class>`)}: saw ${listNames(columns)}. Name it: --challenger COLUMN.`,
    );
  const theirs = champion === undefined ? [] : championColumns(wish, champion, columns);
  if (champion === undefined || theirs.length > 0) return { challenger: ours, champion: theirs };
  if (wish.championGuessed !== true)
    throw new KnownGoodError(
      'input',
      `${quote(path)} has no column ${quote(champion)}: saw ${listNames(columns)}. Name it with --champion COLUMN, or say that there is none: --champion none.`,
    );
  refuseMistyped(wish, { champion, columns: columns.filter((name) => ![...ours, ...others].includes(name)) });
  return { challenger: ours, champion: [] };
}

/** Nobody named the champion's column, and the usual one is not there: another one may be meant, and must not be passed over. */
function refuseMistyped(
  { path }: PredictionsRequest,
  { champion, columns }: { champion: string; columns: readonly string[] },
): void {
  const near = columns.find(
    (name) =>
      name.toLowerCase().includes(champion) ||
      nearestName(name.split('.')[0] ?? '', [champion]) !== undefined,
  );
  if (near === undefined) return;
  throw new KnownGoodError(
    'input',
    `${quote(path)} has no column ${quote(champion)}, and ${quote(near)} looks like one. Name it with --champion ${JSON.stringify(near.replace(/\..*$/s, ''))}, or say that there is none: --champion none.`,
  );
}

/** `challenger`, or `challenger.<class>` for each class. */
function columnsOfSide(name: string, columns: readonly string[]): string[] {
  return columns.includes(name) ? [name] : columns.filter((column) => column.startsWith(`${name}.`));
}

/** The class that the header names for a column of a side; `undefined` for the plain name. */
export function classOf(name: string, column: string): string | undefined {
  return column === name ? undefined : column.slice(name.length + 1);
}

/** The champion's columns, class by class in the challenger's order: a column that means another class must not be read as this one. */
function championColumns(
  { path, challenger }: PredictionsRequest,
  champion: string,
  columns: readonly string[],
): string[] {
  const own = columnsOfSide(champion, columns);
  if (own.length < 2 || columns.includes(challenger)) return own;
  const wanted = columnsOfSide(challenger, columns).map((name) => champion + name.slice(challenger.length));
  const absent = wanted.filter((name) => !own.includes(name));
  const extra = own.filter((name) => !wanted.includes(name));
  // Of two classes one column tells both.
  if (wanted.length === 1 && own.length === 2 && absent.length === 0) return own;
  if (absent.length + extra.length > 0)
    throw new KnownGoodError(
      'input',
      `${quote(path)} has not the same classes for ${quote(champion)} and ${quote(challenger)}: ${absent.length > 0 ? `no ${listNames(absent)}` : `${listNames(extra)} beyond them`}.`,
    );
  return wanted;
}
