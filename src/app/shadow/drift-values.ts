import type { SqlSession } from '../../core/sql-engine.ts';
import type { PerSide, Side } from '../../shadow/facts.ts';
import {
  allValues,
  countReference,
  countValues,
  MISSING,
  scoresApart,
} from '../../shadow/sql/drift-counts.ts';
import type { TimeSpan } from '../../shadow/sql/thirds.ts';
import { sortNumbers } from '../../stats/sort-numbers.ts';
import { mergeSorted, type SortedValues } from '../../stats/drift/sorted-values.ts';
import type { TimedRows } from './load-scored.ts';

/** Numbers of one side: the finite ones in ascending order, and how many there are of the others. */
export interface NumberParts {
  sorted: SortedValues;
  /** NaN and infinities. */
  nonFinite: number;
  missing: number;
}

/** How often each text stands on one side. */
export interface TextParts {
  counts: ReadonlyMap<string, number>;
  missing: number;
}

/** A column over the whole window, which is put together when it is asked for, in its first third and in its last. */
export interface Parts<T> {
  whole: () => T;
  first: T;
  last: T;
}

/** The numbers of a feature. `few`: its values repeat, so that the engine had better count them; `rows` of the log. */
export async function readNumbers(
  session: SqlSession,
  column: string,
  { span, few, rows }: { span: TimeSpan; few: boolean; rows: number },
): Promise<Parts<NumberParts>> {
  if (few) return countedNumbers(session, column, span);
  const shape = { value: 'number', third: 'code' } as const;
  const { value, third } = await session.read(allValues(column, span), shape, rows);
  return sortedParts([{ values: value, thirds: third }]);
}

/** The scores of both models: those of rows that both answered are here already. */
export async function readScores(
  session: SqlSession,
  rows: TimedRows,
  span: TimeSpan,
): Promise<PerSide<Parts<NumberParts>>> {
  const apart = await session.read(scoresApart(span), {
    champion: 'number',
    champion_third: 'code',
    challenger: 'number',
    challenger_third: 'code',
  });
  const partsOf = (side: Side): Parts<NumberParts> =>
    sortedParts([
      { values: rows[side], thirds: rows.thirds },
      { values: apart[side], thirds: apart[`${side}_third`] },
    ]);
  return { champion: partsOf('champion'), challenger: partsOf('challenger') };
}

/** Values with the third of the window that each is from, more by `MISSING` where there is none. */
interface TimedValues {
  values: Float64Array;
  thirds: Int32Array | Uint8Array;
}

function sortedParts(sources: readonly TimedValues[]): Parts<NumberParts> {
  const third = (part: number): NumberParts => {
    const sides = sources.map((source) => numbersIn(source, part));
    const [first = new Float64Array(), ...others] = sides.map(({ values }) => sortNumbers(values));
    return {
      sorted: { values: others.reduce(mergeSorted, first) },
      nonFinite: sum(sides.map(({ nonFinite }) => nonFinite)),
      missing: sum(sides.map(({ missing }) => missing)),
    };
  };
  const [first, last] = [third(0), third(2)];
  const whole = (): NumberParts => {
    const parts = [first, third(1), last];
    return {
      sorted: { values: parts.map(({ sorted }) => sorted.values).reduce(mergeSorted) },
      nonFinite: sum(parts.map(({ nonFinite }) => nonFinite)),
      missing: sum(parts.map(({ missing }) => missing)),
    };
  };
  return { whole, first, last };
}

/** The finite values of one third in their order, and how many others there are. */
function numbersIn(
  { values, thirds }: TimedValues,
  part: number,
): { values: Float64Array; nonFinite: number; missing: number } {
  let [finite, nonFinite, missing] = [0, 0, 0];
  for (let row = 0; row < thirds.length; row++) {
    if (thirds[row] === part + MISSING) missing++;
    else if (thirds[row] !== part) continue;
    else if (Number.isFinite(values[row])) finite++;
    else nonFinite++;
  }
  const own = new Float64Array(finite);
  let next = 0;
  for (let row = 0; row < thirds.length; row++)
    if (thirds[row] === part && Number.isFinite(values[row])) own[next++] = values[row] as number;
  return { values: own, nonFinite, missing };
}

async function countedNumbers(
  session: SqlSession,
  column: string,
  span: TimeSpan,
): Promise<Parts<NumberParts>> {
  const counted = await session.read(countValues(column, span), {
    value: 'number',
    third: 'code',
    n: 'number',
  });
  const side = (...parts: readonly number[]): NumberParts =>
    numbersOf(counted, (row) => {
      const third = counted.third[row] as number;
      if (!parts.includes(third % MISSING)) return 'elsewhere';
      return third < MISSING ? 'there' : 'missing';
    });
  return { whole: () => side(0, 1, 2), first: side(0), last: side(2) };
}

/** One side out of values in ascending order with their counts, by what each row of these is there. */
function numbersOf(
  { value, n }: { value: Float64Array; n: Float64Array },
  whatIs: (row: number) => 'there' | 'missing' | 'elsewhere',
): NumberParts {
  const values = new Float64Array(value.length);
  const counts = new Float64Array(value.length);
  let [finite, nonFinite, missing] = [0, 0, 0];
  for (let row = 0; row < value.length; row++) {
    const what = whatIs(row);
    if (what === 'missing') missing += n[row] as number;
    else if (what === 'elsewhere') continue;
    else if (!Number.isFinite(value[row])) nonFinite += n[row] as number;
    else {
      values[finite] = value[row] as number;
      counts[finite++] = n[row] as number;
    }
  }
  const sorted = { values: values.subarray(0, finite), counts: counts.subarray(0, finite) };
  return { sorted, nonFinite, missing };
}

/** The numbers of the reference's column, which has so many rows. */
export async function readReferenceNumbers(
  session: SqlSession,
  column: string,
  rows: number,
): Promise<NumberParts> {
  const counted = await session.read(countReference(column), { value: 'number', n: 'number' });
  return { ...numbersOf(counted, () => 'there'), missing: rows - sum(counted.n) };
}

/** The texts of a column, counted. */
export async function readTexts(
  session: SqlSession,
  column: string,
  span: TimeSpan,
): Promise<Parts<TextParts>> {
  const { value, third, n } = await session.read(countValues(column, span), {
    value: 'text',
    third: 'code',
    n: 'number',
  });
  const side = (parts: readonly number[]): TextParts => {
    const counts = new Map<string, number>();
    let missing = 0;
    for (const [row, text] of value.entries()) {
      const code = third[row] as number;
      if (!parts.includes(code % MISSING)) continue;
      if (code >= MISSING) missing += n[row] as number;
      else counts.set(text, (counts.get(text) ?? 0) + (n[row] as number));
    }
    return { counts, missing };
  };
  return { whole: () => side([0, 1, 2]), first: side([0]), last: side([2]) };
}

/** The texts of the reference's column, which has so many rows. */
export async function readReferenceTexts(
  session: SqlSession,
  column: string,
  rows: number,
): Promise<TextParts> {
  const { value, n } = await session.read(countReference(column), { value: 'text', n: 'number' });
  return { counts: new Map(value.map((text, row) => [text, n[row] as number])), missing: rows - sum(n) };
}

function sum(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  return total;
}
