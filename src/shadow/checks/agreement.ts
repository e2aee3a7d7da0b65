import { formatCount } from '../../core/format-number.ts';
import { result } from '../../verdict/check-result.ts';
import { shareLimit } from './share-limit.ts';
import type { ShadowCheck } from './shadow-check.ts';

/** How often both decide otherwise; more than the limit, proved, is a stop whatever the labels will say. */
export const checkAgreement: ShadowCheck = (
  { agreement, task, threshold },
  { disagreement, plannedLabels: planned },
) => {
  const { n, flips } = agreement;
  if (n === 0) return [];
  if (flips === undefined) {
    const message = `What counts as disagreement of two predictions was not said (shadow.disagreement.tolerance), so it is not gated.`;
    return [
      result({
        id: 'agreement.disagreement',
        check: 'agreement',
        role: 'inform',
        outcome: 'pass',
        reason: 'no-tolerance',
        n,
        message,
      }),
    ];
  }
  const rule =
    task === 'binary-classification'
      ? `Both decide otherwise at ${threshold}`
      : `Both differ by more than ${disagreement.tolerance}`;
  return [
    shareLimit({
      id: 'agreement.disagreement',
      check: 'agreement',
      count: flips.up + flips.down,
      n,
      max: disagreement.max,
      planned,
      says: `${rule} (up ${formatCount(flips.up)}, down ${formatCount(flips.down)}) on`,
      settle:
        'Look at the largest disagreements below before anything else: models this far apart are rarely both right about the same inputs.',
    }),
  ];
};
