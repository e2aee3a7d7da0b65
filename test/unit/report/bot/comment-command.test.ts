import { expect, it } from 'vitest';
import { commentCommand, commentCommands } from '../../../../src/report/bot/comment-command.ts';
import { sentenceInlines } from '../../../../src/report/bot/sentence-inlines.ts';
import { plainText } from '../../../../src/report/document.ts';

it.each([
  ['approve bank/production 1.8.0', '/approve bank/production 1.8.0'],
  ['release bank@1.8.0 --reason "…"', '/release bank@1.8.0 --reason "…"'],
  ['shadow --model bank --environment production', '/shadow bank'],
  ['gate --model bank --environment production', 'known-good gate --model bank --environment production'],
  ['ledger verify', 'known-good ledger verify'],
  ['register --model bank', 'known-good register --model bank'],
])('%s is typed as %s', (settle, typed) => {
  expect(commentCommand(settle)).toBe(typed);
});

it('several commands are told apart', () => {
  expect(commentCommands('rollback a/b   or   adopt a/b --reason "…"')).toEqual([
    '/rollback a/b',
    '/adopt a/b --reason "…"',
  ]);
  expect(commentCommands(undefined)).toEqual([]);
});

it('a sentence of the engine is one for comments', () => {
  const digest = `sha256:${'ab'.repeat(6)}`;
  const inlines = sentenceInlines(
    `At 2026-03-02T07:00:12.345Z (${digest}): known-good verify a/b, or known-good gate.`,
  );
  expect(plainText(inlines)).toBe(`At 2026-03-02 07:00 UTC (${digest}): /verify a/b, or known-good gate.`);
  expect(inlines.map(({ kind }) => kind)).toEqual(['text', 'code', 'text']);
});
