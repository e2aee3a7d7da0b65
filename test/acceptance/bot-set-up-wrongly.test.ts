import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBotScene, type BotScene } from '../support/bot-scene.ts';

/** Half a pair of credentials: the registries cannot be opened. */
const inputs = { 'registry-username': 'release' };
const ERROR = /registry-password/;

let scene: BotScene;

beforeEach(async () => {
  scene = await openBotScene();
});
afterEach(async () => {
  expect(scene.github.problems).toEqual([]);
  await scene.close();
});

it('a bot that is set up wrongly says so in the thread, and once, however often it is started', async () => {
  const first = await scene.says('ben', '/status', { inputs });
  scene.github.rerun(first.run.id);
  const again = await scene.run({
    payload: scene.github.event(first.comment),
    inputs,
    run: { id: first.run.id, attempt: 2 },
  });
  for (const { outputs, code } of [first, again]) {
    expect(outputs['outcome']).toBe('error');
    expect(outputs['message']).toMatch(ERROR);
    expect(code).toBe(3);
  }
  expect(scene.replies(first.thread)).toHaveLength(1);
  expect(scene.replies(first.thread)[0]).toMatch(ERROR);
});

it('a comment that cannot be written hides nothing of what is wrong with the set-up', async () => {
  const token = scene.github.token({
    login: 'github-actions[bot]',
    permissions: { contents: 'write', issues: 'read' },
  });
  const { outputs, code, log, summary, thread } = await scene.says('ben', '/status', { inputs, token });
  expect(scene.replies(thread)).toEqual([]);
  expect(outputs['outcome']).toBe('error');
  expect(code).toBe(3);
  for (const text of [outputs['message'] ?? '', log, summary]) {
    const [wrong, unwritten] = [
      text.search(ERROR),
      text.search(/The reply could not be written: .*issues: write/),
    ];
    expect(wrong).toBeGreaterThanOrEqual(0);
    expect(unwritten).toBeGreaterThan(wrong);
  }
  expect(log).toMatch(/^The reply could not be written/m);
});
