import { formatLane, type Lane } from '../../core/lane.ts';
import { shortDigest } from '../../core/release.ts';
import type { HistoryRow, NamedRelease } from '../../ledger/history.ts';
import { code, link, NO_CELL, paragraph, text, type Block, type Column, type Inline } from '../document.ts';
import { formatMoment, formatSpan } from '../release/format-time.ts';
import { historyDetail, type DetailWords } from '../release/history-detail.ts';
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

/** In a comment, `#41` would be an issue. */
const WORDS: DetailWords = { entry: (seq) => `entry ${seq}`, healthy: () => 'known good' };

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
  return [text(historyDetail(row, WORDS) || NO_CELL)];
}
