import { formatLane } from '../../core/lane.ts';
import type { ChangeResult } from '../../promotion/change-result.ts';
import { paragraph, type Block } from '../document.ts';
import { sentenceInlines } from './sentence-inlines.ts';
import { endBlocks } from './end-blocks.ts';
import { reasonBlocks } from './reason-blocks.ts';
import type { ReplyContext } from './reply-context.ts';
import { replyHeading } from './reply-heading.ts';

/** The reply to a command that moves no tag: lock, unlock, release, approve. */
export function changeReply(result: ChangeResult, context: ReplyContext): Block[] {
  const { reasons = [], notes = [], undo, next, head } = result;
  return [
    headline(result),
    ...(reasons.length > 0 ? [] : [paragraph(...sentenceInlines(result.message))]),
    ...reasonBlocks(reasons, context),
    ...(notes.length === 0
      ? []
      : [{ kind: 'list', items: notes.map((note) => sentenceInlines(note)) } as const]),
    ...endBlocks(context, {
      ...(undo === undefined ? {} : { undo: [undo] }),
      ...(next === undefined ? {} : { next }),
      ...(head === undefined ? {} : { head }),
    }),
  ];
}

/** What a command of this kind did, as a word. */
const WORDS: Readonly<Record<string, string>> = {
  lock: 'LOCKED',
  unlock: 'UNLOCKED',
  release: 'RELEASED',
  register: 'REGISTERED',
  package: 'PACKAGED',
  approve: 'APPROVED',
};

function headline({ command, outcome, lanes = [], release, reasons = [] }: ChangeResult): Block {
  const named = release === undefined ? undefined : `${release.model} ${release.version}`;
  const place = lanes.map(formatLane).join(', ');
  const what = [named, place].filter((part) => part !== undefined && part !== '').join(' in ') || command;
  switch (outcome) {
    case 'done':
      return replyHeading('pass', WORDS[command] ?? 'DONE', what);
    case 'nothing':
      return replyHeading('pass', 'NOTHING TO DO', what);
    case 'planned':
      return replyHeading('hold', 'PLAN', `${command}: ${what}; nothing was changed`);
    case 'refused': {
      const count = reasons.length < 2 ? '' : `, for ${reasons.length} reasons`;
      return replyHeading('fail', 'REFUSED', `${command}: ${what}${count}; nothing was changed`);
    }
    default:
      return outcome satisfies never;
  }
}
