import type { CheckResult } from '../../core/check.ts';
import { formatValue } from '../../core/format-number.ts';
import { TWO_SIDED } from '../../stats/interval.ts';
import { result } from '../../verdict/check-result.ts';
import { countOf } from '../../verdict/sentences.ts';
import type { LatencyFacts, LatencyQuantile } from '../facts.ts';
import type { ShadowSettings } from '../settings.ts';
import type { ShadowCheck } from './shadow-check.ts';

const NAMES = { 0.5: 'p50', 0.95: 'p95', 0.99: 'p99' } as const;

/** Latency of both on the requests that have one of both; without a limit it is shown. */
export const checkLatency: ShadowCheck = ({ latency }, settings) => {
  if (latency === undefined) return notLogged(settings);
  return [
    ...latency.challenger.map((own, index) => quantileCheck(own, latency, { index, settings })),
    ratioCheck(latency, settings),
    ...untimed(latency),
  ];
};

/** Requests that have no time of the challenger: the bounds take them to have lasted for ever. */
function untimed({ n, untimed }: LatencyFacts): CheckResult[] {
  if (untimed === 0) return [];
  return [
    result({
      id: 'latency.untimed',
      check: 'latency',
      role: 'inform',
      outcome: 'hold',
      reason: 'not-logged',
      measured: untimed,
      unit: 'rows',
      n: n + untimed,
      message: `${countOf(untimed, 'request')} ${untimed === 1 ? 'has' : 'have'} a latency of the champion and none of the challenger; the bounds take them to have lasted for ever.`,
      settle: 'Log how long the challenger took where it failed, too: a time-out took as long as its limit.',
    }),
  ];
}

/** A limit on what was not logged is never passed. */
function notLogged({ latency }: ShadowSettings): CheckResult[] {
  if (Object.values(latency).every((limit) => limit === undefined)) return [];
  return [
    result({
      id: 'latency',
      check: 'latency',
      role: 'gate',
      outcome: 'error',
      reason: 'not-logged',
      message: 'The latency is limited, and the log has none of both models for any request.',
      settle:
        'Name the columns in shadow.columns (champion.latency, challenger.latency), or take the limit away.',
    }),
  ];
}

function nameOf(share: number): 'p50' | 'p95' | 'p99' {
  return NAMES[share as keyof typeof NAMES];
}

function quantileCheck(
  own: LatencyQuantile,
  { n, champion }: LatencyFacts,
  { index, settings }: { index: number; settings: ShadowSettings },
): CheckResult {
  const name = nameOf(own.share);
  const limit = settings.latency[name];
  const theirs = champion[index]?.value;
  const outcome = limit === undefined ? 'pass' : decideMax(own.interval, limit);
  const ms = (value: number): string => formatValue(value, { unit: 'ms' });
  const upper =
    own.interval === undefined
      ? 'too few requests for a bound'
      : own.interval.high === Number.POSITIVE_INFINITY
        ? 'without a bound, because of requests without a time'
        : `at most ${ms(own.interval.high)} with 95 % confidence`;
  const asked = limit === undefined ? '' : `; the limit is ${ms(limit)}`;
  const beside = theirs === undefined ? '' : `; the champion’s is ${ms(theirs)}`;
  return result({
    id: `latency.${name}`,
    check: 'latency',
    role: limit === undefined ? 'inform' : 'gate',
    outcome,
    reason: limit === undefined ? 'shown' : REASONS[outcome],
    measured: own.value,
    unit: 'ms',
    n,
    baseline: theirs,
    baselineName: theirs === undefined ? undefined : 'champion',
    difference: theirs === undefined ? undefined : own.value - theirs,
    limit: limit === undefined ? undefined : { rule: 'max', value: limit },
    method: 'order statistics, valid at every look',
    message: `${name} of ${countOf(n, 'request')} is ${ms(own.value)} (${upper})${beside}${asked}.`,
    settle: settleOf(outcome),
  });
}

const REASONS = { pass: 'within-limit', fail: 'above-max', hold: 'not-proved' } as const;

function settleOf(outcome: 'pass' | 'fail' | 'hold'): string | undefined {
  if (outcome === 'pass') return undefined;
  return outcome === 'hold'
    ? 'Wait for more requests, or raise the limit if serving can afford it.'
    : 'Make the model faster, or raise the limit if serving can afford it.';
}

/** fail where the limit is proved broken, pass where it is proved kept, else hold. */
function decideMax(interval: LatencyQuantile['interval'], limit: number): 'pass' | 'hold' | 'fail' {
  if (interval === undefined) return 'hold';
  if (interval.high <= limit) return 'pass';
  return interval.low > limit ? 'fail' : 'hold';
}

/** p95 of the challenger over that of the champion. */
function ratioCheck({ n, ratio }: LatencyFacts, { latency }: ShadowSettings): CheckResult {
  const limit = latency.maxRatio;
  const { value, interval } = ratio;
  const outcome = limit === undefined ? 'pass' : decideMax(interval, limit);
  const asked = limit === undefined ? '' : `; the limit is ${limit} times`;
  const finite = interval !== undefined && Number.isFinite(interval.high);
  const seen = Number.isFinite(value)
    ? `is ${value.toFixed(2)} times the champion’s`
    : 'cannot be divided by the champion’s, which is 0';
  return result({
    id: 'latency.p95_ratio',
    check: 'latency',
    role: limit === undefined ? 'inform' : 'gate',
    outcome,
    reason: limit === undefined ? 'shown' : REASONS[outcome],
    measured: value,
    unit: 'ratio',
    n,
    interval: finite ? [interval.low, interval.high] : undefined,
    level: finite ? TWO_SIDED : undefined,
    limit: limit === undefined ? undefined : { rule: 'max_ratio', value: limit },
    method: 'order statistics of both, valid at every look',
    message: `The 95th percentile ${seen}${finite ? `, at most ${interval.high.toFixed(2)} times with 95 % confidence` : ''}${asked}.`,
    settle: settleOf(outcome),
  });
}
