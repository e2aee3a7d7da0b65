import { describe, expect, it } from 'vitest';
import { createGitHubLedger } from '../../../src/adapters/github/ledger/create-github-ledger.ts';
import { clientDesk, failureOf } from './client-desk.ts';
import { BRANCH, begun, failure, ledgerOf } from './ledger-desk.ts';

describe('an append to the ledger on GitHub that goes wrong', () => {
  it.each([
    ['a server in trouble', { status: 502, body: '<html>' }],
    [
      'a timeout of GraphQL',
      { status: 200, body: { data: null, errors: [{ message: 'Something went wrong.' }] } },
    ],
    ['a cut connection', 'reset'],
    ['a lost reply', 'lost-reply'],
  ] as const)('rejects after %s, and asks only once', async (_, trouble) => {
    const { ledger, head, github } = await begun();
    github.fault(({ graphql }) => (graphql?.operationName === 'appendToLedger' ? trouble : undefined));
    const error = await failureOf(ledger.append({ parent: head, files: { a: '2' }, message: 'x' }));
    expect(error.mayHaveHappened).toBe(true);
    expect(error.message).toContain('It may or may not have been done');
    expect(github.requests).toHaveLength(1);
    expect(github.files(BRANCH)['a']).toBe(trouble === 'lost-reply' ? '2' : '1');
  });

  it.each([
    [
      'a secondary limit',
      {
        status: 403,
        headers: { 'retry-after': '2' },
        body: { message: 'You have exceeded a secondary rate limit.' },
      },
    ],
    ['too many requests', { status: 429, headers: { 'retry-after': '2' }, body: {} }],
    [
      'a limit of GraphQL',
      {
        status: 200,
        headers: { 'retry-after': '2' },
        body: { errors: [{ type: 'RATE_LIMITED', message: 'limit' }] },
      },
    ],
  ])('waits and appends after %s', async (_, trouble) => {
    const { ledger, head, github, pauses } = await begun();
    github.fault(({ graphql, count }) =>
      graphql?.operationName === 'appendToLedger' && count === 1 ? trouble : undefined,
    );
    expect((await ledger.append({ parent: head, files: { a: '2' }, message: 'x' })).kind).toBe('appended');
    expect(pauses).toEqual([2000]);
    expect(github.files(BRANCH)['a']).toBe('2');
  });

  it('is lost in one request when somebody was faster', async () => {
    const { ledger, head, github } = await begun();
    github.push(BRANCH, { b: 'theirs' });
    expect(await ledger.append({ parent: head, files: { a: '2' }, message: 'x' })).toEqual({ kind: 'lost' });
    expect(github.requests).toHaveLength(1);
    expect(github.files(BRANCH)).toEqual({ a: '1', b: 'theirs' });
  });

  it('is lost when the branch is gone', async () => {
    const { ledger, head, github } = await begun();
    github.git.refs.delete(`refs/heads/${BRANCH}`);
    expect(await ledger.append({ parent: head, files: { a: '2' }, message: 'x' })).toEqual({ kind: 'lost' });
  });

  it('rejects with what GitHub said when a rule forbids it', async () => {
    const { ledger, head, github } = await begun();
    github.protection.add(BRANCH);
    const error = await failureOf(ledger.append({ parent: head, files: { a: '2' }, message: 'x' }));
    expect(error.mayHaveHappened).toBe(false);
    expect(error.message).toBe(
      'GitHub could not append to the ledger in acme/models: it said "Changes must be made through a pull request." (BRANCH_PROTECTION_RULE_VIOLATION). A rule of the repository forbids it: let the workflow\'s token past the rule, for this branch.',
    );
  });

  it('rejects when the token may only read', async () => {
    const { head, open } = await begun();
    const reader = createGitHubLedger({ client: open({ contents: 'read' }) });
    const error = await failureOf(reader.append({ parent: head, files: { a: '2' }, message: 'x' }));
    expect(error.message).toContain(
      '"Resource not accessible by integration" (FORBIDDEN). The token may not do this',
    );
    const first = createGitHubLedger({ client: open({ contents: 'read' }), branch: 'other' });
    const refused = await failureOf(first.append({ parent: undefined, files: { a: '2' }, message: 'x' }));
    expect(refused.message).toContain("put contents: write into the workflow's permissions");
  });
});

describe('the first append to a ledger on GitHub', () => {
  const first = (value: string) => ({ parent: undefined, files: { a: value }, message: 'begin' });

  it('lets one of two through, whoever is faster with the ref', async () => {
    const desk = await clientDesk();
    const [ours, theirs] = [ledgerOf(desk), ledgerOf(desk)];
    let overtake = true;
    desk.github.fault(async ({ method, path }) => {
      if (method === 'POST' && path.endsWith('/git/refs') && overtake) {
        overtake = false;
        expect((await theirs.append(first('theirs'))).kind).toBe('appended');
      }
      return undefined;
    });
    expect(await ours.append(first('ours'))).toEqual({ kind: 'lost' });
    expect(desk.github.files(BRANCH)).toEqual({ a: 'theirs' });
  });

  it('is tried again where nobody sees it yet, and never at the ref', async () => {
    const desk = await clientDesk();
    desk.github.fault(({ path, count }) =>
      path.includes('/git/') && count === 1 ? { status: 502 } : undefined,
    );
    const error = await failureOf(ledgerOf(desk).append(first('1')));
    expect(error).toMatchObject({ status: 502, mayHaveHappened: true });
    expect(desk.github.requests.map(({ path, status }) => `${path.split('/').at(-1)} ${status}`)).toEqual([
      'blobs 502',
      'blobs 201',
      'trees 502',
      'trees 201',
      'commits 502',
      'commits 201',
      'refs 502',
    ]);
  });

  it('rejects after a lost reply, and the ledger is there', async () => {
    const desk = await clientDesk();
    desk.github.fault(({ path }) => (path.endsWith('/git/refs') ? 'lost-reply' : undefined));
    const ledger = ledgerOf(desk);
    expect((await failureOf(ledger.append(first('1')))).mayHaveHappened).toBe(true);
    expect((await ledger.read(['a'])).files).toEqual({ a: '1' });
  });
});

describe('reading the ledger on GitHub when something goes wrong', () => {
  it.each([
    ['a server in trouble', { status: 503, body: { message: 'Service unavailable' } }],
    [
      'a timeout of GraphQL',
      { status: 200, body: { data: null, errors: [{ message: 'Something went wrong.' }] } },
    ],
    ['a cut connection', 'reset'],
    ['a lost reply', 'lost-reply'],
  ] as const)('asks again after %s', async (_, trouble) => {
    const { ledger, head, github } = await begun();
    github.fault(({ graphql, count }) =>
      graphql?.operationName === 'readLedger' && count <= 2 ? trouble : undefined,
    );
    expect(await ledger.read(['a'])).toEqual({ head, files: { a: '1' } });
    expect(github.requests).toHaveLength(3);
  });

  it('is an error and never an absent branch', async () => {
    const { ledger, github } = await begun();
    const end = github.fault(() => ({ status: 500 }));
    expect((await failureOf(ledger.read(['a']))).message).toContain('GitHub is in trouble');
    end();
    github.fault(() => ({ status: 200, body: { data: null } }));
    expect((await failureOf(ledger.read(['a']))).message).toContain('something else than it should');
  });

  it('is an error when the bytes are not those of the id', async () => {
    const { ledger, github } = await begun({ a: 'with a \0' });
    const content = Buffer.from('other').toString('base64');
    github.fault(({ path }) =>
      path.includes('/git/blobs/') ? { status: 200, body: { content, encoding: 'base64' } } : undefined,
    );
    expect((await failure(ledger.read(['a']))).message).toContain(
      'GitHub sent other bytes for a in the ledger',
    );
  });
});
