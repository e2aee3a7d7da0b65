import { expect, it } from 'vitest';
import { configOrigin } from '../../../../src/app/release/config-origin.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import type { FileContent } from '../../../../src/core/ports.ts';

const commit = 'c'.repeat(40);
const file = { path: '.github/known-good.yml', text: 'version: 1\nmodels: {}\n' };
const content = (bytes: string, text = bytes): FileContent => ({
  bytes: digestOf(bytes),
  text: digestOf(text),
});
const at = (held: () => Promise<FileContent | undefined>, head: string | undefined = commit) => ({
  headCommit: () => Promise.resolve(head),
  contentAt: (revision: string, path: string) => {
    expect([revision, path]).toEqual([commit, file.path]);
    return held();
  },
});
const holding = (held: FileContent | undefined) => at(() => Promise.resolve(held));
const digest = digestOf(file.text);

it.each([
  ['the same bytes', content(file.text), 'committed'],
  ['other bytes', content('version: 1\n'), 'changed'],
  ['nothing', undefined, 'untracked'],
])('the commit holds %s', async (_, held, state) => {
  expect(await configOrigin(holding(held), file)).toEqual({ digest, commit, state });
});

it.each([
  ['line ends that git wrote', file.text.replaceAll('\n', '\r\n'), content(file.text)],
  ['a byte order mark, which reading drops', file.text, content(`\ufeff${file.text}`)],
])('the same but for %s', async (_, text, held) => {
  expect(await configOrigin(holding(held), { ...file, text })).toMatchObject({ state: 'committed' });
});

it.each([
  ['no commit is here', { ...holding(undefined), headCommit: () => Promise.resolve(undefined) }],
  ['git cannot be asked', { ...holding(undefined), headCommit: () => Promise.reject(new Error('git')) }],
  ['git cannot read it', at(() => Promise.reject(new Error('git')))],
])('nobody can tell: %s', async (_, repository) => {
  expect(await configOrigin(repository, file)).toEqual({ digest, state: 'outside' });
});
