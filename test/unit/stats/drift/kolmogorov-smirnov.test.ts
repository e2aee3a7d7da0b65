import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnov } from '../../../../src/stats/drift/kolmogorov-smirnov.ts';
import { outsidePathProbability } from '../../../../src/stats/drift/outside-paths.ts';

/** The largest |i·m − j·n| of every order in which n and m values can come. */
function everyOrder(n: number, m: number): number[] {
  const walk = (i: number, j: number, largest: number): number[] => {
    const next = Math.max(largest, Math.abs(i * m - j * n));
    if (i === n && j === m) return [next];
    return [...(i < n ? walk(i + 1, j, next) : []), ...(j < m ? walk(i, j + 1, next) : [])];
  };
  return walk(0, 0, 0);
}

describe('the exact distribution of D', () => {
  it.each([
    [1, 1],
    [1, 6],
    [3, 4],
    [4, 4],
    [6, 3],
    [5, 8],
  ])('is that of all orders of %d and %d values', (n, m) => {
    const orders = everyOrder(n, m);
    for (const largest of new Set([0, ...orders])) {
      const share = orders.filter((value) => value >= largest).length / orders.length;
      expect(outsidePathProbability({ largest, n, m })).toBeCloseTo(share, 13);
    }
  });

  it('stays exact far out, where one minus a probability is 0', () => {
    const p = outsidePathProbability({ largest: 90_000, n: 300, m: 300 });
    expect(p).toBeGreaterThan(0);
    expect(p).toBeLessThan(1e-170);
  });
});

describe('the method', () => {
  it.each([
    { name: 'small, no ties', n: 10_000, m: 9999, share: 0.02, ties: false, method: 'exact' },
    { name: 'ties', n: 100, m: 100, share: 0.2, ties: true, method: 'asymptotic' },
    { name: 'one side too large', n: 10_001, m: 10, share: 0.3, ties: false, method: 'asymptotic' },
    { name: 'far apart and large', n: 10_000, m: 10_000, share: 0.9, ties: false, method: 'asymptotic' },
    { name: 'far apart and small', n: 900, m: 1000, share: 1, ties: false, method: 'exact' },
  ])('$name: $method', ({ n, m, share, ties, method }) => {
    const measured = kolmogorovSmirnov({ largest: Math.round(share * n * m), n, m, ties });
    expect(measured.method).toBe(method);
    expect(measured.d).toBeCloseTo(share, 8);
    expect(measured.p).toBeLessThanOrEqual(1);
    expect(measured.p).toBeGreaterThanOrEqual(0);
  });

  it.each([20, 50, 200, 1000])(
    'at %d rows a side the limit is on the safe side of an exact p up to 0.1',
    (n) => {
      const tested = Array.from({ length: n }, (_, i) => {
        const facts = { largest: (i + 1) * n, n, m: n };
        return {
          exact: kolmogorovSmirnov({ ...facts, ties: false }).p,
          limit: kolmogorovSmirnov({ ...facts, ties: true }).p,
        };
      }).filter(({ exact }) => exact <= 0.1);
      expect(tested.length).toBeGreaterThan(8);
      expect(tested.filter(({ exact, limit }) => limit < exact)).toEqual([]);
    },
  );
});
