import { describe, expect, it } from 'vitest';
import { chiSquareTail } from '../../../../src/stats/drift/chi-square-distribution.ts';
import { measureDrift } from '../../../../src/stats/drift/measure-drift.ts';
import { draw, numbers, repeated, texts } from './columns.ts';

/** Sums of twelve uniform numbers less six: as good as normal, mean 0, standard deviation 1. */
function bells(seed: number, n: number, shift = 0): Float64Array {
  const uniform = draw({ seed, n: 12 * n });
  return Float64Array.from({ length: n }, (_, row) => {
    return uniform.subarray(12 * row, 12 * row + 12).reduce((sum, value) => sum + value, shift - 6);
  });
}

describe('mistakes of well-known tools', () => {
  it('a χ² that takes the reference as the truth: p = 1e-5 for what two samples differ by', () => {
    const [reference, current] = [
      [230, 270, 250, 250],
      [1275, 1220, 1265, 1240],
    ];
    const naive = current.reduce(
      (sum, count, i) => sum + (count - 5 * (reference[i] ?? 0)) ** 2 / (5 * (reference[i] ?? 0)),
      0,
    );
    expect(chiSquareTail(naive, 3)).toBeLessThan(1e-5);
    const letters = ['a', 'b', 'c', 'd'];
    const measured = measureDrift(texts(repeated(letters, reference)), texts(repeated(letters, current)));
    expect(measured.p).toBeGreaterThan(0.2);
  });

  it('one row of an unseen category: neither p = 0 nor an alert', () => {
    const reference = texts(repeated(['a', 'b'], [600, 400]));
    const current = texts(repeated(['a', 'b', 'c'], [600, 399, 1]));
    const measured = measureDrift(reference, current);
    expect(measured.judgement).toBe('stable');
    expect(measured.p).toBeGreaterThan(0.5);
  });

  it('equal-width bins over both samples: one outlier hides a shift of two standard deviations', () => {
    const [reference, current] = [bells(1, 1000), Float64Array.of(...bells(2, 999, 2), 1e6)];
    const width = (1e6 - Math.min(...reference)) / 10;
    const bin = (values: Float64Array) =>
      new Set(values.map((value) => Math.floor((value + 6) / width))).size;
    expect([bin(reference), bin(current.subarray(0, 999))]).toEqual([1, 1]);
    const measured = measureDrift(numbers(reference), numbers(current));
    expect(measured.judgement).toBe('alert');
    expect(measured.psi).toBeGreaterThan(2);
  });

  it.each(['half', 'floor'] as const)(
    'bins with finite ends: a total shift is no NaN, smoothing %s',
    (smoothing) => {
      for (const shift of [-100, 100]) {
        const measured = measureDrift(numbers(bells(3, 1000)), numbers(bells(4, 1000, shift)), { smoothing });
        expect(measured).toMatchObject({ judgement: 'alert', ks: { d: 1 } });
        expect(measured.psi).toBeGreaterThan(4);
        expect(measured.wasserstein?.raw).toBeCloseTo(100, 0);
      }
    },
  );

  it('PSI ≥ 0.1 without drift at 100 rows a side: not an alarm, and not a pass', () => {
    const measured = Array.from({ length: 40 }, (_, i) =>
      measureDrift(numbers(bells(50 + i, 100)), numbers(bells(950 + i, 100))),
    );
    const alarms = measured.filter(({ psi = NaN }) => psi >= 0.1).length;
    expect(alarms).toBeGreaterThan(20);
    expect(new Set(measured.map(({ judgement }) => judgement))).toEqual(new Set(['undecided']));
  });

  it('a rank test on one side only: a shift downwards counts like one upwards', () => {
    const reference = numbers(bells(5, 1000));
    for (const shift of [-0.5, 0.5]) {
      expect(measureDrift(reference, numbers(bells(6, 1000, shift))).p).toBeLessThan(1e-12);
    }
  });

  it('a score that is mostly 1: what leaves 1 downwards is seen', () => {
    const tail = Array.from({ length: 40 }, (_, i) => i / 100);
    const reference = numbers([...tail, ...repeated([1], [960])]);
    const measured = measureDrift(reference, numbers([...repeated([0.2], [500]), ...repeated([1], [500])]));
    expect(measured.judgement).toBe('alert');
  });

  it('texts that rarely repeat: what is unseen by chance is no drift', () => {
    const ids = (from: number) => texts(Array.from({ length: 1000 }, (_, i) => `id-${from + i}`));
    expect(measureDrift(ids(0), ids(1000))).toMatchObject({ judgement: 'undecided', p: undefined });
  });
});
