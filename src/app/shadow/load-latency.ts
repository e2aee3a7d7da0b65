import type { LatencyFacts, LatencyQuantile } from '../../shadow/facts.ts';
import { countUntimed, latencies } from '../../shadow/sql/latency-rows.ts';
import { orderStatistics, rankOf } from '../../stats/order-statistics.ts';
import { quantileRanksAtEveryLook } from '../../stats/sequential/quantile-ranks.ts';
import { FOR_RATIO, ratioInterval } from '../../stats/sequential/ratio-interval.ts';
import type { OpenLog } from './open-log.ts';

/** The quantiles that are shown; the last is the 95th percentile again, at the confidence that a ratio needs. */
const WANTED = [
  { share: 0.5, confidence: 0.95 },
  { share: 0.95, confidence: 0.95 },
  { share: 0.99, confidence: 0.95 },
  { share: 0.95, confidence: FOR_RATIO },
] as const;

/** Exact quantiles of both latencies on the requests that have both; `undefined` where the log has none. */
export async function loadLatency(log: OpenLog, planned: number): Promise<LatencyFacts | undefined> {
  const { session } = log;
  if (!log.has('champion_latency') || !log.has('challenger_latency')) return undefined;
  const shape = { champion: 'number', challenger: 'number' } as const;
  const values = await session.read(latencies(session.dialect), shape, log.loaded.rows);
  const n = values.rows;
  if (n === 0) return undefined;
  const counted = await session.read(countUntimed(session.dialect), { n: 'number' });
  const untimed = counted.n[0] ?? 0;
  const champion = quantilesOf(values.champion, { untimed: 0, planned });
  const challenger = quantilesOf(values.challenger, { untimed, planned });
  return {
    n,
    untimed,
    champion: champion.slice(0, -1),
    challenger: challenger.slice(0, -1),
    ratio: ratioOf(challenger.at(-1), champion.at(-1)),
  };
}

function ratioOf(
  challenger: LatencyQuantile | undefined,
  champion: LatencyQuantile | undefined,
): LatencyFacts['ratio'] {
  const value = (challenger?.value ?? Number.NaN) / (champion?.value ?? Number.NaN);
  if (challenger?.interval === undefined || champion?.interval === undefined)
    return { value, interval: undefined };
  return { value, interval: ratioInterval(challenger.interval, champion.interval) };
}

/**
 * Each quantile with the order statistics around it, exact. Requests without a time may have taken none, or for ever: the
 * interval allows for both.
 */
function quantilesOf(
  latency: Float64Array,
  { untimed, planned }: { untimed: number; planned: number },
): LatencyQuantile[] {
  const n = latency.length;
  const wanted = WANTED.map(({ share, confidence }) => {
    const ranks = quantileRanksAtEveryLook({ n: n + untimed, fraction: share, planned, confidence });
    return { share, ranks: ranks && { low: ranks.low - untimed, high: ranks.high } };
  });
  const within = (rank: number): number => Math.min(n, Math.max(1, rank)) - 1;
  const places = wanted.flatMap(({ share, ranks }) =>
    [rankOf(share, n)].concat(ranks === undefined ? [] : [within(ranks.low), within(ranks.high)]),
  );
  const values = orderStatistics(latency, places);
  let next = 0;
  return wanted.map(({ share, ranks }) => {
    const value = values[next++] ?? Number.NaN;
    if (ranks === undefined) return { share, value, interval: undefined };
    const [low = Number.NaN, high = Number.NaN] = [values[next++], values[next++]];
    return {
      share,
      value,
      interval: { low: ranks.low < 1 ? 0 : low, high: ranks.high > n ? Number.POSITIVE_INFINITY : high },
    };
  });
}
