import { formatDuration } from '../../core/duration.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import type { Inline } from '../document.ts';
import { formatSpan } from '../release/format-time.ts';
import { fact } from './fact.ts';
import type { ReplyContext } from './reply-context.ts';

/** How long it took: from the comment to the tag read back, how much of that was work, and when it was seen to serve. */
export function timeFact(
  { movedMs, healthyMs, automatic }: LaneResult,
  { askedToMovedMs }: ReplyContext,
): (readonly Inline[])[] {
  if (movedMs === undefined) return [];
  const moved = spoken(movedMs);
  const seen =
    healthyMs === undefined ? '' : `; ${spoken(Math.max(0, healthyMs - movedMs))} later it was seen to serve`;
  if (automatic !== undefined)
    return [fact('Took', `${moved} from the failed look to the tag read back${seen}`)];
  if (askedToMovedMs === undefined || askedToMovedMs < movedMs)
    return [fact('Took', `${moved} from the start of the command to the tag read back${seen}`)];
  return [
    fact(
      'Took',
      `${spoken(askedToMovedMs)} from the comment to the tag read back, ${moved} of it at work${seen}`,
    ),
  ];
}

/** Below two minutes to the tenth of a second; then the way people say it. */
function spoken(ms: number): string {
  if (ms >= 120_000) return formatSpan(ms);
  return formatDuration(ms < 1000 ? Math.round(ms) : Math.round(ms / 100) * 100);
}
