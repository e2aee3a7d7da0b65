import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGitHub, type GitHub } from '../support/github/start-github.ts';
import { makeReleasePlace, type ReleasePlace } from '../support/release-place.ts';
import { runReleaseStep, type ReleaseStep } from '../support/release-step.ts';
import { unfenced } from '../support/run-step.ts';

let place: ReleasePlace;
let github: GitHub;
let token: string;

beforeAll(async () => {
  place = await makeReleasePlace();
  const config = place.read('.github/known-good.yml');
  github = await startGitHub({ repository: 'acme/models', files: { '.github/known-good.yml': config } });
  token = github.token({
    login: 'github-actions[bot]',
    permissions: { contents: 'write', actions: 'read', packages: 'write' },
  });
});
afterAll(async () => {
  await github.close();
  await place.close();
});

const step = (
  command: ReleaseStep['command'],
  inputs: Record<string, string>,
  more: Partial<ReleaseStep> = {},
) => runReleaseStep(github, { command, inputs, cwd: place.cwd, token, ...more });

/** Changes the artifact and gates it, as the step before would. */
async function gate(version: string): Promise<void> {
  place.write('artifact/README.md', `Version ${version}.\n`);
  expect((await place.run('gate', '--model', 'small', '--out', 'out', '--quiet')).code).toBe(0);
}

describe('the release actions on a ledger that GitHub keeps', () => {
  it('register, promote, verify and rollback: outputs, summary and ledger, without git', async () => {
    await gate('1.0.0');
    const registered = await step('register', {
      version: '1.0.0',
      artifact: 'artifact',
      evidence: 'out/verdict.json',
    });
    expect(registered.outputs).toMatchObject({ outcome: 'done', release: 'small@1.0.0', version: '1.0.0' });
    expect(registered.code).toBe(0);
    expect(registered.outputs['digest']).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(registered.outputs['head']).toBe(github.head('known-good-ledger'));
    expect(registered.summary).toContain('register small 1.0.0: done');

    const promoted = await step('promote', { lane: 'staging' });
    expect(promoted.outputs).toEqual({
      outcome: 'done',
      message: expect.stringContaining('1.0.0'),
      lane: 'small/staging',
      version: '1.0.0',
      digest: registered.outputs['digest'],
      from: 'absent',
      head: github.head('known-good-ledger'),
    });
    expect(promoted.code).toBe(0);
    expect(promoted.summary).toContain('promote small/staging: done');
    expect(promoted.log).toContain('deployed 1.0.0');
    expect((await step('promote', { lane: 'production' })).code).toBe(0);

    const looked = await step('verify', {});
    expect([looked.code, looked.outputs['outcome']]).toEqual([0, 'done']);
    for (const lane of ['small/staging', 'small/production'])
      expect(looked.summary).toContain(`verify ${lane}: done`);

    await gate('1.1.0');
    const next = { version: '1.1.0', artifact: 'artifact', evidence: 'out/verdict.json\n' };
    expect((await step('register', next)).code).toBe(0);
    const again = { env: { GITHUB_TRIGGERING_ACTOR: 'bo' } };
    expect((await step('promote', { lane: 'staging', release: 'small@1.1.0' }, again)).code).toBe(0);
    const moved = await step('promote', { lane: 'production', reason: 'better' });
    expect([moved.code, moved.outputs['from']]).toEqual([0, registered.outputs['digest']]);

    const back = await step('rollback', { lane: 'production', reason: 'worse' });
    expect(back.outputs).toMatchObject({ outcome: 'done', version: '1.0.0', from: moved.outputs['digest'] });
    expect(back.summary).toContain('quarantined');

    expect(github.problems).toEqual([]);
    const state = github.files('known-good-ledger')['lanes/small/production/state.json'] ?? '';
    expect(JSON.parse(state).tenures.at(-1)).toMatchObject({
      action: 'rollback',
      actor: 'ana',
      reason: 'worse',
    });
  });

  it('takes the commit of the run where nothing names another, and none on a pull request', async () => {
    await gate('1.2.0');
    const inputs = { version: '1.2.0', artifact: 'artifact' };
    const planned = await step('register', { ...inputs, 'dry-run': 'true' });
    expect(planned.outputs['outcome']).toBe('planned');
    const asked = await step('register', inputs, { event: 'pull_request' });
    expect(asked.code).toBe(0);
    const files = Object.entries(github.files('known-good-ledger'));
    const records = files
      .filter(([path]) => path.startsWith('releases/small/'))
      .map(([, text]) => JSON.parse(text));
    const shaOf = (version: string) => records.find((record) => record.version === version).sha;
    expect([shaOf('1.2.0'), shaOf('1.0.0')]).toEqual([undefined, github.head('main')]);
  });

  it('refuses evidence on a pull request, and writes nothing', async () => {
    await gate('1.3.0');
    const head = github.head('known-good-ledger');
    const inputs = { version: '1.3.0', artifact: 'artifact', evidence: 'out/verdict.json' };
    for (const event of ['pull_request', 'pull_request_target']) {
      const run = await step('register', inputs, { event });
      expect([run.code, run.outputs['outcome']]).toEqual([1, 'refused']);
      expect(run.outputs['message']).toMatch(/a verdict made on a pull request is no evidence/);
      expect(run.log).toMatch(/^::error title=register refused::Nothing was registered/m);
    }
    expect(github.head('known-good-ledger')).toBe(head);
  });

  it('says every reason of a refusal, as annotations and in the summary', async () => {
    const run = await step('promote', { lane: 'small/production', release: '1.2.0' });
    expect([run.code, run.outputs['outcome']]).toEqual([1, 'refused']);
    const annotations = run.log.match(/^::error title=small\/production%3A promote refused::/gm) ?? [];
    expect(annotations.length).toBeGreaterThan(1);
    expect(run.summary).toContain('promote small/production: refused');
    expect(run.summary).toContain('`known-good ');
  });

  it('reads the config of the default branch where there is no checkout, and on pull requests whatever is checked out', async () => {
    const config = place.read('.github/known-good.yml');
    rmSync(join(place.cwd, '.github/known-good.yml'));
    const plan = { lane: 'staging', release: '1.0.0', 'dry-run': 'true' };
    const without = await step('promote', plan);
    expect(without.outputs['outcome']).toBe('planned');
    place.write('.github/known-good.yml', config.replace('after: staging', 'after: staging\n    tag: x'));
    expect((await step('promote', plan)).code).toBe(65);
    const asked = await step('promote', plan, { event: 'pull_request' });
    expect(asked.outputs['outcome']).toBe(without.outputs['outcome']);
    place.write('.github/known-good.yml', config);
  });

  it('rolls back with a broken config, and says so', async () => {
    const config = place.read('.github/known-good.yml');
    place.write('.github/known-good.yml', 'version: 7\n');
    const run = await step('rollback', { lane: 'small/staging', 'dry-run': 'true' });
    expect(run.outputs['outcome']).toBe('planned');
    expect(run.log).toContain('The config is not usable, so the policy that the ledger holds serves');
    place.write('.github/known-good.yml', config);
  });

  it.each([
    ['no lane', 'promote', {}, 64, /Say where to promote: the input lane/],
    [
      'a switch that is none',
      'rollback',
      { lane: 'staging', unproved: 'yes' },
      64,
      /input unproved: saw "yes", allowed: true, false/,
    ],
    [
      'unproved without a release',
      'rollback',
      { lane: 'staging', unproved: 'true' },
      64,
      /unproved needs the input release/,
    ],
    ['an unknown lane', 'verify', { lane: 'small/nowhere' }, 64, /There is no lane small\/nowhere/],
    ['half a pair', 'verify', { 'registry-username': 'ana' }, 64, /registry-password is empty/],
    ['nothing to register', 'register', {}, 64, /Say which version and which image/],
    [
      'an unknown release',
      'promote',
      { lane: 'staging', release: '9.9.9' },
      65,
      /There is no release "9\.9\.9"/,
    ],
  ] as const)(
    '%s is an error in a sentence, with outputs all the same',
    async (...[, command, inputs, code, sentence]) => {
      const run = await step(command, inputs);
      expect([run.code, run.outputs['outcome']]).toEqual([code, 'error']);
      expect(run.outputs['message']).toMatch(sentence);
      expect(run.summary).toMatch(sentence);
      expect(run.log).not.toContain('    at ');
    },
  );

  it('says what is missing without a token, and needs none where git has the ledger', async () => {
    const run = await runReleaseStep(github, { command: 'verify', inputs: {}, cwd: place.cwd });
    expect(run.outputs['message']).toMatch(/There is no token or no repository/);
    const local = await runReleaseStep(github, {
      command: 'verify',
      inputs: { ledger: 'local' },
      cwd: place.cwd,
    });
    expect([local.code, local.outputs['outcome']]).toEqual([0, 'nothing']);
  });

  it('says which permission is missing', async () => {
    const weak = github.token({ login: 'github-actions[bot]', permissions: { contents: 'read' } });
    const run = await step('promote', { lane: 'staging', release: '1.0.0' }, { token: weak });
    expect(run.code).not.toBe(0);
    expect(run.outputs['message']).toMatch(/contents: write|permission/);
  });

  it('lets no text from outside become a workflow command', async () => {
    const lane = 'small/staging';
    const run = await step('rollback', { lane, release: 'x\n::set-output name=outcome::done' });
    expect(run.outputs['outcome']).toBe('error');
    const loud = await step('promote', {
      lane,
      release: '1.0.0',
      reason: 'a\n::warning::b',
      'dry-run': 'true',
    });
    for (const each of [run, loud]) expect(unfenced(each).match(/^::(?!error title=)/gm)).toBeNull();
  });

  it('hands no deploy command the token', async () => {
    place.write(
      'deploy.mjs',
      "console.log(Object.keys(process.env).filter((name) => /^KG_/.test(name)).sort().join(' '));\n",
    );
    const run = await step('rollback', {
      lane: 'staging',
      release: '1.0.0',
      unproved: 'true',
      reason: 'to see',
    });
    expect(run.log).toContain('KG_DIGEST KG_ENVIRONMENT KG_IMAGE KG_MODEL KG_OPERATION');
    expect(run.log).not.toMatch(/KG_GITHUB_TOKEN|KG_COMMAND/);
  });
});
