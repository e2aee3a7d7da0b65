import { afterAll, describe, expect, it } from 'vitest';
import {
  SILENT,
  TRUSTED,
  UNVERSIONED,
  every,
  lookAtRows,
  settings,
  type Undeserved,
} from '../../support/shadow-changes.ts';
import { goodRows, shadowFiles } from '../../support/shadow-scene.ts';

const files = shadowFiles();
afterAll(() => files.remove());

/** Each makes of a log that passes one that must not, and names the gate that must say so. */
const UNDESERVED: Undeserved[] = [
  [
    'a challenger that is silent on some requests',
    (row, i) => (every(20, i) ? { ...row, ...SILENT } : row),
    'coverage.unmatched fail',
  ],
  [
    'the same, where a log without versions is vouched for',
    (row, i) => ({
      ...row,
      ...UNVERSIONED,
      ...(every(20, i) ? { challenger_score: null, challenger_latency_ms: null } : {}),
    }),
    'coverage.unmatched fail',
    TRUSTED,
  ],
  [
    'a challenger that is silent where its version is still logged',
    (row, i) => (every(20, i) ? { ...row, challenger_score: null } : row),
    'errors.increase fail',
  ],
  [
    'a challenger that answers NaN',
    (row, i) => (every(20, i) ? { ...row, challenger_score: 'NaN' } : row),
    'errors.increase fail',
  ],
  [
    'a challenger that answers infinity',
    (row, i) => (every(20, i) ? { ...row, challenger_score: 'inf' } : row),
    'errors.increase fail',
  ],
  [
    'a challenger whose answers are no probabilities',
    (row, i) => (every(20, i) ? { ...row, challenger_score: 1.5 } : row),
    'errors.increase fail',
  ],
  [
    'a challenger that fails with a score beside the error',
    (row, i) => (every(20, i) ? { ...row, challenger_error: 'stale' } : row),
    'errors.increase fail',
  ],
  [
    'time-outs without a latency, against a limit',
    (row, i) =>
      every(50, i)
        ? { ...row, challenger_score: null, challenger_error: 'timeout', challenger_latency_ms: null }
        : row,
    'latency.p99 hold',
    settings({ latency: { p99: 20 }, errors: { maxIncrease: 0.1 } }),
  ],
  [
    'time-outs without a latency, against a ratio',
    (row, i) =>
      every(15, i)
        ? { ...row, challenger_score: null, challenger_error: 'timeout', challenger_latency_ms: null }
        : row,
    'latency.p95_ratio hold',
    settings({ latency: { maxRatio: 1.5 }, errors: { maxIncrease: 0.2 } }),
  ],
  [
    'negative latencies, against a limit',
    (row) => ({ ...row, challenger_latency_ms: -5 }),
    'latency error',
    settings({ latency: { p95: 20 } }),
  ],
  [
    'no latency at all, against a limit',
    (row) => ({ ...row, champion_latency_ms: undefined, challenger_latency_ms: undefined }),
    'latency error',
    settings({ latency: { p95: 20 } }),
  ],
];

describe('a shadow does not pass on what the challenger did not answer', () => {
  it.each(UNDESERVED)('%s', async (_, ...[change, gate, wish = {}]) => {
    const scene = await lookAtRows(files, goodRows(3000, change), wish);
    expect(scene.trouble).toContain(gate);
    expect(scene.verdict.outcome).not.toBe('pass');
  });
});
