import type { MetricKey } from '../core/metric.ts';
import { METRICS } from '../core/metric.ts';
import type { Task } from '../core/task.ts';
import type { MetricGate } from '../verdict/metric-gate.ts';

/** Margins used when nobody configured any: small losses that few teams would notice. Shares are absolute. */
const MARGINS: Readonly<Record<Task, Partial<Record<MetricKey, number>>>> = {
  'binary-classification': { roc_auc: 0.01, brier: 0.005 },
  'multiclass-classification': { accuracy: 0.01, brier: 0.005 },
  regression: { mae: 0.02 },
  score: { mean_score: 0.01 },
};

/**
 * The gates of a run without config, and the sentence that says so. `scale` turns relative margins into label units;
 * `range` is where single scores, or the labels, can lie: without it nothing is proved of their mean.
 */
export function defaultGates(
  task: Task,
  { scale, range }: { scale: number; range: { low: number; high: number } | undefined },
): { metrics: Partial<Record<MetricKey, MetricGate>>; assumption: string } {
  const margins = Object.entries(MARGINS[task]) as [MetricKey, number][];
  const metrics: Partial<Record<MetricKey, MetricGate>> = {};
  for (const [key, share] of margins) {
    const maxDrop = METRICS[key].unit === 'label' ? share * scale : share;
    const bound = boundOf(key, range);
    metrics[key] = { maxDrop, compare: 'champion', decide: 'interval', ...bound };
  }
  const list = margins.map(
    ([key, share]) =>
      `${METRICS[key].name} ${METRICS[key].unit === 'label' ? `${share * 100} % of the champion's` : share}`,
  );
  const shown = metrics.mae?.bound ?? metrics.mean_score?.bound;
  const bounds =
    shown === undefined
      ? ''
      : typeof shown === 'number'
        ? `; a single error counts at most ${shown}, the range of these labels`
        : `; scores lie from ${shown.low} to ${shown.high}`;
  return { metrics, assumption: `margins: ${list.join(', ')}${bounds} (no config says otherwise)` };
}

function boundOf(
  key: MetricKey,
  range: { low: number; high: number } | undefined,
): Pick<MetricGate, 'bound'> {
  if (range === undefined) return {};
  if (key === 'mean_score') return { bound: range };
  return key === 'mae' && range.high > range.low ? { bound: range.high - range.low } : {};
}
