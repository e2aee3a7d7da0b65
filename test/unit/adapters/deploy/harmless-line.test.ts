import { expect, it } from 'vitest';
import { harmlessLine } from '../../../../src/adapters/deploy/harmless-line.ts';
import { LineReader } from '../../../../src/adapters/deploy/line-reader.ts';
import { secretsOf } from '../../../../src/adapters/deploy/deploy-environment.ts';

it.each([
  ['plain', 'plain'],
  ['a\tb', 'a    b'],
  ['\u001b[2Jgone', '\\u001b[2Jgone'],
  ['a\u202eb\u200b\ufeff', 'a\\u202eb\\u200b\\ufeff'],
  ['::set-env name=A::b', ': :set-env name=A::b'],
  ['  ::error::x', '  : :error::x'],
  ['\u00a0::error::x', '\u00a0: :error::x'],
  ['std::vector', 'std::vector'],
  ['say ##[error]x', 'say # #[error]x'],
  ['x'.repeat(600), `${'x'.repeat(499)}…`],
])('%j becomes %j', (line, shown) => expect(harmlessLine(line)).toBe(shown));

it.each([
  ['lines', ['a\nb\n'], ['a', 'b']],
  ['a line in pieces', ['a', 'b\nc'], ['ab', 'c']],
  ['a character in pieces', [Buffer.from([0xc3]), Buffer.from([0xa9, 0x0a])], ['é']],
  ['carriage returns', ['10 %\r20 %\r\n\r\nend'], ['10 %', '20 %', 'end']],
  ['broken UTF-8', [Buffer.from([0xff, 0x0a])], ['\ufffd']],
  ['nothing', [], []],
])('LineReader: %s', (_, chunks, expected) => {
  const lines: string[] = [];
  const reader = new LineReader((line) => lines.push(line));
  for (const chunk of chunks) reader.push(Buffer.from(chunk));
  reader.end();
  expect(lines).toEqual(expected);
});

it('LineReader passes on a line without an end', () => {
  const lines: string[] = [];
  const reader = new LineReader((line) => lines.push(line));
  for (let i = 0; i < 4; i++) reader.push(Buffer.from('x'.repeat(10_000)));
  expect(lines.map((line) => line.length)).toEqual([20_000, 20_000]);
});

it('takes variables for secrets by their names', () => {
  const env = {
    GITHUB_TOKEN: 'ghs_123456',
    DB_PASSWORD: 'hunter2!',
    AWS_SECRET_ACCESS_KEY: 'wJalrX',
    SIGNING_KEY: 'first line\nsecond line\n',
    SHORT_TOKEN: 'abc',
    GIT_AUTHOR_NAME: 'alice and bob',
    PATH: '/usr/bin:/bin',
    UNSET_TOKEN: undefined,
  };
  expect(secretsOf(env)).toEqual(['ghs_123456', 'hunter2!', 'wJalrX', 'first line', 'second line']);
});
