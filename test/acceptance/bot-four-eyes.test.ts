import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBotScene, PRODUCTION, STAGING, type BotScene } from '../support/bot-scene.ts';
import type { BotRun } from '../support/run-bot.ts';

let scene: BotScene;

/** bank/production asks for one approval and serves 1.7.0; 1.8.0 serves well in staging. */
beforeEach(async () => {
  scene = await openBotScene({ production: ['    approvals: 1'] });
  for (const version of ['1.7.0', '1.8.0']) {
    await scene.release(version);
    await scene.promoted(STAGING, version);
    if (version === '1.7.0') await scene.promoted(PRODUCTION, version);
  }
});
afterEach(async () => {
  expect(scene.github.problems).toEqual([]);
  await scene.close();
});

/** Somebody starts the run of a comment once more. */
function again(login: string, { comment, run }: BotRun): Promise<BotRun> {
  scene.github.rerun(run.id).start();
  const payload = scene.github.event(comment);
  return scene.run({ payload, run: { id: run.id, attempt: 2 }, env: { GITHUB_TRIGGERING_ACTOR: login } });
}

/** Another release comes to staging, a while after the comments so far. */
async function next(version: string): Promise<void> {
  scene.github.clock.advance(5000);
  // GitHub's clock is learned from its answers.
  await scene.ports.ledger.read([]);
  await scene.release(version);
  await scene.promoted(STAGING, version);
}

describe('nobody promotes alone where an approval is asked for', () => {
  it('not by starting somebody else’s refused promotion again, for bytes that came later', async () => {
    const refused = await scene.says('ana', '/promote production');
    expect(refused.outputs['outcome']).toBe('refused');
    await next('6.6.6');
    await scene.says('ben', '/approve production 6.6.6');
    const run = await again('ben', refused);
    expect(run.outputs['outcome'], run.log).toBe('refused');
    expect(scene.tag('prod')).toBe('1.7.0');
    expect(run.summary).toContain('after this was asked for');
  });

  it('not by approving, and starting somebody else’s promotion of the same bytes again', async () => {
    const refused = await scene.says('ana', '/promote production 1.8.0');
    await scene.says('ben', '/approve production 1.8.0');
    const run = await again('ben', refused);
    expect(run.outputs['outcome'], run.log).toBe('refused');
    expect(scene.tag('prod')).toBe('1.7.0');
    expect(run.summary).toContain('who promotes does not approve');
    expect((await again('ana', refused)).outputs['outcome']).toBe('done');
  });

  it('not by starting somebody else’s approval again, once the version is another one’s', async () => {
    const early = await scene.says('ana', '/approve production 2.0.0');
    expect(early.outputs['outcome']).not.toBe('done');
    await next('2.0.0');
    for (const login of ['ben', 'ana']) {
      const run = await again(login, early);
      expect(run.outputs['outcome'], run.log).toBe('refused');
    }
    const run = await scene.says('ben', '/promote production 2.0.0');
    expect(run.outputs['outcome']).toBe('refused');
    expect(scene.tag('prod')).toBe('1.7.0');
  });

  it('not on the approval of somebody who may not approve any more', async () => {
    await scene.says('cleo', '/approve production 1.8.0');
    scene.github.users.set('cleo', { type: 'User', role: 'read' });
    const run = await scene.says('ben', '/promote production');
    expect(run.outputs['outcome'], run.log).toBe('refused');
    expect(run.summary).toContain('cleo may not approve here any more');
    scene.github.users.set('cleo', { type: 'User', role: 'write' });
    expect((await scene.says('ben', '/promote production')).outputs['outcome']).toBe('done');
  });
});

it('a promotion that waited in the queue does not bring what came to staging meanwhile', async () => {
  const { comment } = await scene.says('tim', '/help');
  const asked = scene.github.comment(scene.github.comments.get(comment)?.thread, {
    login: 'ana',
    body: '/promote production',
  });
  await next('6.6.6');
  const run = await scene.run({ payload: scene.github.event(asked) });
  expect(run.outputs['outcome'], run.log).toBe('refused');
  expect(run.summary).toContain('6.6.6');
  expect(scene.tag('prod')).toBe('1.7.0');
});
