import type { CheckResult } from '../../core/check.ts';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.ts';
import { TWO_SIDED } from '../../stats/interval.ts';
import { betsFor } from '../../stats/sequential/bets.ts';
import { pValueAtEveryLook } from '../../stats/sequential/bet-on-stakes.ts';
import { shareDifferenceAtEveryLook } from '../../stats/sequential/share-difference.ts';
import { result } from '../../verdict/check-result.ts';
import { countOf } from '../../verdict/sentences.ts';
import type { SliceFailures } from '../facts.ts';
import { formatShare } from '../format-share.ts';
import type { ShadowCheck } from './shadow-check.ts';

/** Harm beyond the margin is proved at this rate of false discoveries. */
const FALSE_DISCOVERIES = 0.05;

/**
 * A slice on which the challenger fails, or is silent, on more requests than the champion, by more than it may, proved among all slices: they have no
 * score, so that no metric of the slice shows them. Slices without such harm are not listed.
 */
export const checkSliceErrors: ShadowCheck = ({ sliceFailures }, settings) => {
  const large = sliceFailures.filter(({ n }) => n >= settings.slices.minRows);
  const total = sliceFailures.reduce((most, { n }) => Math.max(most, n), 1);
  const margin = settings.errors.maxIncrease;
  const planned = (n: number): number => Math.max(20, Math.round((settings.plannedLabels * n) / total));
  const adjusted = benjaminiHochberg(large.map((slice) => harmP(slice, margin, planned(slice.n))));
  return large.flatMap((slice, index) =>
    (adjusted[index] ?? 1) > FALSE_DISCOVERIES ? [] : harmed(slice, margin, planned(slice.n)),
  );
};

/** p-value of "the challenger fails on at most `margin` more", valid at every look. */
function harmP({ n, championOnly, challengerOnly }: SliceFailures, margin: number, planned: number): number {
  if (challengerOnly - championOnly <= margin * n) return 1;
  const points = [
    { total: 0, count: championOnly },
    { total: 0.5, count: n - championOnly - challengerOnly },
    { total: 1, count: challengerOnly },
  ].filter(({ count }) => count > 0);
  const stakes = {
    totals: Float64Array.from(points, ({ total }) => total),
    weights: undefined,
    counts: Float64Array.from(points, ({ count }) => count),
  };
  return pValueAtEveryLook(stakes, (margin + 1) / 2, betsFor(planned));
}

function harmed(
  { slice, n, championOnly, challengerOnly }: SliceFailures,
  margin: number,
  planned: number,
): CheckResult[] {
  const { low, high } = shareDifferenceAtEveryLook({ championOnly, challengerOnly, n, planned });
  return [
    result({
      id: `slices.errors.${slice}`,
      check: 'slices',
      role: 'gate',
      outcome: 'fail',
      reason: 'harm-proved',
      subject: slice,
      difference: (challengerOnly - championOnly) / n,
      measured: challengerOnly / n,
      interval: [low, high],
      level: TWO_SIDED,
      method: 'betting, valid at every look',
      unit: 'share',
      n,
      limit: { rule: 'max_drop', value: margin },
      message: `Where ${slice}, the challenger alone has no answer to ${formatShare(challengerOnly / n)} of ${countOf(n, 'request')}, the champion alone to ${formatShare(championOnly / n)}: proved to be more than the ${formatShare(margin)} more that it may fail on.`,
      settle: 'Make the challenger answer there what the champion answers.',
    }),
  ];
}
