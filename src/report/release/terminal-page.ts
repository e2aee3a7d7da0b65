import { visibleText } from '../visible-text.ts';
import { withReadableTimes } from './format-time.ts';

/** How a result is meant, shown as a symbol beside words; colour only adds to it. */
export type Tone = 'good' | 'bad' | 'wait' | 'unsure' | 'plan';

/** One piece of a page. Texts may be foreign: nothing in them but visible characters gets through. */
export type PageLine =
  | { kind: 'head'; tone: Tone; text: string }
  | { kind: 'title'; text: string }
  /** `hang`: what the lines after the first are indented by beside `indent`. */
  | { kind: 'text'; text: string; indent?: number; hang?: number }
  /** A label in the margin, its text beside it. */
  | { kind: 'field'; label: string; text: string }
  /** A line that is never broken, so that it can be copied: a command, a digest. */
  | { kind: 'verbatim'; text: string; label?: string; indent?: number }
  | { kind: 'blank' };

export interface PageOptions {
  /** ANSI colours; off when absent. */
  color?: boolean;
}

const WIDTH = 80;
const MARGIN = 14;
const SYMBOLS: Readonly<Record<Tone, string>> = { good: '✔', bad: '✖', wait: '◐', unsure: '!', plan: '◇' };
const COLORS: Readonly<Record<Tone, number>> = { good: 32, bad: 31, wait: 33, unsure: 35, plan: 36 };

/** A page for a terminal of 80 columns; never two blank lines in a row, and a line break at its end. */
export function toPage(lines: readonly PageLine[], { color = false }: PageOptions = {}): string {
  const paint = (text: string, code: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const text = lines.map((line) => renderLine(line, paint)).join('\n');
  return `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`;
}

/** A line of a page that is a command to type, behind an arrow. */
export function commandLine(command: string, indent = 2): PageLine {
  return { kind: 'verbatim', text: `→ known-good ${command}`, indent };
}

function renderLine(line: PageLine, paint: (text: string, code: string) => string): string {
  switch (line.kind) {
    case 'head':
      return wrapped(`${SYMBOLS[line.tone]} ${line.text}`, { first: '', rest: '  ' })
        .map((each) => paint(each, `1;${COLORS[line.tone]}`))
        .join('\n');
    case 'title':
      return paint(shown(line.text), '1');
    case 'text': {
      const margin = ' '.repeat(line.indent ?? 0);
      const rest = margin + ' '.repeat(line.hang ?? 0);
      return wrapped(line.text, { first: margin, rest }).join('\n');
    }
    case 'field':
      return wrapped(line.text, { first: label(line.label), rest: ' '.repeat(MARGIN) }).join('\n');
    case 'verbatim': {
      const margin = line.label === undefined ? ' '.repeat(line.indent ?? 0) : label(line.label);
      return margin + visibleText(line.text);
    }
    case 'blank':
      return '';
    default:
      return line satisfies never;
  }
}

function label(text: string): string {
  return `  ${visibleText(text).padEnd(MARGIN - 3)} `;
}

function shown(text: string): string {
  return visibleText(withReadableTimes(text));
}

function wrapped(text: string, margins: { first: string; rest: string }): string[] {
  const lines: string[] = [];
  let open = margins.first;
  let isEmpty = true;
  for (const word of shown(text).split(/ +/)) {
    if (!isEmpty && widthOf(open) + 1 + widthOf(word) > WIDTH) {
      lines.push(open);
      open = margins.rest;
      isEmpty = true;
    }
    open += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, open].map((line) => line.trimEnd());
}

function widthOf(text: string): number {
  return Array.from(text).length;
}
