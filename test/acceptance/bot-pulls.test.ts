import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBotScene, PRODUCTION, STAGING, type BotScene } from '../support/bot-scene.ts';
import { runBundle } from '../support/run-bundle.ts';

let scene: BotScene;
/** The commit that 1.7.0 was built from. */
let first: string;

beforeAll(async () => {
  scene = await openBotScene();
  first = scene.github.head('main');
  await scene.release('1.7.0', { sha: first });
  await scene.promoted(STAGING, '1.7.0');
  await scene.promoted(PRODUCTION, '1.7.0');
});
afterAll(async () => {
  expect(scene.github.problems).toEqual([]);
  await scene.close();
});

/** A pull request, merged or not. */
function pull({ merged }: { merged: boolean }): { number: number; sha: string } {
  const { number, head } = scene.github.openPull({
    branch: `change-${Math.trunc(scene.github.nextId())}`,
    files: { 'a.txt': String(scene.github.nextId()) },
  });
  return { number, sha: merged ? scene.github.mergePull(number) : head.sha };
}

describe('/promote in a pull request', () => {
  it('that is merged means the release built from its merge commit', async () => {
    const { number, sha } = pull({ merged: true });
    await scene.release('1.8.0', { sha });
    await scene.release('1.9.0');
    const { outputs } = await scene.says('ben', '/promote staging', { thread: number });
    expect(outputs).toMatchObject({ outcome: 'done', version: '1.8.0' });
    expect(scene.tag('staging')).toBe('1.8.0');
    const [reply = ''] = scene.replies(number);
    expect(reply).toContain(`…${sha.slice(0, 7)}`);
  });

  it('whose release is not registered is refused with its commit and what to do', async () => {
    const { number, sha } = pull({ merged: true });
    const { outputs } = await scene.says('ben', '/promote staging', { thread: number });
    expect(outputs['outcome']).toBe('refused');
    const [reply = ''] = scene.replies(number);
    expect(reply).toContain(sha.slice(0, 7));
    expect(reply).toContain('/promote bank/staging RELEASE');
    expect(scene.tag('staging')).toBe('1.8.0');
  });

  it('that is open means the release in the environment before, and says so', async () => {
    const { number } = pull({ merged: false });
    const { outputs } = await scene.says('ben', '/promote production', { thread: number });
    expect(outputs).toMatchObject({ outcome: 'done', version: '1.8.0' });
    expect(scene.replies(number)[0]).toContain(
      'is not merged, so this is about the release that is in bank/staging',
    );
  });

  it('shows what moved on the page of deployments, once', async () => {
    await scene.says('ben', '/rollback production');
    const shown = [...scene.github.deployments.values()].map(({ environment, sha }) => [environment, sha]);
    expect(shown).toHaveLength(3);
    expect(shown.at(-1)).toEqual(['bank/production', first]);
    const states = [...scene.github.deployments.keys()].map(
      (id) => [...scene.github.statuses.values()].findLast(({ deployment }) => deployment === id)?.state,
    );
    expect(states).toEqual(['success', 'inactive', 'success']);
  });

  it('shows what moved at the default branch where its commit is of another repository', async () => {
    await scene.release('3.0.0', { sha: 'f'.repeat(40) });
    const { outputs } = await scene.says('ben', '/promote staging 3.0.0');
    expect(outputs['outcome']).toBe('done');
    const shown = [...scene.github.deployments.values()].at(-1);
    expect(shown).toMatchObject({ environment: 'bank/staging', sha: scene.github.head('main') });
    expect(shown?.description).toMatch(/^promote to 3\.0\.0 \(shown at main: f+… is unknown here\)$/);
  });
});

describe('workflow_dispatch', () => {
  const dispatch = (login: string, command: string) => ({
    event: 'workflow_dispatch',
    payload: {
      inputs: { command },
      repository: { full_name: 'acme/models', default_branch: 'main' },
      sender: { login, type: 'User' },
    },
  });

  it('is answered in the job summary alone', async () => {
    const before = scene.replies().length;
    const { code, summary, outputs } = await scene.run(dispatch('ben', '/status'));
    expect(summary).toContain('## ✔ STATUS');
    expect(outputs['outcome']).toBe('done');
    expect(code).toBe(0);
    expect(scene.replies()).toHaveLength(before);
  });

  it.each([
    ['eve', '/rollback production', 1],
    ['ben', 'status', 1],
    ['ben', '/rollback nowhere', 1],
  ])('%s, %s: a refusal that no comment tells of fails the step', async (login, command, expected) => {
    const { code, outputs, summary } = await scene.run(dispatch(login, command));
    expect(outputs['outcome']).toBe('refused');
    expect(summary).toMatch(/^## ✖ /);
    expect(code).toBe(expected);
  });
});

describe('known-good command', () => {
  it('does what the bot does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'known-good-command-'));
    const { id } = scene.github.comment(undefined, { login: 'ben', body: '/status production' });
    writeFileSync(join(folder, 'event.json'), JSON.stringify(scene.github.event(id)));
    const env = {
      GITHUB_TOKEN: scene.github.token({ login: 'ana' }),
      GITHUB_REPOSITORY: 'acme/models',
      GITHUB_API_URL: scene.github.url,
    };
    const run = await runBundle('cli.js', ['command', '--event', 'event.json', '--as-run', '4711'], {
      cwd: folder,
      env,
    });
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain('STATUS — bank/production');
    expect(run.code).toBe(0);
    const bodies = [...scene.github.comments.values()]
      .filter(({ login }) => login === 'ana')
      .map(({ body }) => body);
    expect(bodies).toEqual([run.stdout]);
    rmSync(folder, { recursive: true });
  });
});

describe('commits with forged dates', () => {
  it('change nothing: the release is the one of the merge commit, and an approval is of a digest', async () => {
    const { number, sha } = pull({ merged: true });
    await scene.release('2.0.0', { sha });
    const forged = { date: '2001-01-01T00:00:00Z', message: 'older than the comment, it says' };
    const later = scene.github.push('main', { 'a.txt': 'not reviewed' }, forged);
    await scene.release('2.0.1', { sha: later });
    const { outputs } = await scene.says('ben', '/promote staging', { thread: number });
    expect(outputs).toMatchObject({ outcome: 'done', version: '2.0.0' });
    expect(scene.tag('staging')).toBe('2.0.0');
  });
});
