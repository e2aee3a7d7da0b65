import { SIDES, type PeculiarRows, type TimeBucket } from '../../shadow/facts.ts';
import { overTime, STRETCHES } from '../../shadow/sql/over-time.ts';
import { peculiarRows } from '../../shadow/sql/peculiar-rows.ts';
import { orderStatistics, rankOf } from '../../stats/order-statistics.ts';
import { splitByCode } from '../../stats/split-by-code.ts';
import type { Span } from './load-labels.ts';
import type { TimedRows } from './load-scored.ts';
import type { OpenLog } from './open-log.ts';

/** The window in 24 equal stretches; those without a request are left out. */
export async function loadOverTime(
  { session }: OpenLog,
  { span: { from, to }, flip, rows }: { span: Span; flip: string | undefined; rows: TimedRows },
): Promise<TimeBucket[]> {
  const buckets = { from, to, count: STRETCHES };
  const counts = await session.read(overTime(buckets, flip), {
    bucket: 'number',
    n: 'number',
    scored: 'number',
    flips: 'number',
    labelled: 'number',
  });
  const champion = quantilesOverTime(rows.champion, rows.stretches);
  const challenger = quantilesOverTime(rows.challenger, rows.stretches);
  const width = Math.max(1, to - from) / STRETCHES;
  return Array.from(counts.bucket, (bucket, row) => ({
    from: from + bucket * width,
    rows: counts.n[row] ?? Number.NaN,
    scored: counts.scored[row] ?? Number.NaN,
    flips: counts.flips[row] ?? Number.NaN,
    labelled: counts.labelled[row] ?? Number.NaN,
    champion: champion[bucket] ?? NO_QUANTILES,
    challenger: challenger[bucket] ?? NO_QUANTILES,
  }));
}

type Quantiles = TimeBucket['champion'];

const NO_QUANTILES: Quantiles = { p10: Number.NaN, p50: Number.NaN, p90: Number.NaN };

/** Exact quantiles of the scores of each stretch. */
function quantilesOverTime(scores: Float64Array, stretches: Uint8Array): Quantiles[] {
  return splitByCode(scores, stretches, STRETCHES).map((own) => {
    if (own.length === 0) return NO_QUANTILES;
    const ranks = [0.1, 0.5, 0.9].map((share) => rankOf(share, own.length));
    const [p10 = Number.NaN, p50 = Number.NaN, p90 = Number.NaN] = orderStatistics(own, ranks);
    return { p10, p50, p90 };
  });
}

/** Requests with a missing or NaN feature, and who answered them. */
export async function loadPeculiar({ session, features, loaded }: OpenLog): Promise<PeculiarRows[]> {
  if (features.length === 0) return [];
  const columns = features.map(({ as }) => ({ as, numeric: loaded.kinds.get(as) === 'number' }));
  const result = await session.read(peculiarRows(columns, session.dialect), {
    kind: 'code',
    n: 'number',
    champion: 'number',
    challenger: 'number',
  });
  return Array.from(result.n, (rows, row) => {
    const answers = SIDES.map((side) => {
      const answered = result[side][row] ?? 0;
      return [side, { answered, failed: rows - answered }] as const;
    });
    const kind = result.kind[row] === 1 ? 'missing' : 'NaN';
    return { kind, rows, ...Object.fromEntries(answers) } as PeculiarRows;
  });
}
