import { formatLane, type Lane } from '../../core/lane.ts';
import { shortDigest } from '../../core/release.ts';
import type { Ending, HistoryRow, NamedRelease } from '../../ledger/history.ts';
import { code, link, NO_CELL, paragraph, text, type Block, type Column, type Inline } from '../document.ts';
import { formatMoment, formatSpan } from '../release/format-time.ts';
import { endBlocks } from './end-blocks.ts';
import type { ReplyContext } from './reply-context.ts';
import { replyHeading } from './reply-heading.ts';

const COLUMNS: readonly Column[] = [
  'entry',
  'when (UTC)',
  'what',
  'from → to',
  'served',
  'by',
  'how it ended',
].map((heading, i) => ({ heading, align: i === 0 ? 'right' : 'left' }));

/** A lane's history as rows were read, newest first. */
export interface ShownHistory {
  lane: Lane;
  rows: readonly HistoryRow[];
  /** Older ones are there. */
  more: boolean;
  head?: string;
}

/** The last things that happened in a lane, a row each. */
export function historyReply({ lane, rows, more, head }: ShownHistory, context: ReplyContext): Block[] {
  const name = formatLane(lane);
  const end = endBlocks(context, head === undefined ? {} : { head });
  if (rows.length === 0)
    return [replyHeading('hold', 'HISTORY', `nothing has happened in ${name} yet`), ...end];
  const count = more ? `the last ${rows.length} of ${name}` : `all ${rows.length} of ${name}`;
  return [
    replyHeading('pass', 'HISTORY', `${count}, newest first`),
    { kind: 'table', caption: `History of ${name}`, columns: COLUMNS, rows: rows.map(cellsOf) },
    ...(more
      ? [paragraph('Older ones, in a terminal: ', code(`known-good history ${name} --limit 200`))]
      : []),
    ...end,
  ];
}

function cellsOf(row: HistoryRow): Inline[][] {
  const [what, moved, served] = doneIn(row);
  const seq = row.run === undefined ? text(String(row.seq)) : link(String(row.seq), row.run);
  return [
    [seq],
    [text(formatMoment(row.at))],
    [text(what)],
    [text(moved)],
    [text(served)],
    [code(row.by)],
    detailOf(row),
  ];
}

function doneIn(row: HistoryRow): [string, string, string] {
  switch (row.kind) {
    case 'operation': {
      const from = row.from === 'absent' ? 'nothing' : nameOf(row.from);
      return [
        row.action,
        `${from} → ${nameOf(row.to)}`,
        row.servedMs === undefined ? NO_CELL : formatSpan(row.servedMs),
      ];
    }
    case 'released':
    case 'approved':
      return [row.kind === 'released' ? 'release' : 'approve', nameOf(row.release), NO_CELL];
    case 'locked':
      return ['lock', NO_CELL, NO_CELL];
    case 'unlocked':
      return ['unlock', NO_CELL, NO_CELL];
    case 'closed':
      return ['close', `${row.other} carries on`, NO_CELL];
    case 'inherited':
      return ['inherit', `from ${row.other}`, NO_CELL];
    default:
      return row satisfies never;
  }
}

function nameOf({ version, digest }: NamedRelease): string {
  return version ?? shortDigest(digest);
}

function detailOf(row: HistoryRow): Inline[] {
  const reason = row.reason === undefined ? [] : [`“${row.reason}”`];
  if (row.kind !== 'operation') return [text(reason.join('') || NO_CELL)];
  const parts = [
    endingText(row.ending),
    ...(row.trouble === undefined ? [] : [`trouble: ${row.trouble}`]),
    ...(row.unproved === true ? ['unproved'] : []),
    ...(row.acceptedHold === true ? ['over a hold'] : []),
    ...(row.approvedBy === undefined || row.approvedBy.length === 0
      ? []
      : [`approved by ${row.approvedBy.join(', ')}`]),
    ...reason,
  ];
  return [text(parts.join(' · '))];
}

function endingText(ending: Ending): string {
  switch (ending.kind) {
    case 'serves':
      return ending.healthyAt === undefined ? 'serves, not proved yet' : 'serves, known good';
    case 'replaced':
      return `${proved(ending)}replaced by entry ${ending.by}`;
    case 'handed-over':
      return `${proved(ending)}handed over by entry ${ending.by}`;
    case 'rolled-back': {
      const why = ending.reason === undefined ? '' : ` (“${ending.reason}”)`;
      return `${proved(ending)}rolled back by entry ${ending.by}${why}`;
    }
    case 'not-moved':
      return `moved nothing: ${ending.why}`;
    case 'taken-over':
      return `taken over by entry ${ending.by}`;
    case 'open':
      return 'under way, or cut off';
    case 'repaired':
      return 'pointed the tag back';
    default:
      return ending satisfies never;
  }
}

function proved({ healthyAt }: { healthyAt?: string }): string {
  return healthyAt === undefined ? 'never proved, ' : 'was healthy, ';
}
