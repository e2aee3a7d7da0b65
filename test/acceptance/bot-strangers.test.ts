import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CONFIG_PATH, openBotScene, PRODUCTION, STAGING, type BotScene } from '../support/bot-scene.ts';
import type { SeenRequest } from '../support/github/seen-request.ts';

let scene: BotScene;

/** gus is named for promotions, and has no role, as zoe has none. */
beforeAll(async () => {
  scene = await openBotScene({ production: ['    allow: { promote: [write, "@gus"], rollback: [write] }'] });
  for (const login of ['zoe', 'gus']) scene.github.users.set(login, { type: 'User', role: 'none' });
  for (const version of ['1.7.0', '1.8.0']) {
    await scene.release(version);
    await scene.promoted(STAGING, version);
    await scene.promoted(PRODUCTION, version);
  }
});
afterAll(() => scene.close());
afterEach(() => {
  expect(scene.tag('prod')).toBe('1.8.0');
  expect(scene.github.problems).toEqual([]);
});

/** What somebody says, and the requests that its answer took. */
async function said(login: string, body: string) {
  const before = scene.github.requests.length;
  const run = await scene.says(login, body);
  return { ...run, requests: scene.github.requests.slice(before) };
}

const isRole = ({ path }: SeenRequest) => path.includes('/collaborators/');
const isGraphQl = ({ graphql }: SeenRequest) => graphql !== undefined;

describe('who may not ask is not answered', () => {
  it.each([
    '/status',
    '/help',
    '/history production',
    '/rollback',
    '/promote production --force',
    '/nonsense',
  ])('%s takes one request, and leaves a line in the log', async (body) => {
    const { outputs, code, thread, comment, requests, log } = await said('zoe', body);
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      expect.stringContaining('GET /repos/acme/models/collaborators/zoe/permission'),
    ]);
    expect(outputs['outcome']).toBe('ignored');
    expect(code).toBe(0);
    expect(log).toContain('gets no answer');
    expect(scene.replies(thread)).toEqual([]);
    expect(scene.reactions(comment)).toEqual([]);
  });

  it.each([
    '/promote production',
    '/approve production 1.7.0',
    '/lock production --reason "x"',
    '/shadow nothing',
  ])('%s takes the config too, which may name them', async (body) => {
    const { outputs, thread, comment, requests } = await said('zoe', body);
    expect(requests.filter((each) => !isGraphQl(each)).every(isRole)).toBe(true);
    expect(requests).toHaveLength(2);
    expect(outputs['outcome']).toBe('ignored');
    expect(scene.replies(thread)).toEqual([]);
    expect(scene.reactions(comment)).toEqual([]);
  });

  it.each(['/rollback production', '/rollback production --dry-run', '/rollback nowhere'])(
    '%s takes one role, and nothing else but reads',
    async (body) => {
      const { outputs, thread, comment, requests, code } = await said('zoe', body);
      expect(requests.filter(isRole)).toHaveLength(1);
      expect(requests.filter((each) => !isRole(each) && !isGraphQl(each))).toEqual([]);
      expect(outputs['outcome']).toBe('ignored');
      expect(code).toBe(0);
      expect(scene.replies(thread)).toEqual([]);
      expect(scene.reactions(comment)).toEqual([]);
    },
  );

  it('nor where the config is broken, and the ledger has to say who may', async () => {
    const text = scene.github.files('main')[CONFIG_PATH] ?? '';
    scene.github.push('main', { [CONFIG_PATH]: 'version: 99\n' });
    const runs = [
      await said('zoe', '/lock production --reason "x"'),
      await said('zoe', '/rollback production'),
    ];
    const named = await said('gus', '/promote production');
    scene.github.push('main', { [CONFIG_PATH]: text });
    for (const { outputs, thread, comment } of runs) {
      expect(outputs['outcome']).toBe('ignored');
      expect(scene.replies(thread)).toEqual([]);
      expect(scene.reactions(comment)).toEqual([]);
    }
    // Who cannot be told from a stranger is not answered in a comment, but the run says what is broken.
    expect(named.outputs['outcome']).toBe('error');
    expect(named.summary).toContain('## ! ERROR');
    expect(named.code).toBe(3);
    expect(scene.replies(named.thread)).toEqual([]);
  });

  it('a ledger that cannot be read is no silence: the run is red', async () => {
    const end = scene.github.fault(({ graphql }) =>
      /edger/.test(graphql?.operationName ?? '') ? { status: 502 } : undefined,
    );
    const { outputs, thread, code, summary } = await said('zoe', '/rollback bank/production');
    end();
    expect(outputs['outcome']).toBe('error');
    expect(summary).toContain('## ! ERROR');
    expect(code).toBe(3);
    expect(scene.replies(thread)).toEqual([]);
  });
});

describe('who may ask is answered', () => {
  it('where they are named, without a role', async () => {
    const { outputs, thread, comment, requests } = await said('gus', '/promote production --dry-run');
    expect(requests.filter(isRole)).toEqual([]);
    expect(outputs['outcome']).not.toBe('ignored');
    expect(scene.replies(thread)).toHaveLength(1);
    expect(scene.reactions(comment)[0]).toBe('eyes');
  });

  it.each(['/rollback production', '/promote production 1.7.0', '/lock production --reason "x"'])(
    '%s: by the refusal, where they may not give it; their role is asked once',
    async (body) => {
      const { outputs, thread, comment, requests } = await said('tim', body);
      expect(requests.filter(isRole)).toHaveLength(1);
      expect(outputs['outcome']).toBe('refused');
      expect(scene.replies(thread)[0]).toContain('## ✖ REFUSED');
      expect(scene.reactions(comment).toSorted()).toEqual(['-1', 'eyes']);
    },
  );

  it('where nobody can tell who they are: silence is worse', async () => {
    const end = scene.github.fault((request) =>
      request.path.includes('/collaborators/') ? { status: 500 } : undefined,
    );
    const { thread } = await said('ben', '/status');
    end();
    expect(scene.replies(thread)[0]).toContain('## ! ERROR');
  });
});

describe('/shadow of a model that is not there', () => {
  it('is refused, with those that are', async () => {
    const { outputs, thread, code } = await said('ben', '/shadow bnk');
    const [reply = ''] = scene.replies(thread);
    expect(outputs['outcome']).toBe('refused');
    expect(code).toBe(0);
    expect(reply).toContain('## ✖ NOT DONE');
    expect(outputs['message']).toBe(
      'The config has no model "bnk"; there are: "bank". Did you mean /shadow bank?',
    );
  });
});
