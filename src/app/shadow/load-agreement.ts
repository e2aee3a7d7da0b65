import type { AgreementFacts, ScoredRows, SliceCodes } from '../../shadow/facts.ts';
import { LARGEST_DIFFERENCES } from '../../shadow/sql/aligned-rows.ts';
import { sliceName } from '../../shadow/slice-name.ts';
import { meanOf } from '../../stats/compensated-sum.ts';
import { quantilesOf } from '../../stats/order-statistics.ts';
import type { OpenLog } from './open-log.ts';

const SHARES = [0.01, 0.05, 0.5, 0.95, 0.99] as const;
const MOST_SLICES = 10;

/** What counts as another decision. */
export interface FlipRule {
  threshold: number | undefined;
  tolerance: number | undefined;
}

/** How the answers of both differ, whatever the labels will say. */
export async function loadAgreement(
  { session }: OpenLog,
  rows: ScoredRows,
  rule: FlipRule,
): Promise<AgreementFacts> {
  const { n } = rows;
  const direction = directionBy(rule);
  const flips = direction === undefined ? undefined : countFlips(rows, direction);
  const largest = await session.read(LARGEST_DIFFERENCES, {
    id: 'text',
    champion: 'number',
    challenger: 'number',
  });
  return {
    n,
    flips,
    difference: differencesOf(rows),
    largest: largest.id.map((id, row) => ({
      id,
      champion: largest.champion[row] ?? Number.NaN,
      challenger: largest.challenger[row] ?? Number.NaN,
    })),
    slices: direction === undefined ? [] : rows.slices.flatMap((slice) => bySlice(slice, rows, direction)),
  };
}

function differencesOf({ champion, challenger, n }: ScoredRows): AgreementFacts['difference'] {
  if (n === 0) return { mean: Number.NaN, quantiles: [] };
  const differences = new Float64Array(n);
  for (let row = 0; row < n; row++)
    differences[row] = (challenger[row] as number) - (champion[row] as number);
  const mean = meanOf(n, (row) => differences[row] as number);
  const values = quantilesOf(differences, SHARES);
  return { mean, quantiles: SHARES.map((share, index) => ({ share, value: values[index] ?? Number.NaN })) };
}

/** 1: the challenger decides upwards, −1: downwards, 0: alike. */
type Direction = (champion: number, challenger: number) => number;

function directionBy({ threshold, tolerance }: FlipRule): Direction | undefined {
  if (threshold !== undefined)
    return (champion, challenger) => Number(challenger >= threshold) - Number(champion >= threshold);
  if (tolerance === undefined) return undefined;
  return (champion, challenger) =>
    Math.abs(challenger - champion) > tolerance ? Math.sign(challenger - champion) : 0;
}

function countFlips(
  { champion, challenger, n }: ScoredRows,
  direction: Direction,
): { up: number; down: number } {
  let [up, down] = [0, 0];
  for (let row = 0; row < n; row++) {
    const way = direction(champion[row] as number, challenger[row] as number);
    if (way > 0) up++;
    else if (way < 0) down++;
  }
  return { up, down };
}

function bySlice(
  { name, bands, codes, values }: SliceCodes,
  { champion, challenger, n }: ScoredRows,
  direction: Direction,
): { slice: string; n: number; flips: number }[] {
  const counts = values.map(() => ({ n: 0, flips: 0 }));
  for (let row = 0; row < n; row++) {
    const cell = counts[codes[row] as number];
    if (cell === undefined) continue;
    cell.n++;
    if (direction(champion[row] as number, challenger[row] as number) !== 0) cell.flips++;
  }
  return counts
    .map((cell, code) => ({ slice: sliceName({ name, bands }, values[code] ?? ''), ...cell }))
    .filter((cell) => cell.n > 0)
    .toSorted((a, b) => b.n - a.n)
    .slice(0, MOST_SLICES);
}
