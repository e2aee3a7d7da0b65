import { formatLane, type Lane } from '../../core/lane.ts';
import { shortDigest } from '../../core/release.ts';
import type { HistoryRow, NamedRelease } from '../../ledger/history.ts';
import { clipText, visibleText } from '../visible-text.ts';
import { formatMoment, formatSpan } from './format-time.ts';
import { historyDetail, type DetailWords } from './history-detail.ts';
import { toPage, type PageLine, type PageOptions } from './terminal-page.ts';

/** Widths of the columns: number, when, what, from → to, how long it served; who takes the rest of 80. */
const WIDTHS = [5, 16, 8, 26, 7] as const;
const REST = 80 - WIDTHS.reduce((sum, width) => sum + width + 1, 0);
const DETAIL = 6;
const WORDS: DetailWords = {
  entry: (seq) => `#${seq}`,
  healthy: (at) => `healthy since ${formatMoment(at)}`,
};

/** A lane's history as a table of 80 columns, newest first; below each row how it ended and why it was done. */
export function historyPage(
  { lane, rows, more }: { lane: Lane; rows: readonly HistoryRow[]; more: boolean },
  options: PageOptions = {},
): string {
  const name = formatLane(lane);
  if (rows.length === 0) return toPage([{ kind: 'text', text: `${name} has no history yet.` }], options);
  const end = more ? `Older rows: known-good history ${name} --limit ${rows.length * 4}` : 'That is all.';
  return toPage(
    [
      { kind: 'title', text: `${name}, newest first, times in UTC` },
      { kind: 'blank' },
      { kind: 'title', text: cells(['#', 'when', 'what', 'from → to', 'served', 'by']) },
      ...rows.flatMap(rowLines),
      { kind: 'blank' },
      { kind: 'verbatim', text: end },
    ],
    options,
  );
}

function rowLines(row: HistoryRow): PageLine[] {
  const detail = historyDetail(row, WORDS);
  return [
    { kind: 'verbatim', text: cells(cellsOf(row)) },
    ...(detail === '' ? [] : [{ kind: 'text', text: detail, indent: DETAIL } as const]),
  ];
}

function cellsOf(row: HistoryRow): string[] {
  const shared = [String(row.seq), formatMoment(row.at)];
  switch (row.kind) {
    case 'operation': {
      const served = row.servedMs === undefined ? '—' : formatSpan(row.servedMs);
      const from = row.from === 'absent' ? 'nothing' : nameOf(row.from);
      return [...shared, row.action, `${from} → ${nameOf(row.to)}`, served, row.by];
    }
    case 'released':
    case 'approved':
      return [...shared, row.kind === 'released' ? 'release' : 'approve', nameOf(row.release), '', row.by];
    case 'locked':
    case 'unlocked':
      return [...shared, row.kind === 'locked' ? 'lock' : 'unlock', '', '', row.by];
    case 'closed':
      return [...shared, 'close', `${row.other} carries on`, '', row.by];
    case 'inherited':
      return [...shared, 'inherit', `from ${row.other}`, '', row.by];
    default:
      return row satisfies never;
  }
}

function nameOf({ version, digest }: NamedRelease): string {
  return version ?? shortDigest(digest);
}

function cells(texts: readonly string[]): string {
  return texts
    .map((text, i) => {
      const width = WIDTHS[i] ?? REST;
      const cut = clipText(visibleText(text), width);
      const space = ' '.repeat(width - Array.from(cut).length);
      return i === 0 ? space + cut : cut + space;
    })
    .join(' ')
    .trimEnd();
}
