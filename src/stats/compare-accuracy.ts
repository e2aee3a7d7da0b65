import type { Clusters } from './clusters.ts';
import { agreementBound, agreementUnits, compareMean, lossUnits } from './compare-mean.ts';
import type { LossBound } from './loss-bound.ts';
import { growthByError } from './rows-needed.ts';
import { tangoInterval, tangoPValue, type Discordance } from './tango.ts';

/** Bounds of the loss in accuracy from the per-row losses −1, 0, 1; clusters are compared as bounded means. */
export function compareAccuracy(
  losses: Float64Array,
  margin: number,
  clusters: Clusters | undefined,
): LossBound {
  if (clusters !== undefined) return compareMean(lossUnits(losses, 1, clusters), margin);
  return compareCounts(discordance(losses), margin);
}

/**
 * Bounds of the loss in accuracy from discordant counts: Tango's score interval with a correction for continuity, and where both
 * models decide every row alike the exact bound from agreement.
 */
export function compareCounts(counts: Discordance, margin: number): LossBound {
  const { championOnly, challengerOnly, n } = counts;
  const share = (championOnly + challengerOnly) / n;
  if (share === 0) return agreementBound({ n, range: 1, margin });
  const loss = (championOnly - challengerOnly) / n;
  return {
    interval: tangoInterval(counts),
    method: 'Tango score with continuity correction',
    pHarm: tangoPValue(counts, margin),
    growthNeeded: growthByError(margin - loss, Math.sqrt((Math.max(share, margin) - loss * loss) / n)),
    noVariance: false,
    tooFew: margin > 0 && n < agreementUnits(margin, 1),
  };
}

function discordance(losses: Float64Array): Discordance {
  let [championOnly, challengerOnly] = [0, 0];
  for (const loss of losses) {
    if (loss > 0) championOnly++;
    else if (loss < 0) challengerOnly++;
  }
  return { championOnly, challengerOnly, n: losses.length };
}
