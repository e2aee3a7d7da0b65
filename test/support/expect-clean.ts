import { expect } from 'vitest';
import type { CliRun } from './run-cli.ts';

/** Whatever a terminal or a reader would obey or not see: control characters, escapes, bidirectional marks. */
const ACTIVE = /(?![\n\t])[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;
const STACK = /^\s+at .+:\d+:\d+|node:internal|[A-Z]\w*Error:/m;
const TAGS = /<\/?(script|img|iframe|svg|a|style|object|form|b)\b/i;

/** No run may show a stack, an active character, or foreign text that its reader would turn into something else. */
export function expectClean({ stdout, stderr, markdown = '', html = '' }: CliRun): void {
  for (const text of [stdout, stderr, markdown, html]) {
    expect(text).not.toMatch(STACK);
    expect(text).not.toMatch(ACTIVE);
  }
  const words = withoutCode(markdown);
  expect(words).not.toMatch(TAGS);
  expect(words).not.toMatch(/@everyone|\]\(|:\/\//);
  const own = html.replace(/<(style|svg)\b[\s\S]*?<\/\1>/g, '').replace(/<\/?b>|<\/?a\b[^>]*>/g, '');
  expect(own).not.toMatch(TAGS);
  expect(html).not.toMatch(/<script|<img|<[^>]*\bon\w+=/i);
}

/** Markdown without fences, `<code>`, code spans and escaped characters: nothing of that is active. */
function withoutCode(markdown: string): string {
  return markdown
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/<code>.*?<\/code>/g, '')
    .replace(/\\[^\n]|`[^`\n]*`/g, '');
}

/** A refusal: this exit code, nothing on stdout, no report, and on stderr one sentence like this and no more. */
export function expectRefusal(run: CliRun, code: 3 | 64 | 65, sentence: RegExp): void {
  expectClean(run);
  expect(run.stderr).toMatch(/^known-good: [^\n]+\n$/);
  expect(run.stderr).toMatch(sentence);
  expect([run.code, run.stdout, run.verdict]).toEqual([code, '', undefined]);
}
