import type { CheckResult } from '../../src/core/check.ts';
import type { MetricKey } from '../../src/core/metric.ts';
import { numbers, type Pair } from './sample-figures.ts';

/** A passing gate that is told in a sentence. */
export function told(
  check: CheckResult['check'],
  message: string,
  more: Partial<CheckResult> = {},
): CheckResult {
  return { id: check, check, role: 'gate', outcome: 'pass', reason: 'ok', message, ...more };
}

/** The structural and behavioural checks of a sound artifact. */
export function soundChecks(features: number, rows: string): CheckResult[] {
  return [
    told('structure', 'The ONNX file has 3 nodes and 80.9 KiB; ONNX Runtime loads it.'),
    told('signature', `Inputs and outputs are those of the contract: ${features} features, in order.`),
    told('manifest', 'The manifest is complete, and everything in it that can be recomputed agrees.'),
    told('data', `${rows} rows, no duplicate id, labels present in every row.`, { id: 'data.test' }),
    told('smoke', 'Every output is finite and in range, in batches of 1, of all rows and of none.'),
    told('determinism', 'The same rows gave the same bytes twice, alone and in a batch.'),
    told('golden', 'All 50 golden rows are within 1e-6.'),
  ];
}

interface Comparison {
  metric: MetricKey;
  pair: Pair;
  margin: number;
  n: number;
  message: string;
}

/** Not worse than the champion, by a margin. */
export function compared(
  { metric, pair, margin, n, message }: Comparison,
  more: Partial<CheckResult> = {},
): CheckResult {
  return {
    id: `champion.${metric}`,
    check: 'champion',
    role: 'gate',
    outcome: 'pass',
    reason: 'not-worse',
    metric,
    measured: pair.challenger,
    limit: { rule: 'max_drop', value: margin },
    unit: metric === 'log_loss' ? 'nats' : metric === 'mae' ? 'label' : 'share',
    n,
    baseline: pair.champion,
    baselineName: 'champion',
    difference: pair.difference,
    interval: pair.interval,
    level: 0.9,
    method: metric === 'roc_auc' ? 'DeLong' : 'Student t on paired differences',
    message,
    ...more,
  };
}

/** A floor under ROC-AUC. */
export function floored(pair: Pair, n: number, more: Partial<CheckResult> = {}): CheckResult {
  return {
    id: 'metrics.roc_auc.min',
    check: 'metrics',
    role: 'gate',
    outcome: 'pass',
    reason: 'above-min',
    metric: 'roc_auc',
    measured: pair.challenger,
    limit: { rule: 'min', value: 0.75 },
    unit: 'share',
    n,
    ...(pair.own === undefined ? {} : { interval: pair.own, level: 0.9 }),
    method: 'DeLong',
    message: `ROC-AUC is ${pair.challenger.toFixed(4)}, at least 0.7500 was asked for.`,
    ...more,
  };
}

/** A metric that is only shown. */
export function shown(metric: MetricKey, measured: number, more: Partial<CheckResult> = {}): CheckResult {
  return {
    id: `metrics.${metric}`,
    check: 'metrics',
    role: 'inform',
    outcome: 'pass',
    reason: 'measured',
    metric,
    measured,
    message: `Measured ${measured.toPrecision(4)}.`,
    ...more,
  };
}

/** Latency against the champion and against a ceiling, file size and peak memory. */
export function performanceChecks(): CheckResult[] {
  const latency = (name: string, measured: number, baseline: number): CheckResult => ({
    id: `latency.${name}`,
    check: 'latency',
    role: 'inform',
    outcome: 'pass',
    reason: 'measured',
    measured,
    baseline,
    baselineName: 'champion',
    difference: measured - baseline,
    unit: 'ms',
    n: 5000,
    message: `A single row takes ${measured} ms at ${name}, the champion ${baseline} ms.`,
  });
  return [
    latency('p50', 0.0136, 0.0139),
    { ...latency('p95', 0.0274, 0.026), role: 'gate', limit: { rule: 'max', value: 5 } },
    latency('p99', 0.0437, 0.0802),
    told('memory', 'The model file has 80.9 KiB.', {
      id: 'memory.file',
      measured: 82793,
      unit: 'bytes',
      limit: { rule: 'max', value: 52428800 },
    }),
    told('memory', 'The child process peaked at 96.4 MiB.', {
      id: 'memory.peak_rss',
      measured: 101082726,
      unit: 'bytes',
      limit: { rule: 'max', value: 536870912 },
    }),
  ];
}

/** ROC-AUC in the first `count` slices of the bank table; a slice with few positives holds. */
export function sliceChecks(count: number): CheckResult[] {
  return numbers.slices.slice(0, count).map(({ column, value, n, positives, roc_auc: pair }) => {
    const small = positives < 25;
    return compared(
      {
        metric: 'roc_auc',
        pair,
        margin: 0.03,
        n,
        message: `ROC-AUC differs by ${(pair.difference * 100).toFixed(2)} points.`,
      },
      {
        id: `slices.roc_auc.${column}=${value}`,
        check: 'slices',
        subject: `${column} = ${value}`,
        ...(small
          ? {
              role: 'inform',
              outcome: 'hold',
              reason: 'too-small',
              message: `Only ${positives} positives in ${n} rows: too few to prove anything.`,
            }
          : {}),
      },
    );
  });
}
