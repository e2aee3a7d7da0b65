import type { Outcome } from '../core/outcome.ts';
import type { Chart } from './charts/chart.ts';

/** A run of text. Foreign strings enter a document only here, as data; each renderer has one escaping function. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; text: string }
  /** A text that leads somewhere, where the medium has links: only to an `http` or `https` address. Its text stands alone where there are no links. */
  | { kind: 'link'; text: string; url: string }
  /** `loud`: the outcome as the word that opens a heading; else symbol and word. */
  | { kind: 'outcome'; outcome: Outcome; loud: boolean };

export interface Column {
  heading: string;
  align: 'left' | 'right';
}

export interface Table {
  kind: 'table';
  /** What the table shows, for screen readers. */
  caption: string;
  columns: readonly Column[];
  /** One cell a column in each row; the first cell heads its row. */
  rows: readonly (readonly (readonly Inline[])[])[];
  /** The table at the top of a report: stacked on narrow screens instead of scrolled. */
  prominent?: boolean;
}

/** One block of a report. Blocks are never cut: a renderer that lacks room leaves whole ones out. */
export type Block =
  /** Level 1 opens the document, 2 a section, 3 a group in a section. */
  | { kind: 'heading'; level: 1 | 2 | 3; inlines: readonly Inline[] }
  | { kind: 'paragraph'; inlines: readonly Inline[]; tone?: 'lead' | 'quiet' }
  | { kind: 'callout'; title: string; inlines: readonly Inline[] }
  | Table
  | { kind: 'list'; items: readonly (readonly Inline[])[] }
  /** Terms and what they stand for, on one line where the medium allows. */
  | { kind: 'definitions'; items: readonly { term: string; inlines: readonly Inline[] }[] }
  | { kind: 'code'; text: string }
  /** A picture, and the blocks that stand for it where none can be shown. */
  | { kind: 'chart'; chart: Chart; text: readonly Block[] }
  | { kind: 'details'; summary: string; blocks: readonly Block[] };

/** What stands in a table where there is nothing to say. */
export const NO_CELL = '—';

/** A report before it is rendered. */
export interface Document {
  /** Plain text, for the title bar. */
  title: string;
  outcome: Outcome;
  blocks: readonly Block[];
}

/** Plain text. */
export const text = (value: string): Inline => ({ kind: 'text', text: value });

/** A name, number or command, shown as code. */
export const code = (value: string): Inline => ({ kind: 'code', text: value });

/** Strong text. */
export const strong = (value: string): Inline => ({ kind: 'strong', text: value });

/** A text that leads to an address. */
export const link = (value: string, url: string): Inline => ({ kind: 'link', text: value, url });

/** An outcome as symbol and word. */
export const badge = (outcome: Outcome): Inline => ({ kind: 'outcome', outcome, loud: false });

/** The text of some inlines without their form, outcomes as words. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => (inline.kind === 'outcome' ? inline.outcome : inline.text)).join('');
}

/** A paragraph of inlines; bare strings are plain text. */
export const paragraph = (...parts: readonly (Inline | string)[]): Block => ({
  kind: 'paragraph',
  inlines: parts.map((part) => (typeof part === 'string' ? text(part) : part)),
});
