import { formatLane, type Lane } from '../../core/lane.ts';
import { paragraph, type Block } from '../document.ts';
import { sentenceInlines } from './sentence-inlines.ts';
import { endBlocks } from './end-blocks.ts';
import { movedTable } from './moved-table.ts';
import { outlookBlocks, type PromotionOutlook } from './outlook-blocks.ts';
import type { ReplyContext } from './reply-context.ts';
import { replyHeading } from './reply-heading.ts';

/** A command on a lane that is under way. */
export interface UnderWay {
  lane: Lane;
  command: 'promote' | 'rollback' | 'adopt' | 'verify';
  /** What was done so far, a sentence a step, oldest first; at least one. */
  steps: readonly string[];
  /** A promotion's plan, once it is known. */
  outlook?: PromotionOutlook | undefined;
}

const WORDS = {
  promote: 'PROMOTING',
  rollback: 'ROLLING BACK',
  adopt: 'ADOPTING',
  verify: 'LOOKING',
} as const;

/** The reply while a command is under way: the plan, and the steps that are done. */
export function progressReply({ lane, command, steps, outlook }: UnderWay, context: ReplyContext): Block[] {
  const name = formatLane(lane);
  const to = outlook === undefined ? '' : ` to ${outlook.release.version}`;
  return [
    replyHeading('hold', WORDS[command], `${name}${to}`),
    ...(outlook === undefined
      ? []
      : [
          movedTable(lane, {
            left: outlook.live ?? 'absent',
            right: outlook.release,
            headings: ['serves now', 'wanted'],
          }),
        ]),
    { kind: 'list', items: steps.map((step) => sentenceInlines(step)) },
    ...(outlook === undefined ? [] : outlookBlocks(outlook, { isFolded: false, ...context })),
    paragraph(
      'This comment is updated in place. The lane is safe if this stops here: the next command goes on.',
    ),
    ...endBlocks(context, {}),
  ];
}
