import type { Block, Document, Inline, Table } from './document.ts';
import { codeSpan, escapeMarkdown, type MarkdownPlace } from './escape-markdown.ts';
import { OUTCOME_SYMBOLS } from './outcome-symbol.ts';
import { visibleText } from './visible-text.ts';

export interface MarkdownOptions {
  /** Most UTF-8 bytes of the result, at least 400; 60,000 when absent, below GitHub's 65,536 characters a comment. */
  budget?: number;
  /** Identity of a sticky comment: a hidden first line by which it is found again. */
  marker?: string;
}

const BUDGET = 60_000;
const NOTE_ROOM = 300;
const SHORT_ROWS = 20;

/**
 * A document as GitHub-flavoured markdown. Beyond the budget, tables in details are shortened, then whole blocks are
 * left out; a last line says which. Headings start at level 2.
 */
export function toMarkdown(document: Document, options: MarkdownOptions = {}): string {
  const head = options.marker === undefined ? [] : [markerLine(options.marker)];
  const budget = options.budget ?? BUDGET;
  const whole = `${[...head, ...rendered(document.blocks)].join('\n\n')}\n`;
  return sizeOf(whole) <= budget ? whole : cut(document.blocks, { head, budget });
}

function cut(
  blocks: readonly Block[],
  { head, budget }: { head: readonly string[]; budget: number },
): string {
  const parts = [...head];
  const leftOut: string[] = [];
  let room = budget - NOTE_ROOM - sizeOf(head.join(''));
  for (const block of blocks) {
    const fitting = [block, shortened(block)].map(renderBlock).find((part) => sizeOf(part) + 2 <= room);
    if (fitting === undefined) leftOut.push(nameOf(block));
    else if (fitting !== '') {
      parts.push(fitting);
      room -= sizeOf(fitting) + 2;
    }
  }
  if (leftOut.length > 0) parts.push(leftOutNote(leftOut));
  return `${parts.join('\n\n')}\n`;
}

/** The hidden line that marks a sticky comment; any identity is safe in it. */
export function markerLine(marker: string): string {
  return `<!-- known-good:${encodeURIComponent(visibleText(marker)).replaceAll('-', '%2D')} -->`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level + 1)} ${renderInlines(block.inlines, 'block')}`;
    case 'paragraph':
      return renderInlines(block.inlines, 'block');
    case 'callout':
      return `> [!IMPORTANT]\n> **${escapeMarkdown(block.title)}** ${renderInlines(block.inlines, 'block')}`;
    case 'table':
      return renderTable(block);
    case 'list':
      return block.items.map((item) => `- ${renderInlines(item, 'block')}`).join('\n');
    case 'definitions':
      return block.items
        .map(({ term, inlines }) => `${escapeMarkdown(term)} ${renderInlines(inlines, 'block')}`)
        .join(' · ');
    case 'code':
      return renderCode(block.text);
    case 'chart':
      return renderBlocks(block.text);
    case 'details':
      return renderDetails(block.summary, block.blocks);
    default:
      return block satisfies never;
  }
}

function renderBlocks(blocks: readonly Block[]): string {
  return rendered(blocks).join('\n\n');
}

function rendered(blocks: readonly Block[]): string[] {
  return blocks.map(renderBlock).filter((part) => part !== '');
}

function renderDetails(summary: string, blocks: readonly Block[]): string {
  const inner = renderBlocks(blocks);
  if (inner === '') return '';
  return `<details>\n<summary>${escapeMarkdown(summary, 'html')}</summary>\n\n${inner}\n\n</details>`;
}

function renderTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map((column) => escapeMarkdown(column.heading, 'cell'))),
    line(columns.map((column) => (column.align === 'right' ? '---:' : '---'))),
    ...rows.map((row) => line(columns.map((_, index) => renderInlines(row[index] ?? [], 'cell')))),
  ].join('\n');
}

function renderCode(text: string): string {
  const lines = text.split('\n').map(visibleText);
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${lines.join('\n')}\n${fence}`;
}

/** Neighbouring texts are escaped as one, so that no mention or link arises between them; code spans never touch. */
function renderInlines(inlines: readonly Inline[], place: MarkdownPlace): string {
  let result = '';
  for (const inline of joinTexts(inlines)) {
    const next = renderInline(inline, place);
    result += result.endsWith('`') && next.startsWith('`') ? ` ${next}` : next;
  }
  return result.trim();
}

function renderInline(inline: Inline, place: MarkdownPlace): string {
  switch (inline.kind) {
    case 'text':
      return escapeMarkdown(inline.text, place);
    case 'code':
      return codeSpan(inline.text, place);
    case 'strong':
      return inline.text.trim() === '' ? '' : `**${escapeMarkdown(inline.text.trim(), place)}**`;
    case 'link':
      return renderLink(inline.text, inline.url, place);
    case 'outcome':
      return inline.loud
        ? inline.outcome.toUpperCase()
        : `${OUTCOME_SYMBOLS[inline.outcome]} ${inline.outcome}`;
    default:
      return inline satisfies never;
  }
}

/** In angle brackets nothing ends an address but what is encoded here; a bar would end a table's cell. */
function renderLink(label: string, url: string, place: MarkdownPlace): string {
  const shown = escapeMarkdown(label, place).trim();
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url) || shown === '') return shown;
  const address = new URL(url).href.replace(/[|<>\\\s]/g, (character) => encodeURIComponent(character));
  return `[${shown}](<${address}>)`;
}

function joinTexts(inlines: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.kind === 'text' && last?.kind === 'text') {
      joined[joined.length - 1] = { kind: 'text', text: last.text + inline.text };
    } else joined.push(inline);
  }
  return joined;
}

function shortened(block: Block): Block {
  if (block.kind !== 'details') return block;
  return { ...block, blocks: block.blocks.flatMap(shortenedTable) };
}

function shortenedTable(block: Block): Block[] {
  if (block.kind === 'chart') return block.text.flatMap(shortenedTable);
  if (block.kind !== 'table' || block.rows.length <= SHORT_ROWS) return [block];
  const rest = `${block.rows.length - SHORT_ROWS} more rows are in the full report.`;
  return [
    { ...block, rows: block.rows.slice(0, SHORT_ROWS) },
    { kind: 'paragraph', inlines: [{ kind: 'text', text: rest }] },
  ];
}

function nameOf(block: Block): string {
  if (block.kind === 'details') return block.summary.split(':')[0] ?? block.summary;
  return block.kind === 'table' ? block.caption : `one ${block.kind}`;
}

/** Names as many left-out blocks as the note has room for, always with their number. */
function leftOutNote(names: readonly string[]): string {
  const blocks = names.length === 1 ? '1 block' : `${names.length} blocks`;
  const start = `_Left out, for want of room: ${blocks}; the full report has all._`;
  const full = `_Left out, for want of room: ${escapeMarkdown(names.join(', '))}. The full report has all._`;
  return sizeOf(full) + 2 <= NOTE_ROOM ? full : start;
}

function sizeOf(value: string): number {
  return new TextEncoder().encode(value).length;
}
