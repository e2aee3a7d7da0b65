import { describe, expect, it } from 'vitest';
import { adjustAcrossFeatures } from '../../../../src/stats/drift/adjust-across-features.ts';
import type { BinPlan } from '../../../../src/stats/drift/bin-plan.ts';
import { DRIFT_DEFAULTS } from '../../../../src/stats/drift/drift-settings.ts';
import { judgeDrift } from '../../../../src/stats/drift/judge-drift.ts';
import { measureDriftFromCounts } from '../../../../src/stats/drift/measure-drift-from-counts.ts';
import { measureDrift } from '../../../../src/stats/drift/measure-drift.ts';
import { draw, numbers, repeated, texts, withMissing } from './columns.ts';

const some = (n: number, seed = 3) => numbers(draw({ seed, n }));
const empty = (n: number) => withMissing(numbers([]), n);
const constant = (value: number, n: number) => numbers(Array<number>(n).fill(value));

describe('judging', () => {
  it.each([
    [0.05, 0.02, 'stable'],
    [0.0999, 0.0999, 'stable'],
    [0.1, 0.02, 'investigate'],
    [0.2, 0.15, 'investigate'],
    [0.25, 0.24, 'alert'],
    [3, 1, 'alert'],
    [0.05, 0.1, 'undecided'],
    [0.1, 0.1, 'undecided'],
    [0.3, 0.4, 'undecided'],
  ] as const)('PSI %d above a floor of %d: %s', (psi, floor, judgement) => {
    const reason = judgement === 'undecided' ? 'too-few-rows' : undefined;
    for (const homogeneity of ['unneeded', 0.01] as const) {
      const evidence = { psi, noiseFloor: floor, homogeneity };
      expect(judgeDrift(evidence, DRIFT_DEFAULTS)).toEqual({ judgement, reason });
    }
  });

  it.each([0.011, undefined])(
    'PSI above the floor, homogeneity p %d: undecided, never stable',
    (homogeneity) => {
      const undecided = { judgement: 'undecided', reason: 'too-few-rows' };
      expect(judgeDrift({ psi: 3, noiseFloor: 0.02, homogeneity }, DRIFT_DEFAULTS)).toEqual(undecided);
      expect(judgeDrift({ psi: 0.09, noiseFloor: 0.02, homogeneity }, DRIFT_DEFAULTS).judgement).toBe(
        'stable',
      );
    },
  );

  it('takes other limits', () => {
    const [reference, current] = [some(2000), numbers(draw({ seed: 4, n: 2000, shift: 0.1 }))];
    expect(measureDrift(reference, current).judgement).toBe('alert');
    expect(measureDrift(reference, current, { alert: 2 }).judgement).toBe('investigate');
    expect(measureDrift(reference, current, { investigate: 1, alert: 2 }).judgement).toBe('stable');
  });
});

describe('decided cases', () => {
  it.each([
    { name: 'a new feature', reference: numbers([]), current: some(500), reason: 'no-reference-rows' },
    { name: 'no current rows', reference: some(500), current: numbers([]), reason: 'no-current-rows' },
    { name: 'no rows at all', reference: numbers([]), current: numbers([]), reason: 'no-reference-rows' },
    { name: 'no rows of texts', reference: texts([]), current: texts(['a']), reason: 'no-reference-rows' },
  ])('$name: undecided, nothing measured', ({ reference, current, reason }) => {
    const nothing = { psi: undefined, noiseFloor: undefined, kl: undefined, js: undefined, p: undefined };
    const tests = { ks: undefined, wasserstein: undefined, chiSquare: undefined };
    expect(measureDrift(reference, current)).toMatchObject({
      judgement: 'undecided',
      reason,
      ...nothing,
      ...tests,
    });
  });

  it('numbers against texts: undecided, nothing measured', () => {
    for (const [reference, current] of [
      [some(500), texts(['a'])],
      [texts(['a']), some(500)],
    ] as const) {
      const measured = measureDrift(reference, current);
      expect(measured).toMatchObject({
        judgement: 'undecided',
        reason: 'types-differ',
        psi: undefined,
        p: undefined,
      });
      expect([measured.n, measured.m]).toEqual([reference.values.length, current.values.length]);
    }
  });

  it('all values missing now: alert, with a p-value though no distance is left', () => {
    const measured = measureDrift(some(500), empty(500));
    expect(measured).toMatchObject({ judgement: 'alert', ks: undefined, wasserstein: undefined, js: 1 });
    expect(measured.missing).toEqual({ reference: 0, current: 1 });
    expect(measured.p).toBeLessThan(1e-100);
  });

  it('all values missing on both sides: undecided, however many rows', () => {
    const reason = 'no-reference-values';
    expect(measureDrift(empty(9999), empty(9999))).toMatchObject({ judgement: 'undecided', reason, psi: 0 });
    expect(measureDrift(texts(repeated([''], [9999])), texts(repeated([''], [9999])))).toMatchObject({
      reason,
    });
  });

  it('a feature that has values only now: alert, all unseen', () => {
    const measured = measureDrift(empty(500), some(500));
    expect(measured).toMatchObject({ judgement: 'alert', unseen: { reference: 0, current: 1 } });
  });

  it('a constant is stable with rows enough, undecided without, and alerts when it moves', () => {
    expect(measureDrift(constant(4, 500), constant(4, 500))).toMatchObject({
      judgement: 'stable',
      psi: 0,
      bins: 1,
    });
    expect(measureDrift(constant(4, 100), constant(4, 100)).judgement).toBe('undecided');
    const moved = measureDrift(constant(4, 500), constant(5, 500));
    expect(moved).toMatchObject({
      judgement: 'alert',
      wasserstein: { raw: 1, normalised: undefined },
      js: 1,
    });
  });

  it('a constant that stays moves by 0 of anything', () => {
    expect(measureDrift(constant(4, 500), constant(4, 500)).wasserstein).toEqual({ raw: 0, normalised: 0 });
  });

  it.each([
    ['the same', constant(1, 1), constant(1, 1)],
    ['another', constant(1, 1), constant(2, 1)],
    ['among many', constant(1, 1), some(5000)],
    ['against many', some(5000), constant(1, 1)],
  ])('one row, %s: undecided', (_, reference, current) => {
    expect(measureDrift(reference, current)).toMatchObject({
      judgement: 'undecided',
      reason: 'too-few-rows',
    });
  });

  it('infinities and NaN have a bin, and no distance', () => {
    const current = numbers([...some(450, 9).values, ...repeated([Infinity, -Infinity, NaN], [20, 20, 10])]);
    const measured = measureDrift(some(500), current);
    expect(measured).toMatchObject({ judgement: 'alert', nonFinite: { reference: 0, current: 0.1 } });
    expect(measured.wasserstein?.raw).toBeLessThan(0.1);
    expect(measured.p).toBeLessThan(1e-10);
    expect(measured.ks?.p).toBeGreaterThan(0.01);
  });

  it('the p of numbers is twice the smaller of two tests, of the values and of how many are missing', () => {
    const [reference, current] = [withMissing(some(500), 20), withMissing(some(500, 8), 45)];
    const usability = (missing: number) => texts(repeated(['x', ''], [500, missing]));
    const { ks, p } = measureDrift(reference, current);
    const missing = measureDrift(usability(20), usability(45)).p ?? NaN;
    expect(missing).toBeLessThan(ks?.p ?? NaN);
    expect(p).toBe(2 * missing);
  });

  it('distances too large for doubles are undefined', () => {
    const measured = measureDrift(constant(-1.7e308, 300), constant(1.7e308, 300));
    expect(measured).toMatchObject({ judgement: 'alert', wasserstein: undefined, ks: { d: 1 } });
  });

  it('texts have no distances, numbers in quantile bins no χ²', () => {
    const categories = texts(repeated(['a', 'b'], [300, 200]));
    expect(measureDrift(categories, categories)).toMatchObject({
      ks: undefined,
      wasserstein: undefined,
      p: 1,
    });
    expect(measureDrift(some(500), some(500, 8)).chiSquare).toBeUndefined();
  });

  it('the standard deviation scales where the quartiles are equal', () => {
    const reference = numbers(repeated([0, 1], [900, 100]));
    const { wasserstein } = measureDrift(reference, numbers(repeated([0, 1], [800, 200])));
    expect(wasserstein?.raw).toBeCloseTo(0.1, 14);
    expect(wasserstein?.normalised).toBeCloseTo(0.1 / Math.sqrt(90 / 999), 12);
  });

  it('a few discrete rows fall back to Kolmogorov–Smirnov', () => {
    const measured = measureDrift(numbers([1, 2, 3]), numbers([4, 5, 6]));
    expect(measured.chiSquare).toBeUndefined();
    expect(measured.p).toBeCloseTo(0.1, 13);
  });
});

describe('from counts', () => {
  const plan: BinPlan = { kind: 'discrete', values: Float64Array.of(1, 2, 4) };
  const counts = (bins: number[], unseen = 0) => ({ bins, unseen, nonFinite: 0, missing: 0 });
  const sides = (unseen = 0) => ({
    plan,
    reference: { counts: counts([30, 30, 40]) },
    current: { counts: counts([40, 30, 30], unseen) },
  });

  it('a discrete plan is its own sorted values', () => {
    const direct = measureDrift(
      numbers(repeated([1, 2, 4], [30, 30, 40])),
      numbers(repeated([1, 2, 4], [40, 30, 30])),
    );
    expect(measureDriftFromCounts(sides())).toEqual(direct);
  });

  it('has no distances where a value is unseen or nothing is sorted', () => {
    expect(measureDriftFromCounts(sides(5))).toMatchObject({ ks: undefined, wasserstein: undefined });
    const numeric = { ...sides(), plan: { kind: 'numeric', edges: Float64Array.of(1, 2) } as const };
    expect(measureDriftFromCounts(numeric)).toMatchObject({
      ks: undefined,
      wasserstein: undefined,
      p: undefined,
    });
  });

  it('refuses sorted values that are not those counted, and counts of another plan', () => {
    const facts = sides();
    const sorted = { values: Float64Array.of(1, 2, 4), counts: [30, 30, 39] };
    const short = { ...facts, current: { ...facts.current, sorted } };
    expect(() => measureDriftFromCounts(short)).toThrow('saw 3 bins with 100 finite values, 99 in order');
    const other = {
      ...facts,
      reference: { counts: counts([30, 70]) },
      current: { counts: counts([40, 60]) },
    };
    expect(() => measureDriftFromCounts(other)).toThrow('The reference does not fit a plan of 3 bins');
  });
});

describe('many features', () => {
  it('are adjusted over those that have a p-value', () => {
    expect(adjustAcrossFeatures([{ p: 0.02 }, { p: undefined }, { p: 0.5 }])).toEqual([0.04, undefined, 0.5]);
    expect(adjustAcrossFeatures([])).toEqual([]);
  });
});
