import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONFIG_PATH, openBotScene, PRODUCTION, STAGING, type BotScene } from '../support/bot-scene.ts';
import type { Fault, Trouble } from '../support/github/fault.ts';

let scene: BotScene;

/** bank/production serves 1.8.0, and 1.7.0 was proved good there. */
beforeEach(async () => {
  scene = await openBotScene({ production: ['    allow: { rollback: [write, "@eve"] }'] });
  for (const version of ['1.7.0', '1.8.0']) {
    await scene.release(version);
    await scene.promoted(STAGING, version);
    await scene.promoted(PRODUCTION, version);
  }
});
afterEach(async () => {
  expect(scene.github.problems).toEqual([]);
  await scene.close();
});

/** Everything else on GitHub is in trouble. */
function onlyTheLedger(trouble: Trouble, { roles }: { roles: boolean }): Fault {
  return ({ path, graphql }) => {
    if (graphql !== undefined) return /edger|ommit/.test(graphql.operationName ?? '') ? undefined : trouble;
    return roles && path.includes('/collaborators/') ? undefined : trouble;
  };
}

describe('a rollback needs ledger, registry and permission alone', () => {
  it.each([
    ['answers 500', { status: 500 }],
    ['answers 403', { status: 403, body: { message: 'Resource not accessible by integration' } }],
    ['answers 404', { status: 404, body: { message: 'Not Found' } }],
    ['cuts every connection', 'reset'],
    ['never answers', 'timeout'],
  ] as const)('everything else %s', async (_, trouble) => {
    scene.github.fault(onlyTheLedger(trouble, { roles: true }));
    const run = await scene.says('ben', '/rollback bank/production');
    expect(scene.tag('prod')).toBe('1.7.0');
    expect(run.outputs).toMatchObject({ outcome: 'done', version: '1.7.0' });
    expect(run.summary).toContain('## ✔ ROLLED BACK — bank/production serves 1.7.0 again');
    expect(run.code).toBe(0);
  });

  it('somebody who is named needs no role, and nobody asks for one', async () => {
    scene.github.fault(onlyTheLedger({ status: 500 }, { roles: false }));
    const run = await scene.says('eve', '/rollback bank/production');
    expect(run.outputs).toMatchObject({ outcome: 'done' });
    expect(scene.tag('prod')).toBe('1.7.0');
    expect(scene.github.requests.filter(({ path }) => path.includes('/collaborators/'))).toEqual([]);
  });

  it('the stored policy says who may, whatever the config says by now', async () => {
    scene.github.push('main', { [CONFIG_PATH]: 'version: 1\nmodels: {}\n' });
    const run = await scene.says('eve', '/rollback bank/production');
    expect(run.outputs).toMatchObject({ outcome: 'done' });
  });

  it.each([
    ['broken', 'version: 1\nmodels: [\n'],
    ['of another version', 'version: 99\n'],
  ])('a config that is %s stops nothing, and is said', async (_, text) => {
    scene.github.push('main', { [CONFIG_PATH]: text });
    const run = await scene.says('ben', '/rollback production');
    expect(scene.tag('prod')).toBe('1.7.0');
    const [reply = ''] = scene.replies(run.thread);
    expect(reply).toContain('## ✔ ROLLED BACK — bank/production serves 1.7.0 again');
    expect(reply).toContain(
      'The config on the default branch is not usable, so what the ledger holds served',
    );
    expect(run.code).toBe(0);
  });

  it('without the permission endpoint nobody is let in, and the reply says whom that does not stop', async () => {
    scene.github.fault(({ path }) => (path.includes('/collaborators/') ? { status: 500 } : undefined));
    const run = await scene.says('ben', '/rollback bank/production');
    expect(scene.tag('prod')).toBe('1.8.0');
    const [reply = ''] = scene.replies(run.thread);
    expect(reply).toContain('## ! ERROR — /rollback');
    expect(run.code).toBe(3);
  });

  it('a lock stops no rollback', async () => {
    await scene.says('ben', '/lock production --reason "audit"');
    await scene.says('ben', '/rollback production');
    expect(scene.tag('prod')).toBe('1.7.0');
  });
});
