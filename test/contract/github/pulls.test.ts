import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { createPulls } from '../../../src/adapters/github/pulls.ts';
import type { PullRecord } from '../../support/github/records.ts';
import { connected } from './connected.ts';

async function scene() {
  const { github, client } = await connected();
  const base = github.head('main');
  const head = github.push('topic', { 'a.txt': 'a' }, { author: 'bob' });
  const add = (changes: Partial<PullRecord>): PullRecord => {
    const pull: PullRecord = {
      number: github.pulls.size + 1,
      title: 'A model',
      body: '',
      login: 'bob',
      state: 'open',
      createdAt: '2026-01-01T00:00:00Z',
      head: { ref: 'topic', sha: head, repository: 'acme/models' },
      base: { ref: 'main', sha: base },
      mergeCommit: undefined,
      mergedBy: undefined,
      mergedAt: undefined,
      draft: false,
      ...changes,
    };
    github.pulls.set(pull.number, pull);
    return pull;
  };
  const merged = { state: 'closed', mergedAt: '2026-01-02T00:00:00Z', mergedBy: 'alice' } as const;
  return { github, client, pulls: createPulls(client), add, head, base, merged };
}

describe('a pull request', () => {
  it('is read by its number', async () => {
    const { pulls, add, head, base } = await scene();
    add({});
    expect(await pulls.read(1)).toEqual({
      number: 1,
      state: 'open',
      mergeCommit: undefined,
      head: { sha: head, ref: 'topic', repository: 'acme/models' },
      base: { sha: base, ref: 'main' },
      author: { login: 'bob', kind: 'user' },
      url: expect.stringContaining('/acme/models/pull/1'),
    });
    expect(await pulls.read(2)).toBeUndefined();
  });

  it('has a merge commit only where it was merged', async () => {
    const { github, pulls, add, merged } = await scene();
    const mergeCommit = github.head('main');
    add({ mergeCommit });
    add({ mergeCommit, state: 'closed' });
    add({ mergeCommit, ...merged });
    expect((await pulls.read(1))?.mergeCommit).toBeUndefined();
    expect((await pulls.read(2))?.mergeCommit).toBeUndefined();
    expect((await pulls.read(3))?.mergeCommit).toBe(mergeCommit);
  });

  it('of a fork that is gone names no repository', async () => {
    const { pulls, add, head } = await scene();
    add({ head: { ref: 'topic', sha: head, repository: undefined } });
    expect((await pulls.read(1))?.head.repository).toBeUndefined();
  });
});

describe('the open pull request from a head', () => {
  it('has this very head commit', async () => {
    const { pulls, add, head } = await scene();
    add({});
    expect((await pulls.openFrom({ owner: 'ACME', branch: 'topic', sha: head }))?.number).toBe(1);
    expect(await pulls.openFrom({ owner: 'acme', branch: 'topic', sha: 'f'.repeat(40) })).toBeUndefined();
    expect(await pulls.openFrom({ owner: 'mallory', branch: 'topic', sha: head })).toBeUndefined();
    expect(await pulls.openFrom({ owner: 'acme', branch: 'other', sha: head })).toBeUndefined();
  });

  it('is none where it is closed, or where there are several', async () => {
    const { pulls, add, head } = await scene();
    const first = add({ state: 'closed' });
    const from = { owner: 'acme', branch: 'topic', sha: head };
    expect(await pulls.openFrom(from)).toBeUndefined();
    first.state = 'open';
    add({ base: { ref: 'next', sha: head } });
    expect(await pulls.openFrom(from)).toBeUndefined();
  });

  it('is compared again, as a filter may be passed over', async () => {
    const { github, client, pulls, add, head } = await scene();
    add({});
    const { number } = add({ head: { ref: 'topic', sha: head, repository: 'mallory/models' } });
    const route = 'GET /repos/{owner}/{repo}/pulls';
    const { data: body } = await client.rest(route, { doing: 'list', schema: z.array(z.unknown()) });
    expect(body).toHaveLength(2);
    github.fault(() => ({ status: 200, body }));
    expect((await pulls.openFrom({ owner: 'mallory', branch: 'topic', sha: head }))?.number).toBe(number);
    expect((await pulls.openFrom({ owner: 'acme', branch: 'topic', sha: head }))?.number).toBe(1);
    expect(await pulls.openFrom({ owner: 'bob', branch: 'topic', sha: head })).toBeUndefined();
  });
});

describe('the pull request of a commit', () => {
  it('is the one that was merged as it', async () => {
    const { github, pulls, add, merged, head } = await scene();
    const mergeCommit = github.head('main');
    add({ ...merged, mergeCommit });
    add({ head: { ref: 'next', sha: mergeCommit, repository: 'acme/models' } });
    expect((await pulls.ofCommit(mergeCommit))?.number).toBe(1);
    expect((await pulls.ofCommit(head))?.number).toBe(1);
  });

  it('is the open one whose head it is before closed ones', async () => {
    const { pulls, add, head } = await scene();
    add({ state: 'closed' });
    add({});
    expect((await pulls.ofCommit(head))?.number).toBe(2);
    add({});
    expect(await pulls.ofCommit(head)).toBeUndefined();
  });

  it('is none for a commit that nobody knows, or that is only within one', async () => {
    const { github, pulls, add, head } = await scene();
    const later = github.push('topic', { 'b.txt': 'b' }, { author: 'bob' });
    add({ head: { ref: 'topic', sha: later, repository: 'acme/models' } });
    expect(await pulls.ofCommit(head)).toBeUndefined();
    expect(await pulls.ofCommit('f'.repeat(40))).toBeUndefined();
  });
});
