import { visibleText } from './visible-text.ts';

/** Where a text goes: `block` flows in markdown, `cell` is a table cell, `html` is inside a raw HTML tag. */
export type MarkdownPlace = 'block' | 'cell' | 'html';

/**
 * A word that GitHub would turn into something else even when its punctuation is escaped, because links, mentions,
 * math and emoji are found after markdown is parsed: such words are shown as code, where none of that happens.
 */
const ACTIVE_WORD = new RegExp(
  [
    '@', // mentions, teams, e-mail addresses, owner/repo@sha
    '#\\w', // issues, pull requests, owner/repo#1
    '(?<![a-z0-9])[a-z][a-z0-9]*-[a-z0-9-]*\\d', // GH-1, CVE-2024-1, ABC-1: references a repository may have configured
    '(?<![a-z0-9])[0-9a-f]{7,40}(?![a-z0-9])', // commits
    '(?<![a-z0-9])gh(?:sa)?-\\w', // GitHub's own issues and advisories
    ':/', // links
    '(?:mailto|xmpp|javascript|data):\\S',
    'www\\.',
    '\\$', // math
    ':[\\w+-]+:', // emoji
  ].join('|'),
  'iu',
);

/** A word in the brackets, quotation marks and stops of a sentence. */
const AROUND = /^([(["'“„«]*)(.*?)([.,;:!?)\]"'”“»]*)$/su;

/**
 * Foreign text for GitHub-flavoured markdown: the one escaping function of that output. Nothing in the text is active
 * afterwards: no markup, HTML, entity, link, mention, reference, math, emoji or table break; invisible characters show.
 */
export function escapeMarkdown(value: string, place: MarkdownPlace = 'block'): string {
  const words = visibleText(value).split(/(\s+)/u);
  const first = words.findIndex((word, index) => index % 2 === 0 && word !== '');
  return words
    .map((word, index) => {
      if (index % 2 === 1) return ' ';
      const escaped = escapeWord(word, place);
      return index === first ? escapeLineStart(escaped) : escaped;
    })
    .join('');
}

/**
 * Foreign text as a code span. Text that would end the span or its table cell is spelled in entities inside `<code>`,
 * which GitHub leaves alone in the same way.
 */
export function codeSpan(value: string, place: MarkdownPlace = 'block'): string {
  const shown = visibleText(value).trim();
  if (shown === '') return '(empty)';
  const plain = place === 'block' ? !shown.includes('`') : place === 'cell' && !/[`|\\]/.test(shown);
  return plain ? `\`${shown}\`` : `<code>${shown.replace(/[^\p{L}\p{N}\p{M} ]/gu, entity)}</code>`;
}

function escapeWord(word: string, place: MarkdownPlace): string {
  return ACTIVE_WORD.test(word) ? activeWord(word, place) : plainWord(word, place);
}

/** As code; brackets, quotation marks and stops around it stay text. */
function activeWord(word: string, place: MarkdownPlace): string {
  const [, before = '', inner = '', after = ''] = AROUND.exec(word) ?? [];
  if (!ACTIVE_WORD.test(inner)) return codeSpan(word, place);
  return plainWord(before, place) + codeSpan(inner, place) + plainWord(after, place);
}

function plainWord(word: string, place: MarkdownPlace): string {
  if (place === 'html') return word.replace(/[&<>"']/g, entity);
  return word.replace(/[&<>|]/g, entity).replace(/[\\`*_~[\]^]/g, '\\$&');
}

/** What makes a heading, a rule or a list of a line counts at its start alone. */
function escapeLineStart(word: string): string {
  return word.replace(/^(?=[#+=-]+$)/, '\\').replace(/^(\d+)(?=[.)]$)/, '$1\\');
}

function entity(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
