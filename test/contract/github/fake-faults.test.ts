import { describe, expect, it } from 'vitest';
import { TROUBLES } from '../../support/github/fault.ts';
import { sequentialDepth } from '../../support/github/seen-request.ts';
import { ask, clientOf, openFake } from './fake-desk.ts';

const COMMENT = { method: 'POST', body: '{"body":"x"}' };

describe('trouble with the fake', () => {
  it('is an answer in place of what would have happened', async () => {
    const github = await openFake();
    const path = `/repos/acme/models/issues/${github.openIssue().number}/comments`;
    const end = github.fault(({ method, count }) =>
      method === 'POST' && count === 1 ? TROUBLES.secondaryLimit : undefined,
    );
    const refused = await ask(github, path, COMMENT);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([403, '60']);
    expect(github.comments.size).toBe(0);
    expect((await ask(github, path, COMMENT)).status).toBe(201);
    end();
    expect(github.requests.map(({ status, count }) => [status, count])).toEqual([
      [403, 1],
      [201, 2],
    ]);
  });

  it('is a cut connection: nothing happened, or everything did', async () => {
    const github = await openFake();
    const path = `/repos/acme/models/issues/${github.openIssue().number}/comments`;
    const stop = github.fault(() => 'reset');
    await expect(ask(github, path, COMMENT)).rejects.toThrow('fetch failed');
    expect(github.comments.size).toBe(0);
    stop();
    github.fault(() => 'lost-reply');
    await expect(ask(github, path, COMMENT)).rejects.toThrow('fetch failed');
    expect([...github.comments.values()]).toMatchObject([{ body: 'x' }]);
    expect(github.requests.map(({ status }) => status)).toEqual([undefined, undefined]);
  });

  it('is an answer that never comes', async () => {
    const github = await openFake();
    const asked = new Promise<AbortController>((done) => {
      const controller = new AbortController();
      github.fault(() => {
        done(controller);
        return 'timeout';
      });
      ask(github, '/repos/acme/models', { signal: controller.signal }).catch(
        (error: Error) => (failure = error),
      );
    });
    let failure: Error | undefined;
    (await asked).abort();
    await expect.poll(() => failure?.name).toBe('AbortError');
    expect(github.requests).toMatchObject([{ endedAt: undefined, status: undefined }]);
  });

  it('holds requests back until the test lets them go', async () => {
    const github = await openFake();
    let release = (): void => {};
    const released = new Promise<undefined>((done) => (release = () => done(undefined)));
    github.fault(({ ordinal }) => (ordinal === 1 ? released : undefined));
    const held = ask(github, '/repos/acme/models');
    await expect.poll(() => github.requests.length).toBe(1);
    expect((await ask(github, '/repos/acme/models')).status).toBe(200);
    release();
    expect((await held).status).toBe(200);
    expect(sequentialDepth(github.requests)).toBe(1);
  });

  it('hits GraphQL by the name of the operation', async () => {
    const github = await openFake();
    github.fault(({ graphql }) => (graphql?.operationName === 'Who' ? TROUBLES.graphqlTimeout : undefined));
    const { graphql } = clientOf(github);
    await expect(graphql('query Who { viewer { login } }')).rejects.toThrow('Something went wrong');
    expect(await graphql('query Other { viewer { login } }')).toMatchObject({ viewer: {} });
  });
});

describe('sequential depth', () => {
  const span = (startedAt: number, endedAt?: number) => ({ startedAt, endedAt });

  it.each([
    [0, []],
    [1, [span(1, 2)]],
    [2, [span(1, 2), span(3, 4)]],
    [1, [span(1, 4), span(2, 3)]],
    [2, [span(1, 4), span(2, 3), span(5, 6)]],
    [3, [span(1, 2), span(3, 8), span(4, 5), span(6, 7)]],
    [2, [span(1, 2), span(3)]],
  ])('is %i', (depth, requests) => {
    expect(sequentialDepth(requests)).toBe(depth);
  });

  it('counts what one caller asks one after another', async () => {
    const github = await openFake();
    for (let index = 0; index < 3; index += 1) await ask(github, '/repos/acme/models');
    await Promise.all([ask(github, '/repos/acme/models'), ask(github, '/repos/acme/models')]);
    expect(sequentialDepth(github.requests)).toBeGreaterThanOrEqual(4);
    expect(sequentialDepth(github.requests.slice(0, 3))).toBe(3);
  });
});
