import { formatLane } from '../../core/lane.ts';
import type { Outcome } from '../../core/outcome.ts';
import { shortDigest } from '../../core/release.ts';
import type { Health, LaneStatus } from '../../promotion/lane-status.ts';
import { code, NO_CELL, paragraph, text, type Block, type Column, type Inline } from '../document.ts';
import { formatMoment, formatSpan } from '../release/format-time.ts';
import { OUTCOME_SYMBOLS } from '../outcome-symbol.ts';
import { endBlocks } from './end-blocks.ts';
import type { ReplyContext } from './reply-context.ts';
import { replyHeading } from './reply-heading.ts';
import { statusNotes } from './status-notes.ts';

const COLUMNS: readonly Column[] = ['lane', 'serves', 'digest', 'since', 'proved', 'tag', 'way back'].map(
  (heading) => ({ heading, align: 'left' }),
);

/** Lanes at a glance: a row each, and below what is out of the ordinary, with the comment that settles it. */
export function statusReply(statuses: readonly LaneStatus[], context: ReplyContext): Block[] {
  const head = statuses.find((status) => status.head !== undefined)?.head;
  const end = endBlocks(context, head === undefined ? {} : { head });
  if (statuses.length === 0) {
    const none = 'Neither the config on the default branch nor the ledger names a lane.';
    return [replyHeading('hold', 'STATUS', 'there is no lane yet'), paragraph(none), ...end];
  }
  return [
    headlineOf(statuses),
    {
      kind: 'table',
      caption: 'Lanes',
      columns: COLUMNS,
      rows: statuses.map(rowOf),
    },
    ...statusNotes(statuses),
    ...end,
  ];
}

function headlineOf(statuses: readonly LaneStatus[]): Block {
  const bad = statuses.filter((status) => toneOf(status) === 'fail');
  const [first, ...others] = statuses;
  if (bad.length > 0) {
    const names = bad.map(({ lane }) => formatLane(lane)).join(', ');
    return replyHeading('fail', 'STATUS', `${names} ${bad.length === 1 ? 'needs' : 'need'} somebody`);
  }
  if (first !== undefined && others.length === 0) {
    const what =
      first.current === undefined
        ? 'serves no release of the ledger'
        : `serves ${first.current.release.version}`;
    return replyHeading(toneOf(first), 'STATUS', `${formatLane(first.lane)} ${what}`);
  }
  return replyHeading('pass', 'STATUS', `${statuses.length} lanes, nothing is wrong`);
}

/** Whether somebody has to act: something else serves than should, or it does not serve well. */
function toneOf({ tag, health, current }: LaneStatus): Outcome {
  const strange = tag.kind === 'drift' || tag.kind === 'cut-off' || tag.kind === 'late-write';
  if (strange || health?.kind === 'trouble' || (tag.kind === 'unreadable' && current !== undefined))
    return 'fail';
  return health?.kind === 'healthy' ? 'pass' : 'hold';
}

function rowOf(status: LaneStatus): Inline[][] {
  const { lane, current, rollbackTo } = status;
  return [
    [text(formatLane(lane))],
    [text(current?.release.version ?? 'nothing of the ledger')],
    [current === undefined ? text(NO_CELL) : code(shortDigest(current.release.digest))],
    [text(current === undefined ? NO_CELL : `${formatMoment(current.movedAt)} UTC`)],
    provedCell(status),
    [tagCell(status)],
    [text(rollbackTo?.version ?? (current === undefined ? NO_CELL : 'none'))],
  ];
}

function provedCell({ health, despite }: LaneStatus): Inline[] {
  if (health === undefined) return [text(NO_CELL)];
  if (despite !== undefined && health.kind === 'healthy')
    return marked('hold', 'serves well, not known good');
  return provedBy(health);
}

function provedBy(health: Health): Inline[] {
  switch (health.kind) {
    case 'healthy':
      return marked('pass', 'known good');
    case 'soaking': {
      const done = `${formatSpan(health.servedMs)} of ${formatSpan(health.soakMs)}`;
      return marked('hold', health.overdue ? `${done}: a look is overdue` : `soaking, ${done}`);
    }
    case 'not-looked':
      return marked('hold', 'not looked at yet');
    case 'trouble':
      return health.trouble.kind === 'failed'
        ? marked('fail', 'does not serve well')
        : marked('error', 'the last look told nothing');
    default:
      return health satisfies never;
  }
}

function marked(outcome: Outcome, words: string): Inline[] {
  return [text(`${OUTCOME_SYMBOLS[outcome]} ${words}`)];
}

function tagCell({ tag, image }: LaneStatus): Inline {
  if (tag.kind === 'ok') return code(image?.split('/').at(-1) ?? 'ok');
  return text(TAGS[tag.kind]);
}

const TAGS: Readonly<Record<Exclude<LaneStatus['tag']['kind'], 'ok'>, string>> = {
  busy: 'is being moved',
  'cut-off': 'an operation was cut off',
  'late-write': 'moved by a late write',
  drift: 'DRIFT',
  'not-adopted': 'older than the ledger',
  'other-lane': 'another lane’s',
  closed: 'closed',
  unreadable: 'cannot be read',
};
