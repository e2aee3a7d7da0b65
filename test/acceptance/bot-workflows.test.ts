import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBotScene, PRODUCTION, STAGING, type BotScene } from '../support/bot-scene.ts';

let scene: BotScene;

beforeEach(async () => {
  scene = await openBotScene({ production: ['    deploy: { workflow: deploy.yml, timeout: 1m }'] });
  for (const version of ['1.7.0', '1.8.0']) {
    await scene.release(version);
    await scene.promoted(STAGING, version);
  }
  await scene.promoted(PRODUCTION, '1.7.0');
});
afterEach(async () => {
  expect(scene.github.problems).toEqual([]);
  await scene.close();
});

const runName = (inputs: Readonly<Record<string, string>>) => `deploy ${inputs['operation']}`;

it('/promote starts the deploy workflow with the fixed inputs, and waits for its end', async () => {
  const seen: Record<string, string>[] = [];
  scene.github.workflow('deploy.yml', {
    runName,
    onDispatch: (run, inputs) => {
      seen.push({ ...inputs });
      run.finish('success');
    },
  });
  const { outputs } = await scene.says('ben', '/promote production');
  expect(outputs).toMatchObject({ outcome: 'done', version: '1.8.0' });
  expect(seen).toMatchObject([
    { model: 'bank', environment: 'production', version: '1.8.0', sha: '', digest: outputs['digest'] },
  ]);
});

it('a deployment that fails is told: the tag is moved, and nothing proves that it serves', async () => {
  scene.github.workflow('deploy.yml', { runName, onDispatch: (run) => run.finish('failure') });
  const { outputs, thread, code, comment } = await scene.says('ben', '/promote production');
  const [reply = ''] = scene.replies(thread);
  expect(outputs['outcome']).toBe('moved-not-proved');
  expect(reply).toContain('## ! MOVED, NOT PROVED — the tag of bank/production points at 1.8.0');
  expect(reply).toContain('The way back, as a comment:');
  expect(scene.reactions(comment)).toEqual(['eyes', 'confused']);
  expect(code).toBe(3);
});

it('/shadow starts its workflow for the model', async () => {
  const seen: Record<string, string>[] = [];
  scene.github.workflow('shadow-report.yml', {
    inputs: { model: {} },
    onDispatch: (_, inputs) => void seen.push({ ...inputs }),
  });
  const planned = await scene.says('ben', '/shadow --dry-run');
  expect(planned.outputs['outcome']).toBe('planned');
  expect(seen).toEqual([]);
  const { outputs, thread } = await scene.says('ben', '/shadow bank');
  expect(outputs['outcome']).toBe('done');
  expect(seen).toEqual([{ model: 'bank' }]);
  expect(scene.replies(thread)[0]).toContain('## ✔ STARTED — a shadow of bank');
});

it('/shadow starts nothing a second time for one comment', async () => {
  let started = 0;
  scene.github.workflow('shadow-report.yml', { inputs: { model: {} }, onDispatch: () => void started++ });
  const { outputs, run, comment, thread } = await scene.says('ben', '/shadow bank');
  expect(outputs['outcome']).toBe('done');
  const payload = scene.github.event(comment);
  const delivered = await scene.run({ payload });
  scene.github.rerun(run.id);
  const again = await scene.run({ payload, run: { id: run.id, attempt: 2 } });
  expect(started).toBe(1);
  for (const { outputs: left, code } of [delivered, again])
    expect([left['outcome'], code]).toEqual(['nothing', 0]);
  expect(scene.replies(thread)).toHaveLength(1);
  expect(scene.replies(thread)[0]).toContain('## ✔ STARTED — a shadow of bank');
  expect(scene.reactions(comment)).toEqual(['eyes']);
});

it('/shadow without its workflow is an error that names it', async () => {
  const { outputs, thread, code } = await scene.says('ben', '/shadow');
  expect(outputs['outcome']).toBe('error');
  expect(scene.replies(thread)[0]).toContain('shadow-report.yml');
  expect(code).toBe(3);
});

it('/adopt takes over what somebody moved by hand, and /verify proves it', async () => {
  const digest = scene.registry.tags.get('acme/bank:staging') ?? '';
  scene.registry.tags.set('acme/bank:prod', digest);
  const status = await scene.says('tim', '/status production');
  expect(scene.replies(status.thread)[0]).toContain('## ✖ STATUS — bank/production needs somebody');
  const { outputs, thread } = await scene.says('ana', '/adopt production --reason "moved by hand"');
  expect(outputs).toMatchObject({ outcome: 'done', version: '1.8.0' });
  expect(scene.replies(thread)[0]).toContain('## ✔ ADOPTED — bank/production is in the ledger with 1.8.0');
  const verified = await scene.says('ben', '/verify production');
  expect(verified.outputs['outcome']).toBe('done');
});
