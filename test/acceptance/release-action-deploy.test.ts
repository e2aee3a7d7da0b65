import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { startGitHub, type GitHub } from '../support/github/start-github.ts';
import { makeReleasePlace, type ReleasePlace } from '../support/release-place.ts';
import { runReleaseStep, type ReleaseStep } from '../support/release-step.ts';
import { ROOT } from '../support/places.ts';
import { CLI } from '../support/run-cli.ts';

type Inputs = Readonly<Record<string, string>>;

/** The steps of the starter deploy workflow, as the runner would run them. */
const workflow = parse(readFileSync(join(ROOT, 'workflows/deploy.yml'), 'utf8'));
const [refuse] = workflow.jobs.deploy.steps as [{ run: string; env: Record<string, string> }];

let place: ReleasePlace;
let github: GitHub;
let token: string;
/** What the deploy workflow was started with, and what its first step said. */
let deployed: { inputs: Inputs; code: number; log: string }[] = [];
/** The ledger's file of the lane, which the first step reads, and what it was before the last operation. */
let before: string | undefined;
const STATE = 'lanes/small/staging/state.json';

beforeAll(async () => {
  place = await makeReleasePlace();
  mkdirSync(join(place.cwd, 'bin'));
  const pause = `#!/bin/sh\necho "$1" >> '${join(place.cwd, 'pauses')}'\n`;
  writeFileSync(join(place.cwd, 'bin/sleep'), pause, { mode: 0o755 });
  const config = place.read('.github/known-good.yml');
  place.write(
    '.github/known-good.yml',
    config.replaceAll('{ command: [node, deploy.mjs] }', '{ workflow: deploy.yml }'),
  );
  const files = { '.github/known-good.yml': place.read('.github/known-good.yml') };
  github = await startGitHub({ repository: 'acme/models', files });
  token = github.token({
    login: 'github-actions[bot]',
    permissions: { contents: 'write', actions: 'write' },
  });
  github.workflow('deploy.yml', {
    inputs: workflow.on.workflow_dispatch.inputs,
    runName: (inputs) => expand(workflow['run-name'], { inputs }),
    onDispatch: async (run, inputs) => {
      const { code, log } = await runRefuse(inputs);
      deployed.push({ inputs, code, log });
      if (code === 0) {
        const served = { version: inputs['version'], digest: inputs['digest'] };
        writeFileSync(join(place.cwd, 'served.json'), JSON.stringify(served));
      }
      run.finish(code === 0 ? 'success' : 'failure');
    },
  });
});
afterAll(async () => {
  await github.close();
  await place.close();
});

/** `${{ a.b }}` by values; nothing else stands in these texts. */
function expand(text: string, values: { inputs: Inputs; github?: Inputs }): string {
  return text.replace(
    /\$\{\{ (inputs|github)\.(\w+) \}\}/g,
    (_, of: 'inputs' | 'github', name) => values[of]?.[name] ?? '',
  );
}

/** The pauses that the first step made since the last look, in seconds. */
function pauses(): number[] {
  const text = readFileSync(join(place.cwd, 'pauses'), { encoding: 'utf8', flag: 'a+' });
  rmSync(join(place.cwd, 'pauses'));
  return text.split('\n').filter(Boolean).map(Number);
}

function runRefuse(inputs: Inputs): Promise<{ code: number; log: string }> {
  const reading = github.token({ login: 'github-actions[bot]', permissions: { contents: 'read' } });
  const own = Object.entries(refuse.env).map(([name, text]) => [
    name,
    expand(text, { inputs, github: { token: reading } }),
  ]);
  const env = {
    // Pauses are written down, and take no time.
    PATH: `${join(place.cwd, 'bin')}:${process.env['PATH']}`,
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: 'acme/models',
    ...Object.fromEntries(own),
  };
  return new Promise((done) => {
    const child = execFile(
      'bash',
      ['--norc', '-e', '-c', refuse.run],
      { env, timeout: 60_000 },
      (_, stdout, stderr) => done({ code: child.exitCode ?? -1, log: stdout + stderr }),
    );
  });
}

const step = (command: ReleaseStep['command'], inputs: Record<string, string>) =>
  runReleaseStep(github, { command, inputs, cwd: place.cwd, token });

async function release(version: string): Promise<void> {
  place.write('artifact/README.md', `Version ${version}.\n`);
  expect((await place.run('gate', '--model', 'small', '--out', 'out', '--quiet')).code).toBe(0);
  const inputs = { version, artifact: 'artifact', evidence: 'out/verdict.json' };
  expect((await step('register', inputs)).code).toBe(0);
}

describe('a deployment by the starter workflow', () => {
  it('is started with the fixed inputs, let through by the ledger, and followed to its end', async () => {
    await release('1.0.0');
    const run = await step('promote', { lane: 'staging' });
    expect([run.outputs['outcome'], run.code]).toEqual(['done', 0]);
    const [only] = deployed;
    expect(deployed).toHaveLength(1);
    expect(only).toMatchObject({ code: 0, log: '' });
    expect(only?.inputs).toEqual({
      model: 'small',
      environment: 'staging',
      image: 'oci-layout:./registry',
      digest: run.outputs['digest'],
      sha: github.head('main'),
      version: '1.0.0',
      seq: '1',
      operation: expect.stringMatching(/^\S{16,64}$/),
    });
    const [title] = [...github.runs.values()].map((each) => each.title);
    expect(title).toBe(`deploy small/staging #1 1.0.0 ${only?.inputs['operation'] ?? ''}`);
    expect(github.problems).toEqual([]);
  });

  it('is refused when the ledger has gone on', async () => {
    const [older] = deployed;
    before = github.files('known-good-ledger')[STATE];
    await release('1.1.0');
    deployed = [];
    expect((await step('promote', { lane: 'staging' })).outputs['outcome']).toBe('done');
    const again = await runRefuse(older?.inputs ?? {});
    expect(again.code).toBe(1);
    expect(again.log).toMatch(
      /^::error title=Not deployed::This is operation 1 of small\/staging, and the ledger is at \d+\. .*roll back again\.$/m,
    );
    expect(pauses()).toEqual([]);
    const [newer] = deployed;
    expect((await runRefuse(newer?.inputs ?? {})).code).toBe(0);
  });

  it.each([
    [
      'another digest under the same number',
      { digest: `sha256:${'0'.repeat(64)}` },
      /deploys sha256:0{64}, and the ledger says sha256:\w{64} for it\./,
    ],
    [
      'another image',
      { image: 'ghcr.io/evil/small' },
      /from ghcr\.io\/evil\/small, and the ledger says oci-layout:/,
    ],
    ['a digest that is none', { digest: 'latest' }, /none that Known Good gives/],
    ['an image that is none', { image: 'a b\n::error::c' }, /none that Known Good gives/],
    ['a number that is none', { seq: '9; echo 1' }, /none that Known Good gives/],
    ['a number with a leading zero', { seq: '09' }, /none that Known Good gives/],
    ['the number 0', { seq: '0' }, /none that Known Good gives/],
    ['a lane that leads elsewhere', { environment: '../production' }, /none that Known Good gives/],
  ])('is refused at once with %s', async (_, changed, sentence) => {
    const [newer] = deployed;
    const { code, log } = await runRefuse({ ...newer?.inputs, ...changed });
    expect(code).toBe(1);
    expect(log).toMatch(/^::error title=Not deployed::.*\n$/);
    expect(log).toMatch(sentence);
    expect(pauses()).toEqual([]);
  });

  it.each([
    ['a number above the ledger’s', { seq: '999999999' }, /operation 999999999 .* the ledger is at \d+\./],
    ['a lane that the ledger does not know', { environment: 'nowhere' }, /small\/nowhere could not be read/],
  ])('is refused with %s, after some seconds in which the ledger may lag', async (_, changed, sentence) => {
    const [newer] = deployed;
    const { code, log } = await runRefuse({ ...newer?.inputs, ...changed });
    expect(code).toBe(1);
    expect(log).toMatch(sentence);
    const waited = pauses().reduce((sum, seconds) => sum + seconds, 0);
    expect(waited).toBeGreaterThanOrEqual(10);
    expect(waited).toBeLessThanOrEqual(60);
  });

  it.each([
    ['shows an older operation', () => ({ status: 200, body: before })],
    ['does not know the lane', () => ({ status: 404, body: { message: 'Not Found' } })],
    ['is down', () => ({ status: 502, body: '<html>' })],
    ['answers nonsense', () => ({ status: 200, body: '<html>' })],
  ])('waits for a ledger that %s for a moment', async (_, answer) => {
    const [newer] = deployed;
    let looks = 0;
    github.fault(({ path }) => (path.endsWith(STATE) && ++looks < 3 ? answer() : undefined));
    const { code, log } = await runRefuse(newer?.inputs ?? {});
    github.fault(() => undefined);
    expect([code, log.includes('::error')]).toEqual([0, false]);
    expect(pauses()).toHaveLength(2);
  });

  it('keeps a look waiting meanwhile, which need not make a scheduled run red', async () => {
    await release('1.1.1');
    const started = new Promise<() => void>((done) => {
      const onDispatch = (run: { finish(conclusion: 'failure'): void }) => done(() => run.finish('failure'));
      github.workflow('deploy.yml', {
        runName: (inputs) => expand(workflow['run-name'], { inputs }),
        onDispatch,
      });
    });
    const promotion = step('promote', { lane: 'staging' });
    const finish = await started;
    const look = (waiting: string) => {
      const env = { GITHUB_RUN_ID: '78' };
      return runReleaseStep(github, { command: 'verify', inputs: { waiting }, cwd: place.cwd, token, env });
    };
    const [red, green] = [await look(''), await look('neutral')];
    finish();
    expect([red.code, red.outputs['outcome']]).toEqual([2, 'waiting']);
    expect(red.log).toMatch(/^::warning title=small\/staging%3A verify waiting::/m);
    expect([green.code, green.outputs['outcome']]).toEqual([0, 'waiting']);
    expect((await promotion).code).toBe(3);
  });

  it('that fails is no success of the promotion, and says where to look', async () => {
    await release('1.2.0');
    github.workflow('deploy.yml', {
      runName: (inputs) => expand(workflow['run-name'], { inputs }),
      onDispatch: (run) => run.finish('failure'),
    });
    const run = await step('promote', { lane: 'staging' });
    expect([run.outputs['outcome'], run.code]).toEqual(['moved-not-proved', 3]);
    expect(run.outputs['message']).toMatch(
      /NOT deployed: The run of deploy\.yml failed\. Look at \S+\/runs\/\d+/,
    );
    expect(run.log).toMatch(/^::error title=small\/staging%3A promote moved not proved::/m);
  });

  it('is not waited for without the permission to start it', async () => {
    await release('1.3.0');
    const weak = github.token({
      login: 'github-actions[bot]',
      permissions: { contents: 'write', actions: 'read' },
    });
    const inputs = { lane: 'staging' };
    const run = await runReleaseStep(github, { command: 'promote', inputs, cwd: place.cwd, token: weak });
    expect(run.code).toBe(3);
    expect(run.outputs['message']).toMatch(/actions: ?write/);
  });

  it('is started from a machine with a token too, and says what is missing without one', async () => {
    const desk = await makeReleasePlace();
    // Its ledger begins anew, and so do the numbers of its deployments: it has a GitHub of its own.
    const other = await startGitHub({ repository: 'acme/models' });
    onTestFinished(async () => void (await Promise.all([desk.close(), other.close()])));
    const config = desk.read('.github/known-good.yml');
    desk.write(
      '.github/known-good.yml',
      config.replaceAll('{ command: [node, deploy.mjs] }', '{ workflow: deploy.yml }'),
    );
    other.workflow('deploy.yml', {
      runName: (inputs) => expand(workflow['run-name'], { inputs }),
      onDispatch: (run, inputs) => {
        desk.write('served.json', JSON.stringify({ version: inputs['version'] }));
        run.finish('success');
      },
    });
    expect((await desk.build('2.0.0')).code).toBe(0);
    const without = await desk.run('promote', 'staging');
    expect(without.code).toBe(3);
    const said = without.stdout.replace(/\s+/g, ' ');
    expect(said).toMatch(/deploy\.yml was not started: that takes a token of GitHub/);
    expect((await desk.build('2.1.0')).code).toBe(0);
    const env = {
      GITHUB_TOKEN: other.token({ login: 'acme' }),
      GITHUB_REPOSITORY: 'acme/models',
      GITHUB_API_URL: other.url,
    };
    const run = await runCliWith(desk.cwd, env, ['promote', 'staging']);
    expect(run.stdout).toMatch(/^✔ .*2\.1\.0/);
    expect(run.code).toBe(0);
  });
});

function runCliWith(
  cwd: string,
  env: Record<string, string>,
  args: string[],
): Promise<{ code: number | null; stdout: string }> {
  return new Promise((done) => {
    const options = { cwd, env: { PATH: process.env['PATH'], ...env }, timeout: 60_000 };
    const child = execFile(process.execPath, [CLI, ...args], options, (_, stdout) =>
      done({ code: child.exitCode, stdout }),
    );
  });
}
