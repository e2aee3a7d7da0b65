import { describe, expect, it } from 'vitest';
import { betsFor } from '../../../../src/stats/sequential/bets.ts';

describe('betsFor', () => {
  it.each([1, 20, 1000, 10_000, 1e7])(
    'a plan of %i rows: all the capital, on halving fractions from 1',
    (planned) => {
      const bets = betsFor(planned);
      expect(bets.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      bets.forEach(({ fraction }, k) => expect(fraction).toBe(2 ** -k));
    },
  );

  it('gives equal shares down to the best bet of the plan, less to smaller ones', () => {
    const shares = betsFor(10_000).map(({ share }) => share);
    expect(new Set(shares.slice(0, 6)).size).toBe(1);
    expect(shares.slice(6)).toEqual(shares.slice(6).map((_, k) => (shares[0] as number) / 2 ** (k + 1)));
  });
});
