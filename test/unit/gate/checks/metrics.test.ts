import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../../src/core/task.ts';
import { checkMetrics } from '../../../../src/gate/checks/metrics.ts';
import type { MetricGate } from '../../../../src/verdict/metric-gate.ts';
import { computeMetric } from '../../../../src/stats/compute-metric.ts';
import { estimateMetric } from '../../../../src/stats/estimate-metric.ts';
import { binarySample, gateFacts, measured, settingsOf, tableFacts } from '../../../support/gate-facts.ts';

const SAMPLE = binarySample(1500, 0.4);
const SEED = settingsOf().seed;
const estimate = (key: 'accuracy' | 'f1' | 'average_precision') =>
  estimateMetric(key, SAMPLE, { seed: SEED });

function check(
  key: keyof ReturnType<typeof settingsOf>['metrics'],
  gate: Partial<MetricGate>,
  sample: Sample = SAMPLE,
) {
  const rows = sample.task === 'score' ? sample.scores.length : sample.labels.length;
  const facts = gateFacts({
    data: [tableFacts({ rows, challenger: measured(sample), champion: undefined })],
  });
  return checkMetrics(facts, settingsOf({ [key]: gate })).find(({ role }) => role === 'gate')!;
}

describe('a floor or ceiling', () => {
  const { value, interval } = estimate('accuracy');
  const { low, high } = interval!;
  it.each<[string, Partial<MetricGate>, string, string]>([
    ['above the point', { min: value + 1e-6 }, 'fail', 'below-min'],
    ['at the point, by points', { min: value, decide: 'point' }, 'pass', 'within-limit'],
    ['at the point, by interval', { min: value }, 'hold', 'not-proved'],
    ['just above the lower bound', { min: low + 1e-6 }, 'hold', 'not-proved'],
    ['at the lower bound', { min: low }, 'pass', 'within-limit'],
    ['a ceiling below the point', { max: value - 1e-6 }, 'fail', 'above-max'],
    ['a ceiling just below the upper bound', { max: high - 1e-6 }, 'hold', 'not-proved'],
    ['a ceiling at the upper bound', { max: high }, 'pass', 'within-limit'],
    ['NaN', { min: Number.NaN, decide: 'point' }, 'error', 'undefined'],
  ])('%s', (_, ...[gate, outcome, reason]) => {
    expect(check('accuracy', gate)).toMatchObject({ outcome, reason });
  });

  it('of a metric that is undefined is an error, by points too', () => {
    const never: Sample = { ...SAMPLE, decisions: new Uint8Array(1500) } as Sample;
    expect(check('precision', { min: 0.1, decide: 'point' }, never)).toMatchObject({ outcome: 'error' });
  });

  it('of a metric that no sample bounds holds with its reason', () => {
    const labels = Float64Array.from({ length: 300 }, (_, i) => i);
    const sample: Sample = { task: 'regression', labels, predictions: labels.map((each) => each + 1) };
    expect(check('max_error', { max: 9 }, sample)).toMatchObject({ outcome: 'hold', reason: 'no-interval' });
    expect(check('max_error', { max: 9, decide: 'point' }, sample)).toMatchObject({ outcome: 'pass' });
  });

  it('of a metric that the task does not have is an error', () => {
    expect(check('mae', { max: 1 })).toMatchObject({ outcome: 'error', reason: 'not-of-task' });
  });

  it('takes the range of scores as their bound', () => {
    const scores = Float64Array.from({ length: 1500 }, (_, i) => (i % 10) / 10);
    const seen = check('mean_score', { min: 0.3, bound: { low: 0, high: 1 } }, { task: 'score', scores });
    expect(seen).toMatchObject({ outcome: 'pass' });
  });
});

describe('the sentence', () => {
  it.each([
    ['precision', /on [\d,]+ rows decided positive; it is at least/],
    ['recall', /on 500 positive rows; it is at least/],
    ['f1', /on [\d,]+ rows positive or decided so; it is at least/],
    ['accuracy', /on 1,500 rows; it is at least .* with 95 % confidence/],
    ['average_precision', /it is about at least .* with roughly 95 % confidence/],
    ['mcc', /it is about at least .* with roughly 95 % confidence/],
  ] as const)('of %s says what it rests on and how sure it is', (key, sentence) => {
    const seen = check(key, { min: 0.1 });
    expect(seen.message).toMatch(sentence);
    expect(seen.measured).toBe(computeMetric(key, SAMPLE));
  });
});
