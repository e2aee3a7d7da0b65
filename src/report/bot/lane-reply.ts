import { formatLane } from '../../core/lane.ts';
import type { Candidate } from '../../ledger/known-good.ts';
import { nameRelease } from '../../core/release.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import { code, paragraph, text, type Block, type Inline } from '../document.ts';
import { sentenceInlines } from './sentence-inlines.ts';
import { endBlocks } from './end-blocks.ts';
import { laneHeadline } from './lane-headline.ts';
import { movedBlocks } from './moved-blocks.ts';
import type { PromotionOutlook } from './outlook-blocks.ts';
import { outlookBlocks } from './outlook-blocks.ts';
import { reasonBlocks } from './reason-blocks.ts';
import type { ReplyContext } from './reply-context.ts';

/**
 * The last text of the reply to promote, rollback, adopt and verify: what happened and where the lane stands, why not where it was
 * refused, what moved and how it was proved, and the comment that undoes it. `outlook`: a promotion's, for what is new beside the live model.
 */
export function laneReply(result: LaneResult, context: ReplyContext, outlook?: PromotionOutlook): Block[] {
  const { reasons = [], head, seq, outcome } = result;
  return [
    laneHeadline(result),
    ...sentence(result),
    ...reasonBlocks(reasons, context),
    ...movedBlocks(result, context, outlook),
    ...candidateBlocks(result),
    ...(outlook === undefined ? [] : outlookBlocks(outlook, { isFolded: outcome !== 'planned', ...context })),
    ...endBlocks(context, {
      undo: undoOf(result),
      ...nextOf(result),
      ...(head === undefined ? {} : { head }),
      ...(seq === undefined ? {} : { seq }),
      wayBack: outcome === 'failed' || outcome === 'moved-not-proved',
    }),
  ];
}

/** What undoes it, one comment after another. A rollback quarantines what it left, which is let go before it is promoted again. */
function undoOf({ undo, command, outcome, leaves, lane }: LaneResult): string[] {
  if (undo !== undefined) return [undo];
  const version = leaves?.version;
  if (command !== 'rollback' || outcome !== 'done' || version === undefined) return [];
  return [`release ${lane.model}@${version} --reason "…"`, `promote ${formatLane(lane)} ${version}`];
}

/** What brings a rollback to its end: it is deployed once more by its name; where it was looked at, the next look counts. */
function nextOf({ command, outcome, look, lane, release }: LaneResult): { next?: string } {
  if (command !== 'rollback' || outcome !== 'moved-not-proved' || release === undefined) return {};
  const name = formatLane(lane);
  return { next: look === undefined ? `rollback ${name} ${release.version}` : `verify ${name}` };
}

/** The engine's sentence; where there are reasons, they say the same. */
function sentence({ message, reasons = [], outcome }: LaneResult): Block[] {
  return reasons.length > 0 && outcome !== 'failed' ? [] : [paragraph(...sentenceInlines(message))];
}

/** The releases that a rollback did not choose, and why. */
function candidateBlocks({ passedOver = [], reasons = [] }: LaneResult): Block[] {
  const isRefused = reasons.length > 0;
  const shown = passedOver.filter(
    ({ rejected }) => rejected !== undefined && (isRefused || rejected.rule !== 'being-left'),
  );
  if (shown.length === 0) return [];
  const title = isRefused ? 'Looked at, newest first:' : 'Passed over, newest first:';
  return [paragraph(title), { kind: 'list', items: shown.map(candidateItem) }];
}

function candidateItem({ release, rejected }: Candidate): Inline[] {
  if (rejected === undefined) return [text(nameRelease(release))];
  return [...sentenceInlines(rejected.message), text(' ('), code(rejected.rule), text(')')];
}
