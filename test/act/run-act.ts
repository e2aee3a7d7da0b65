import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One run of a workflow by nektos/act on this machine, without containers. */
export interface ActOrder {
  /** The act binary. */
  act: string;
  /** The repository whose workflow runs: act works on a copy of it. */
  repository: string;
  /** Path of the workflow in it. */
  workflow: string;
  event: string;
  payload: unknown;
  /** Actions that are folders here: `owner/name@ref` to folder. */
  actions: Readonly<Record<string, string>>;
  token: string;
  /** What the runner's variables are beside act's own. */
  env: Readonly<Record<string, string>>;
  inputs?: Readonly<Record<string, string>>;
}

export interface ActRun {
  code: number | null;
  /** Everything that act printed. */
  log: string;
}

const LIMIT_MS = 240_000;

/** Runs it to its end; a run that takes longer than four minutes is ended, and its code is `null`. */
export async function runAct(order: ActOrder): Promise<ActRun> {
  const { act, repository, workflow, event, actions, token, env, inputs = {} } = order;
  const payload = join(repository, '..', `${event}.json`);
  await writeFile(payload, JSON.stringify(order.payload));
  const pairs = (flag: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  const args = [
    event,
    '--workflows',
    workflow,
    '--eventpath',
    payload,
    '--action-offline-mode',
    '--no-cache-server',
    ...pairs('--platform', { 'ubuntu-latest': '-self-hosted' }),
    ...pairs('--secret', { GITHUB_TOKEN: token }),
    ...pairs('--local-repository', actions),
    ...pairs('--env', env),
    ...pairs('--input', inputs),
  ];
  const child = spawn(act, args, {
    cwd: repository,
    env: { PATH: process.env['PATH'], HOME: join(repository, '..', 'home'), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (log += String(chunk)));
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  clearTimeout(timer);
  return { code, log };
}
