import { countOf } from '../verdict/sentences.ts';
import { formatSpan } from './format-span.ts';
import type { ShadowFacts } from './facts.ts';

/** What settles a hold: the labelled requests that are missing, and how long they take at the rate so far: `≈ 2,900 more labelled requests, about 3 days at this rate`. */
export function moreLabels(needed: number, n: number, { window, labels }: ShadowFacts): string {
  const more = Math.max(1, Number((needed - n).toPrecision(2)));
  const until = Math.min(labels.maturedUntil ?? Number.POSITIVE_INFINITY, window?.to ?? Number.NaN);
  const lasted = until - (window?.from ?? Number.NaN);
  const pace = n > 0 && lasted > 0 ? `, about ${formatSpan((more / n) * lasted)} at this rate,` : '';
  return `Let the shadow run on: ≈ ${countOf(more, 'more labelled request')}${pace} would probably settle it.`;
}
