import type { MetricKey } from '../core/metric.ts';
import { METRICS } from '../core/metric.ts';
import type { Task } from '../core/task.ts';
import type { MetricGate } from './settings.ts';

/** Margins used when nobody configured any: small losses that few teams would notice. Shares are absolute. */
const MARGINS: Readonly<Record<Task, Partial<Record<MetricKey, number>>>> = {
  'binary-classification': { roc_auc: 0.01, brier: 0.005 },
  'multiclass-classification': { accuracy: 0.01, brier: 0.005 },
  regression: { mae: 0.02 },
  score: { mean_score: 0.01 },
};

/**
 * The gates of a run without config, and the sentence that says so. `scale` turns relative margins into label units;
 * `range` is where single scores can lie, without which nothing of them is proved.
 */
export function defaultGates(
  task: Task,
  { scale, range }: { scale: number; range: { low: number; high: number } | undefined },
): { metrics: Partial<Record<MetricKey, MetricGate>>; assumption: string } {
  const margins = Object.entries(MARGINS[task]) as [MetricKey, number][];
  const metrics: Partial<Record<MetricKey, MetricGate>> = {};
  for (const [key, share] of margins) {
    const maxDrop = METRICS[key].unit === 'label' ? share * scale : share;
    const bound = key === 'mean_score' && range !== undefined ? { bound: range } : {};
    metrics[key] = { maxDrop, compare: 'champion', decide: 'interval', ...bound };
  }
  const list = margins.map(
    ([key, share]) =>
      `${METRICS[key].name} ${METRICS[key].unit === 'label' ? `${share * 100} % of the champion's` : share}`,
  );
  const scores =
    task === 'score' && range !== undefined ? `; scores lie from ${range.low} to ${range.high}` : '';
  return { metrics, assumption: `margins: ${list.join(', ')}${scores} (no config says otherwise)` };
}
