import type { CheckResult, Unit } from '../../core/check.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import { formatCount, formatValue } from '../../core/format-number.ts';
import { TWO_SIDED } from '../../stats/interval.ts';
import { quantile, quantileInterval } from '../../stats/quantile.ts';
import type { GateFacts, SideFacts } from '../facts.ts';
import { countOf } from '../../verdict/sentences.ts';
import type { GateSettings } from '../settings.ts';
import { result } from '../../verdict/check-result.ts';
import type { Check } from './check.ts';

const QUANTILES = [
  ['p50', 0.5],
  ['p95', 0.95],
  ['p99', 0.99],
] as const;

/** Single-row latency with order-statistic intervals (both models interleaved in one run), throughput and cold start. */
export const checkLatency: Check = (facts, settings) => {
  if (facts.challenger === undefined) return [];
  return [
    ...quantileChecks(facts, facts.challenger, settings),
    ...ratioCheck(facts, facts.challenger, settings),
    ...coldStart(facts, facts.challenger, settings),
    ...throughput(facts, facts.challenger, settings),
  ];
};

/** Times in ascending order; unknown where one of them is no time. */
function sortedTimes({ latencyMs }: SideFacts): Fact<Float64Array> {
  if (!latencyMs.known) return latencyMs;
  const odd = latencyMs.value.find((ms) => !(ms >= 0 && Number.isFinite(ms)));
  if (odd !== undefined) return unknown(`one of the calls took ${odd} ms.`);
  return latencyMs.value.length === 0 ? unknown('no call was timed.') : known(latencyMs.value.toSorted());
}

/** A number that a clock can show; unknown otherwise. */
function measuredNumber(fact: Fact<number>): Fact<number> {
  return fact.known && !Number.isFinite(fact.value) ? unknown(`the clock showed ${fact.value}.`) : fact;
}

function quantileChecks(facts: GateFacts, side: SideFacts, settings: GateSettings): CheckResult[] {
  const times = sortedTimes(side);
  if (!times.known) return [unknownTime('latency', times.why, hasLimit(settings))];
  const sorted = times.value;
  const rival = facts.champion && sortedTimes(facts.champion);
  const theirs = rival?.known ? rival.value : undefined;
  return QUANTILES.map(([name, p]) => {
    const limit = settings.latency[name];
    const measured = quantile(sorted, p);
    const interval = quantileInterval(sorted, p);
    const outcome = limit === undefined ? 'pass' : decideMax({ measured, high: interval.high, limit });
    const baseline = theirs === undefined ? undefined : quantile(theirs, p);
    return result({
      id: `latency.${name}`,
      check: 'latency',
      role: limit === undefined ? 'inform' : 'gate',
      outcome,
      reason:
        limit === undefined
          ? 'shown'
          : outcome === 'pass'
            ? 'within-limit'
            : outcome === 'fail'
              ? 'above-max'
              : 'not-proved',
      measured,
      unit: 'ms',
      n: sorted.length,
      baseline,
      baselineName: baseline === undefined ? undefined : 'champion',
      difference: baseline === undefined ? undefined : measured - baseline,
      interval:
        baseline === undefined && interval.low !== undefined && interval.high !== undefined
          ? [interval.low, interval.high]
          : undefined,
      level: baseline === undefined && interval.high !== undefined ? TWO_SIDED : undefined,
      method: 'order statistics',
      limit: limit === undefined ? undefined : { rule: 'max', value: limit },
      message: quantileMessage(name, { measured, interval, limit, n: sorted.length, baseline }),
      settle:
        outcome === 'hold'
          ? 'The limit lies within the noise of this run: time it on a quieter machine, make the model faster, or raise the limit.'
          : outcome === 'fail'
            ? 'Make the model faster, or raise the limit if serving can afford it.'
            : undefined,
    });
  });
}

function hasLimit(settings: GateSettings): boolean {
  return Object.values(settings.latency).some((limit) => limit !== undefined);
}

function unknownTime(id: string, why: string, gated: boolean): CheckResult {
  return result({
    id,
    check: 'latency',
    role: gated ? 'gate' : 'inform',
    outcome: gated ? 'error' : 'hold',
    reason: 'not-measured',
    message: `Not timed: ${why}`,
  });
}

/** fail if the point breaks the ceiling, pass if its one-sided 95 % bound clears it, else hold. */
function decideMax({
  measured,
  high,
  limit,
}: {
  measured: number;
  high: number | undefined;
  limit: number;
}): 'pass' | 'hold' | 'fail' {
  if (!(measured <= limit)) return 'fail';
  return high !== undefined && high <= limit ? 'pass' : 'hold';
}

interface QuantileSeen {
  measured: number;
  interval: { low: number | undefined; high: number | undefined };
  limit: number | undefined;
  n: number;
  baseline: number | undefined;
}

function quantileMessage(name: string, { measured, interval, limit, n, baseline }: QuantileSeen): string {
  const upper =
    interval.high === undefined
      ? 'too few calls for an upper bound'
      : `at most ${formatValue(interval.high, { unit: 'ms' })} with 95 % confidence`;
  const theirs = baseline === undefined ? '' : `; the champion's is ${formatValue(baseline, { unit: 'ms' })}`;
  const asked = limit === undefined ? '' : `; the limit is ${formatValue(limit, { unit: 'ms' })}`;
  return `${name} of ${formatCount(n)} single-row calls is ${formatValue(measured, { unit: 'ms' })} (${upper})${theirs}${asked}.`;
}

function ratioCheck(facts: GateFacts, side: SideFacts, settings: GateSettings): CheckResult[] {
  const limit = settings.latency.maxRatio;
  const times = sortedTimes(side);
  const rival = facts.champion && sortedTimes(facts.champion);
  const id = 'latency.ratio';
  if (limit !== undefined && facts.champion === undefined)
    return [unopposed(id, facts.noChampion?.why ?? 'nobody named a champion.')];
  if (!times.known || !rival?.known)
    return missing(id, limit, 'the ratio of latencies needs both models timed in one run.');
  const ratio = quantile(times.value, 0.5) / quantile(rival.value, 0.5);
  if (!Number.isFinite(ratio))
    return missing(id, limit, 'the clock is too coarse for the ratio of these models.');
  const asked = limit === undefined ? '' : `; the limit is ${limit} times`;
  return [
    byPoint({
      id,
      unit: 'ratio',
      rule: 'max_ratio',
      measured: ratio,
      limit,
      n: times.value.length,
      message: `The median is ${ratio.toFixed(2)} times the champion's${asked}.`,
    }),
  ];
}

/** A ratio to a champion that is not there proves nothing either way; the comparison of metrics says what to do about it. */
function unopposed(id: string, why: string): CheckResult {
  return result({
    id,
    check: 'latency',
    role: 'gate',
    outcome: 'hold',
    reason: 'no-champion',
    message: `The ratio of latencies needs a champion: ${why}`,
  });
}

function coldStart(facts: GateFacts, side: SideFacts, settings: GateSettings): CheckResult[] {
  const limit = settings.latency.coldStart;
  const own = measuredNumber(side.coldStartMs);
  const id = 'latency.cold_start';
  if (!own.known) return missing(id, limit, own.why);
  const asked = limit === undefined ? '' : `; the limit is ${formatValue(limit, { unit: 'ms' })}`;
  return [
    byPoint({
      id,
      unit: 'ms',
      rule: 'max',
      measured: own.value,
      limit,
      n: 1,
      theirs: facts.champion?.coldStartMs,
      message: `From the start of loading to the first answer: ${formatValue(own.value, { unit: 'ms' })}${asked}.`,
    }),
  ];
}

function throughput(facts: GateFacts, side: SideFacts, settings: GateSettings): CheckResult[] {
  const limit = settings.throughput.minRowsPerSecond;
  const own = measuredNumber(side.rowsPerSecond);
  const id = 'latency.throughput';
  if (!own.known) return missing(id, limit, own.why);
  const asked = limit === undefined ? '' : `; the limit is ${formatCount(limit)}`;
  return [
    byPoint({
      id,
      unit: 'rows/s',
      rule: 'min',
      measured: own.value,
      limit,
      n: facts.data[0]?.rows,
      theirs: facts.champion?.rowsPerSecond,
      message: `In batches: ${countOf(Math.round(own.value), 'row')} a second${asked}.`,
    }),
  ];
}

/** What was limited and not measured is an error; what was not limited is simply not shown. */
function missing(id: string, limit: number | undefined, why: string): CheckResult[] {
  return limit === undefined ? [] : [unknownTime(id, why, true)];
}

interface Point {
  id: string;
  unit: Unit;
  rule: 'min' | 'max' | 'max_ratio';
  measured: number;
  limit: number | undefined;
  n: number | undefined;
  /** The champion's value, where it has one of its own. */
  theirs?: Fact<number> | undefined;
  message: string;
}

/** One measured number against its limit, without an interval; without a limit it informs. */
function byPoint({ id, unit, rule, measured, limit, n, theirs, message }: Point): CheckResult {
  const baseline = theirs?.known ? theirs.value : undefined;
  const within = limit === undefined || (rule === 'min' ? measured >= limit : measured <= limit);
  return result({
    id,
    check: 'latency',
    role: limit === undefined ? 'inform' : 'gate',
    outcome: within ? 'pass' : 'fail',
    reason:
      limit === undefined ? 'shown' : within ? 'within-limit' : rule === 'min' ? 'below-min' : 'above-max',
    measured,
    unit,
    n,
    baseline,
    baselineName: baseline === undefined ? undefined : 'champion',
    difference: baseline === undefined ? undefined : measured - baseline,
    limit: limit === undefined ? undefined : { rule, value: limit },
    method: 'point',
    message,
    settle: within ? undefined : 'Make the model faster, or change the limit if serving can afford it.',
  });
}
