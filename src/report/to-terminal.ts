import type { Outcome } from '../core/outcome.ts';
import type { Block, Document, Inline, Table } from './document.ts';
import { OUTCOME_SYMBOLS } from './outcome-symbol.ts';
import { visibleText } from './visible-text.ts';

export interface TerminalOptions {
  /** Columns to wrap running text at, 80 when absent; tables and bars keep their own width. */
  width?: number;
  /** ANSI colours; off when absent. */
  color?: boolean;
  /** Print what the report folds away; off when absent. */
  details?: boolean;
}

type Settings = Required<TerminalOptions>;

const COLORS: Readonly<Record<Outcome, number>> = { pass: 32, hold: 33, error: 35, fail: 31 };

/** A document for a terminal: wrapped text, aligned tables, symbols with words; no foreign control character survives. */
export function toTerminal(document: Document, options: TerminalOptions = {}): string {
  const settings = { width: 80, color: false, details: false, ...options };
  return `${renderBlocks(document.blocks, settings)}\n`;
}

function renderBlocks(blocks: readonly Block[], settings: Settings): string {
  return blocks
    .map((block) => renderBlock(block, settings))
    .filter((part) => part !== '')
    .join('\n\n');
}

function renderBlock(block: Block, settings: Settings): string {
  switch (block.kind) {
    case 'heading':
      return renderHeading(block.inlines, block.level, settings);
    case 'paragraph':
      return wrap(plain(block.inlines), settings.width);
    case 'callout':
      return wrap(`! ${visibleText(block.title)} ${plain(block.inlines)}`, settings.width);
    case 'table':
      return renderTable(block, settings);
    case 'list':
      return block.items.map((item) => wrap(`• ${plain(item)}`, settings.width)).join('\n');
    case 'definitions':
      return wrap(
        block.items.map(({ term, inlines }) => `${visibleText(term)} ${plain(inlines)}`).join(' · '),
        settings.width,
      );
    case 'code':
      return block.text.split('\n').map(visibleText).join('\n');
    case 'chart':
      return renderBlocks(block.text, settings);
    case 'details':
      if (!settings.details) return '';
      return `${bold(visibleText(block.summary), settings)}\n\n${renderBlocks(block.blocks, settings)}`;
    default:
      return block satisfies never;
  }
}

function renderHeading(inlines: readonly Inline[], level: number, settings: Settings): string {
  const first = inlines[0];
  const line = bold(plain(inlines), settings);
  if (first?.kind !== 'outcome') return level === 1 ? line : `${line}`;
  return paint(`${OUTCOME_SYMBOLS[first.outcome]} ${plain(inlines)}`, `1;${COLORS[first.outcome]}`, settings);
}

function renderTable({ columns, rows }: Table, settings: Settings): string {
  const cells = rows.map((row) => columns.map((_, index) => row[index] ?? []));
  const widths = columns.map((column, index) =>
    Math.max(column.heading.length, ...cells.map((row) => widthOf(plain(row[index] ?? [])))),
  );
  const line = (texts: readonly string[], paintCell: (text: string, index: number) => string): string =>
    texts
      .map((text, index) => {
        const padding = ' '.repeat((widths[index] ?? 0) - widthOf(text));
        const shown = paintCell(text, index);
        return columns[index]?.align === 'right' ? padding + shown : shown + padding;
      })
      .join('  ')
      .trimEnd();
  const head = line(
    columns.map((column) => column.heading),
    (text) => bold(text, settings),
  );
  const body = cells.map((row) =>
    line(row.map(plain), (text, index) => paintOutcome(text, row[index] ?? [], settings)),
  );
  return [head, ...body].join('\n');
}

function paintOutcome(text: string, cell: readonly Inline[], settings: Settings): string {
  const outcome = cell.find((inline) => inline.kind === 'outcome');
  return outcome === undefined ? text : paint(text, String(COLORS[outcome.outcome]), settings);
}

function plain(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.kind !== 'outcome') return visibleText(inline.text);
      return inline.loud
        ? inline.outcome.toUpperCase()
        : `${OUTCOME_SYMBOLS[inline.outcome]} ${inline.outcome}`;
    })
    .join('')
    .trim();
}

function wrap(value: string, width: number): string {
  const lines: string[] = [];
  for (const word of value.split(/ +/)) {
    const last = lines.at(-1);
    if (last === undefined || widthOf(last) + 1 + widthOf(word) > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}

function widthOf(value: string): number {
  return Array.from(value).length;
}

function bold(value: string, settings: Settings): string {
  return paint(value, '1', settings);
}

function paint(value: string, codes: string, { color }: Settings): string {
  return color ? `\u001b[${codes}m${value}\u001b[0m` : value;
}
