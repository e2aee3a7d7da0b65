import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';

const ROOT = new URL('../../..', import.meta.url).pathname;

const DEPLOY = `on:
  workflow_dispatch:
    inputs:
      model: { required: true }
      sha: { default: '' }
`;

interface Served {
  web: string;
  url: string;
  token: string;
}

it('the fake can be served to other processes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'known-good-served-'));
  mkdirSync(join(folder, 'repository/.github/workflows'), { recursive: true });
  writeFileSync(join(folder, 'repository/.github/workflows/deploy.yml'), DEPLOY);
  const state = join(folder, 'state.json');
  const child = spawn(
    process.execPath,
    [
      '.config/run.mjs',
      'test/support/github/serve.ts',
      '--repository=acme/models',
      `--folder=${join(folder, 'repository')}`,
      `--state=${state}`,
      '--on-dispatch=test "$INPUT_MODEL" = bank',
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  const line = await new Promise<string>((done) => createInterface(child.stdout).once('line', done));
  const { web, url, token } = JSON.parse(line) as Served;
  const ask = async (address: string, body?: unknown): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const text = await (await fetch(address, { headers, ...sent })).text();
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  const pull = await ask(`${web}/_pull`, { branch: 'better', files: { a: '1' }, login: 'ann' });
  expect(pull).toMatchObject({ action: 'opened', number: 1, repository: { full_name: 'acme/models' } });
  const event = await ask(`${web}/_comment`, { thread: 1, login: 'ann', body: '/status' });
  expect(event).toMatchObject({ action: 'created', comment: { body: '/status' }, issue: { number: 1 } });
  const merged = await ask(`${web}/_merge`, { number: 1 });
  expect(merged).toMatchObject({ action: 'closed', pull_request: { merged: true } });
  expect(await ask(`${web}/_merge`, { number: 1 })).toMatchObject({
    message: expect.stringContaining('no open pull request'),
  });

  const dispatches = `${url}/repos/acme/models/actions/workflows/deploy.yml/dispatches`;
  const wrong = await ask(dispatches, { ref: 'main', inputs: { model: 'bank', other: 'x' } });
  expect(wrong['message']).toBe('Unexpected inputs provided: ["other"]');
  for (const model of ['bank', 'bike']) await ask(dispatches, { ref: 'main', inputs: { model } });
  const runs = async (): Promise<unknown> => (await ask(`${web}/_state`))['runs'];
  await expect.poll(runs).toMatchObject([
    { inputs: { model: 'bank', sha: '' }, conclusion: 'success' },
    { inputs: { model: 'bike', sha: '' }, conclusion: 'failure' },
  ]);
  const written = JSON.parse(readFileSync(state, 'utf8')) as Record<string, unknown>;
  expect(written).toMatchObject({ comments: [{ body: '/status', login: 'ann' }], problems: [] });
});
