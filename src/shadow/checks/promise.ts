import type { CheckResult } from '../../core/check.ts';
import { formatDifference, formatInterval } from '../../core/format-number.ts';
import { METRICS } from '../../core/metric.ts';
import { computeMetric } from '../../stats/compute-metric.ts';
import { TWO_SIDED } from '../../stats/interval.ts';
import { comparePairedAtEveryLook } from '../../stats/sequential/compare-paired-at-every-look.ts';
import { result } from '../../verdict/check-result.ts';
import type { MaturedRows, Promised } from '../facts.ts';
import type { ShadowSettings } from '../settings.ts';
import type { ShadowCheck } from './shadow-check.ts';

/** What the held-out evaluation promised against what the shadow shows. It informs: the margins decide. */
export const checkPromise: ShadowCheck = (facts, settings) => {
  const { promised, matured } = facts;
  if (promised === undefined) return [];
  if (!promised.known) return [untold(promised.why)];
  if (!matured.known || matured.value.n === 0) return [];
  return promised.value.map((promise) => kept(promise, { rows: matured.value, settings }));
};

function untold(why: string): CheckResult {
  return result({
    id: 'promise',
    check: 'promise',
    role: 'inform',
    outcome: 'hold',
    reason: 'no-evaluation',
    message: `What the held-out evaluation promised is not known: ${why}`,
  });
}

function kept(
  promise: Promised,
  { rows, settings }: { rows: MaturedRows; settings: ShadowSettings },
): CheckResult {
  const { metric } = promise;
  const { unit, name, paired, better } = METRICS[metric];
  const gate = settings.metrics[metric];
  const seen = paired
    ? comparePairedAtEveryLook(metric, rows, {
        margin: gate?.maxDrop ?? 0,
        planned: settings.plannedLabels,
        ...(gate?.bound === undefined ? {} : { bound: gate.bound }),
      })
    : undefined;
  const [theirs, ours] = [computeMetric(metric, rows.champion), computeMetric(metric, rows.challenger)];
  const difference = ours - theirs;
  const interval = seen?.interval;
  const told = outcomeOf(promise, interval, better === 'lower' ? -1 : 1);
  const style = { unit };
  const shown = formatDifference(difference, style);
  const range =
    interval === undefined
      ? ''
      : ` ${formatInterval([interval.low, interval.high], { ...style, signed: true })}`;
  return result({
    id: `promise.${metric}`,
    check: 'promise',
    role: 'inform',
    outcome: told === 'kept' ? 'pass' : 'hold',
    reason: told,
    metric,
    measured: difference,
    baseline: promise.difference,
    baselineName: 'declared',
    interval: interval === undefined ? undefined : [interval.low, interval.high],
    level: interval === undefined ? undefined : TWO_SIDED,
    unit,
    n: rows.n,
    message: `${name} against the champion: promised ${formatDifference(promise.difference, style)}, shadow ${shown}${range}.${SAYS[told]}`,
    settle: told === 'broken' ? LOOK : undefined,
  });
}

const SAYS = {
  kept: '',
  broken: ' The shadow proves less than the evaluation promised.',
  undecided: ' The shadow does not contradict the promise, and does not prove it yet.',
} as const;

const LOOK =
  'Look for leakage in the evaluation (a feature that is only known afterwards, rows shared with training), for features that serving computes otherwise, and for traffic unlike the test table.';

/** broken: all that the shadow allows is worse than the least that was promised; kept: all of it is as good. */
function outcomeOf(
  { difference, interval: promised }: Promised,
  seen: { low: number; high: number } | undefined,
  sign: 1 | -1,
): 'kept' | 'broken' | 'undecided' {
  if (seen === undefined) return 'undecided';
  const best = sign === 1 ? seen.high : -seen.low;
  const worst = sign === 1 ? seen.low : -seen.high;
  const least = sign === 1 ? (promised?.[0] ?? difference) : -(promised?.[1] ?? difference);
  if (best < least) return 'broken';
  return worst >= least ? 'kept' : 'undecided';
}
