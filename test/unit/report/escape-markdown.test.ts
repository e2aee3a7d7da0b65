import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeSpan, escapeMarkdown, type MarkdownPlace } from '../../../src/report/escape-markdown.ts';

const PLACES = ['block', 'cell', 'html'] as const satisfies readonly MarkdownPlace[];

const LIVELY = [
  '@octocat',
  '@acme/team',
  'a@b.example',
  '#1',
  'acme/repo#2',
  'GH-3',
  'deadbeef1',
  'https://evil.example',
  'www.evil.example',
  'HTTP://x',
  'mailto:a',
  'javascript:alert(1)',
  ':boom:',
  '$x$',
  '$`x`$',
  '<img src=x>',
  '</details>',
  '<!--',
  '&amp;',
  '&#64;octocat',
  '|',
  '\\|',
  '\\',
  '`',
  '```',
  '**b**',
  '_i_',
  '~~s~~',
  '[a](b)',
  '![a](b)',
  '[ ]',
  '[^1]',
  '[!NOTE]',
  '# h',
  '- x',
  '+ x',
  '1. x',
  '1) x',
  '---',
  '===',
  '> q',
  '\n',
  '\r\n',
  '\t',
  '\u202e',
  '\u200b',
  '\ud800',
  'CVE-2024-1',
  'ABC-1',
  '"',
  "'",
  ' ',
  'word',
  '0.7930',
  '',
];

const foreign = fc.oneof(
  fc.array(fc.constantFrom(...LIVELY), { maxLength: 6 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...LIVELY), { maxLength: 6 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);

/** What GitHub would still act upon: the text without code spans. */
function outsideCode(markdown: string): string {
  return markdown.replace(/<code>[^<]*<\/code>/g, 'C').replace(/(?<!\\)`[^`]+`/g, 'C');
}

/** Cells of a table row as cmark-gfm splits it: a backslash takes the next punctuation with it. */
function cellCount(row: string): number {
  return [...row.replace(/\\[!-/:-@[-`{-~]/g, '').matchAll(/\|/g)].length - 1;
}

describe('escapeMarkdown', () => {
  it.each([
    ['bank 1.8.0', 'bank 1.8.0'],
    ['@octocat, look', '`@octocat`, look'],
    ['see https://evil.example now', 'see `https://evil.example` now'],
    ['fixes #1', 'fixes `#1`'],
    ['<b>x</b>', '&#60;b&#62;x&#60;/b&#62;'],
    ['a | b', 'a &#124; b'],
    ['a `b` *c* _d_ [e]', 'a \\`b\\` \\*c\\* \\_d\\_ \\[e\\]'],
    ['- x', '\\- x'],
    ['1. x', '1\\. x'],
    ['# x', '\\# x'],
    ['&copy;', '&#38;copy;'],
    ['a\u202eb', 'a\\\\u202eb'],
    ['commit 0ef524e36adf done', 'commit `0ef524e36adf` done'],
  ])('%j becomes %j', (input, expected) => {
    expect(escapeMarkdown(input)).toBe(expected);
  });

  it.each(PLACES)('leaves nothing active in %s, whatever goes in', (place) => {
    fc.assert(
      fc.property(foreign, (input) => {
        const output = escapeMarkdown(input, place);
        const rest = outsideCode(output);
        expect(output).not.toMatch(/[\r\n]/);
        expect(rest).not.toMatch(/[<>@$]/);
        expect(rest).not.toMatch(/(?<!&)#\w/);
        expect(rest).not.toMatch(/:\/\/|www\.|:[\w+-]+:|(?<![a-z0-9])gh-\d/i);
        expect(rest.replace(/&#\d+;/g, '')).not.toMatch(/(?<![a-z0-9])[0-9a-f]{7,40}(?![a-z0-9])/i);
        expect(rest.replace(/&#\d+;/g, '')).not.toContain('&');
        expect(rest).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['block', 'cell'] as const)('escapes every special in %s', (place) => {
    fc.assert(
      fc.property(foreign, (input) => {
        const output = outsideCode(escapeMarkdown(input, place));
        expect(output.replace(/\\[!-/:-@[-`{-~]/g, 'E')).not.toMatch(/[\\`*_~[\]^|]/);
        expect(output).not.toMatch(/^\s*(?:[-+=#]+|\d+[.)])(?:\s|$)/);
      }),
      { numRuns: 1000 },
    );
  });

  it('never breaks a table row, as text or as code', () => {
    fc.assert(
      fc.property(foreign, foreign, (left, right) => {
        expect(cellCount(`| ${escapeMarkdown(left, 'cell')} | ${codeSpan(right, 'cell')} |`)).toBe(2);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('codeSpan', () => {
  it.each([
    ['job = student', 'block', '`job = student`'],
    ['a`b', 'block', '<code>a&#96;b</code>'],
    ['a|b', 'cell', '<code>a&#124;b</code>'],
    ['a|b', 'block', '`a|b`'],
    ['a\\', 'cell', '<code>a&#92;</code>'],
    ['@octocat', 'cell', '`@octocat`'],
    ['@octocat', 'html', '<code>&#64;octocat</code>'],
    ['  ', 'block', '(empty)'],
  ] as const)('%j in %s becomes %j', (input, place, expected) => {
    expect(codeSpan(input, place)).toBe(expected);
  });

  it.each(PLACES)('is one closed span in %s, whatever goes in', (place) => {
    fc.assert(
      fc.property(foreign, (input) => {
        expect(codeSpan(input, place)).toMatch(/^(?:`[^`\r\n]+`|<code>[^<>`|\\\r\n]+<\/code>|\(empty\))$/);
      }),
      { numRuns: 1000 },
    );
  });
});
