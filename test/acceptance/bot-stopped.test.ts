import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBotScene, PRODUCTION, STAGING, type BotScene } from '../support/bot-scene.ts';

let scene: BotScene;

beforeEach(async () => {
  scene = await openBotScene();
  for (const version of ['1.7.0', '1.8.0']) {
    await scene.release(version);
    await scene.promoted(STAGING, version);
  }
  await scene.promoted(PRODUCTION, '1.7.0');
  scene.github.clock.advance(1100);
});
afterEach(async () => {
  expect(scene.github.problems).toEqual([]);
  await scene.close();
});

it('a run that is told to stop leaves its intent open and says so; started again, it goes on', async () => {
  const { id } = scene.github.comment(undefined, { login: 'ben', body: '/promote production' });
  const payload = scene.github.event(id);
  const atTag = new Promise<void>((there) => {
    scene.registry.quirk = ({ method, path }) => {
      const isTag = method === 'PUT' && path.endsWith('/manifests/prod');
      if (isTag) there();
      return isTag;
    };
  });
  const stopped = await scene.run({
    payload,
    started: (child) => void atTag.then(() => child.kill('SIGTERM')),
  });
  expect(stopped.code).toBe(143);
  expect(stopped.outputs['outcome']).toBe('error');
  expect(scene.replies()).toHaveLength(1);
  expect(scene.replies()[0]).toContain('## ! STOPPED — /promote production: its run was ended (SIGTERM)');
  expect(scene.replies()[0]).toContain('is open in the ledger');
  expect(scene.tag('prod')).toBe('1.7.0');

  scene.registry.quirk = undefined;
  scene.github.rerun(stopped.run.id);
  const again = await scene.run({ payload, run: { id: stopped.run.id, attempt: 2 } });
  expect(again.outputs).toMatchObject({ outcome: 'done', version: '1.8.0' });
  expect(scene.tag('prod')).toBe('1.8.0');
  expect(scene.replies()).toHaveLength(1);
  expect(scene.replies()[0]).toContain('## ✔ PROMOTED');
});

it('a registry that answers nothing ends in a reply that says what was seen', async () => {
  scene.registry.quirk = (_, response) => {
    response.writeHead(503).end();
    return true;
  };
  const { outputs, thread, code } = await scene.says('ben', '/promote production');
  const [reply = ''] = scene.replies(thread);
  expect(reply).toContain('503');
  expect(['refused', 'error']).toContain(outputs['outcome']);
  expect(code).toBe(outputs['outcome'] === 'error' ? 3 : 0);
  expect(scene.tag('prod')).toBe('1.7.0');
});

it('a ledger that cannot be read ends in a reply, and a red run', async () => {
  scene.github.fault(({ graphql }) =>
    /edger/.test(graphql?.operationName ?? '') ? { status: 502 } : undefined,
  );
  const { outputs, thread, code, comment } = await scene.says('ben', '/promote production');
  const [reply = ''] = scene.replies(thread);
  expect(reply).toContain('## ! ERROR — /promote: nothing was changed');
  expect(reply).toContain('/help');
  expect(outputs['outcome']).toBe('error');
  expect(scene.reactions(comment)).toEqual(['eyes', 'confused']);
  expect(code).toBe(3);
});

it('a model server that fails its look is told, with the way back', async () => {
  scene.served.status = 500;
  const { outputs, thread, code } = await scene.says('ben', '/promote production');
  const [reply = ''] = scene.replies(thread);
  expect(scene.tag('prod')).toBe('1.8.0');
  expect(reply).toContain('/rollback bank/production');
  expect(['failed', 'moved-not-proved']).toContain(outputs['outcome']);
  expect(code).toBe(outputs['outcome'] === 'failed' ? 1 : 3);
}, 60_000);

it('a bot that is set up wrongly says so under the comment, and nowhere else', async () => {
  const inputs = { 'registry-username': 'robot' };
  const { thread, code, outputs } = await scene.says('ben', '/promote production', { inputs });
  expect(scene.replies(thread)).toHaveLength(1);
  expect(scene.replies(thread)[0]).toContain('registry-password is empty');
  expect(outputs['outcome']).toBe('error');
  expect(code).toBe(3);
  const asked = scene.registry.requests.length;
  const pair = { ...inputs, 'registry-password': 'secret' };
  const unnamed = await scene.says('ben', '/promote production', { inputs: pair });
  expect(scene.replies(unnamed.thread)[0]).toContain('Add the input registry beside them');
  expect(scene.registry.requests.slice(asked)).toEqual([]);
  const other = await scene.says('ben', 'Thanks!', { inputs });
  expect(scene.replies(other.thread)).toEqual([]);
});

it('a second rollback follows the first and shows it, and does it where the first one fails', async () => {
  await scene.says('ben', '/promote production');
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => (release = done));
  const begun = new Promise<void>((there) => {
    scene.registry.quirk = ({ method, path }, response) => {
      if (method !== 'PUT' || !path.endsWith('/manifests/prod')) return false;
      there();
      void held.then(() => response.writeHead(503).end());
      return true;
    };
  });
  const first = scene.says('ben', '/rollback production');
  await begun;
  const second = scene.says('cleo', '/rollback production');
  await expect.poll(() => scene.replies().at(-1), { timeout: 20_000 }).toContain('is rolling back to 1.7.0');
  scene.registry.quirk = undefined;
  release();
  const runs = await Promise.all([first, second]);
  expect(scene.tag('prod')).toBe('1.7.0');
  expect(runs.map(({ outputs }) => outputs['outcome'])).toEqual(['not-moved', 'done']);
});
