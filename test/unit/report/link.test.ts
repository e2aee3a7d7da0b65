import { expect, it } from 'vitest';
import { link, text, type Inline } from '../../../src/report/document.ts';
import { toHtml } from '../../../src/report/to-html.ts';
import { toMarkdown } from '../../../src/report/to-markdown.ts';
import { toTerminal } from '../../../src/report/to-terminal.ts';

const document = (...inlines: Inline[]) =>
  ({ title: 'x', outcome: 'pass', blocks: [{ kind: 'paragraph', inlines }] }) as const;

it.each([
  [
    'run',
    'https://github.com/acme/models/actions/runs/1',
    '[run](<https://github.com/acme/models/actions/runs/1>)\n',
  ],
  ['run', 'http://127.0.0.1:1234/x', '[run](<http://127.0.0.1:1234/x>)\n'],
  ['a]b', 'https://x.example/', '[a\\]b](<https://x.example/>)\n'],
  ['run', 'https://x.example/a>b|c d`', '[run](<https://x.example/a%3Eb%7Cc%20d%60>)\n'],
  ['run', 'javascript:alert(1)', 'run\n'],
  ['run', 'data:text/html,x', 'run\n'],
  ['run', 'not an address', 'run\n'],
  ['run', 'https://', 'run\n'],
])('%s to %s', (label, url, expected) => {
  expect(toMarkdown(document(link(label, url)))).toBe(expected);
});

it('is its text where there are no links', () => {
  const shown = document(text('see '), link('run', 'https://x.example/'));
  expect(toTerminal(shown)).toBe('see run\n');
  expect(toHtml(shown)).not.toContain('x.example');
});
