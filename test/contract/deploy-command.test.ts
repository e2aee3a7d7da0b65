import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCommandDeployer } from '../../src/adapters/deploy/command-deployer.ts';
import { machineTimer } from '../../src/adapters/oci/machine-timer.ts';
import { identityOf } from '../../src/adapters/process/process-identity.ts';
import { digestOf } from '../../src/core/digest.ts';
import type { DeployRequest } from '../../src/core/ports.ts';
import { bundleScript } from '../support/bundle-script.ts';

const NODE = process.execPath;

const request: DeployRequest = {
  model: 'bank',
  environment: 'production',
  image: 'ghcr.io/acme/bank',
  digest: digestOf('image'),
  sha: 'c'.repeat(40),
  version: '1.8.0',
  seq: 7,
  operation: 'operation-7',
};

const numbered = (seq: number): DeployRequest => ({ ...request, seq, operation: `operation-${seq}` });

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'known-good-deploy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface Scene {
  folder: string;
  lines: string[];
  deploy(
    script: string | readonly string[],
    given?: DeployRequest,
    timeoutMs?: number,
  ): Promise<{ kind: string; message?: string }>;
  /** Resolves with the first line of output that begins so. */
  said(start: string): Promise<string>;
}

/** A deployer in a folder of its own; a text as command is a script for Node. */
async function scene(env: Record<string, string | undefined> = {}, at?: string): Promise<Scene> {
  const folder = at ?? (await temporaryFolder());
  const lines: string[] = [];
  const waiting: { start: string; done: (line: string) => void }[] = [];
  const deployer = createCommandDeployer({
    folder: join(folder, 'deployed'),
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    timer: machineTimer,
    progress: (line) => {
      lines.push(line);
      for (const { start, done } of waiting) if (line.startsWith(start)) done(line);
    },
    graceMs: 300,
  });
  return {
    folder,
    lines,
    deploy: (script, given = request, timeoutMs = 60_000) =>
      deployer.deploy(
        {
          kind: 'command',
          command: typeof script === 'string' ? [NODE, '-e', script] : [...script],
          timeoutMs,
        },
        given,
      ),
    said: (start) => {
      const found = lines.find((line) => line.startsWith(start));
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((done) => waiting.push({ start, done }));
    },
  };
}

/** Nobody may collect what its parent left behind, so a zombie counts as ended. */
function isAlive(pid: number): boolean {
  if (identityOf(pid) === 'ended') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const HANG = 'console.log("pid " + process.pid); setInterval(() => {}, 1000);';
const pidOf = (line: string) => Number(line.slice('pid '.length));

describe('a deploy command', () => {
  it('gets the fixed inputs and our variables, and no others', async () => {
    const { deploy, lines } = await scene({ GITHUB_TOKEN: 'unsaid', KG_SEQ: '1', NOTHING: undefined });
    const print =
      'for (const [k, v] of Object.entries(process.env)) if (/^(KG_|NOTHING)/.test(k)) console.log(k + "=" + v); console.log(process.env.GITHUB_TOKEN.length)';
    expect(await deploy(print)).toEqual({ kind: 'deployed' });
    expect(lines.toSorted()).toEqual([
      '6',
      `KG_DIGEST=${request.digest}`,
      'KG_ENVIRONMENT=production',
      'KG_IMAGE=ghcr.io/acme/bank',
      'KG_MODEL=bank',
      'KG_OPERATION=operation-7',
      'KG_SEQ=7',
      `KG_SHA=${'c'.repeat(40)}`,
      'KG_VERSION=1.8.0',
    ]);
  });

  it('gets no commit where the release names none', async () => {
    const { deploy, lines } = await scene({ KG_SHA: 'of somebody else' });
    await deploy('console.log("KG_SHA" in process.env)', { ...request, sha: undefined });
    expect(lines).toEqual(['false']);
  });

  it('gets its arguments as they are, without a shell', async () => {
    const { deploy, lines, folder } = await scene();
    const odd = ['$HOME', '; touch here', '*', '`id`', 'a b', ''];
    await deploy([NODE, '-e', 'console.log(JSON.stringify(process.argv.slice(1)), process.cwd())', ...odd]);
    expect(lines).toEqual([`${JSON.stringify(odd)} ${folder}`]);
  });

  it('fails with its exit code and its last words, without secrets and control characters', async () => {
    const { deploy } = await scene({ API_TOKEN: 'abc123def', GIT_AUTHOR_NAME: 'rollout' });
    const result = await deploy(
      'console.error("first"); console.error("\\u001b[31mno rollout:\\u001b[0m token " + process.env.API_TOKEN); process.exit(3)',
    );
    expect(result).toEqual({
      kind: 'failed',
      message: `The deploy command ${JSON.stringify(NODE)} exited with 3: first | \\u001b[31mno rollout:\\u001b[0m token ***`,
    });
  });

  it('keeps the message short however much was said', async () => {
    const { deploy } = await scene();
    const { message } = await deploy(
      'for (let i = 0; i < 50; i++) console.error("x".repeat(400) + i); process.exit(1)',
    );
    expect(message).toMatch(/ exited with 1: ….*49$/);
    expect(message!.length).toBeLessThan(450);
  });

  it.each([
    ['process.kill(process.pid, "SIGKILL")', 'was ended by SIGKILL. It said nothing on stderr.'],
    ['process.exit(1)', 'exited with 1. It said nothing on stderr.'],
  ])('%s: %s', async (script, sentence) => {
    const { message } = await (await scene()).deploy(script);
    expect(message).toBe(`The deploy command ${JSON.stringify(NODE)} ${sentence}`);
  });

  it('says when there is no such program, or none that may be run', async () => {
    const { deploy, folder } = await scene();
    await writeFile(join(folder, 'plain.sh'), '#!/bin/sh\nexit 0\n');
    const messages = [];
    for (const program of ['./nothing-here', './plain.sh', 'a\0b'])
      messages.push((await deploy([program])).message);
    expect(messages).toEqual([
      'The deploy command "./nothing-here" was not found (ENOENT). Install it, or correct deploy.command in the config.',
      'The deploy command "./plain.sh" may not be executed (EACCES). Make it an executable file.',
      'The deploy command "a\\u0000b" could not be started (ERR_INVALID_ARG_VALUE). Correct deploy.command in the config.',
    ]);
    await chmod(join(folder, 'plain.sh'), 0o755);
    expect(await deploy(['./plain.sh'])).toEqual({ kind: 'deployed' });
  });

  it('is stopped with all that it started when its time is over', async () => {
    const { deploy, said, lines } = await scene();
    const stubborn = `process.on("SIGTERM", () => {}); ${HANG}`;
    const parent = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(stubborn)}], { stdio: "inherit" }); setInterval(() => {}, 1000); console.error("waiting")`;
    const result = deploy(parent, request, 1500);
    const pid = pidOf(await said('pid '));
    expect(await result).toEqual({
      kind: 'failed',
      message: `The deploy command ${JSON.stringify(NODE)} did not end within 1.5s and was stopped: waiting`,
    });
    expect(isAlive(pid)).toBe(false);
    expect(lines).toContain('waiting');
  });

  it('may leave a server behind', async () => {
    const { deploy, said } = await scene();
    const server = `require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" }).unref()`;
    const parent = `const child = ${server.replace('.unref()', '')}; child.unref(); console.log("pid " + child.pid)`;
    const result = deploy(parent);
    const pid = pidOf(await said('pid '));
    onTestFinished(() => void process.kill(pid, 'SIGKILL'));
    expect(await result).toEqual({ kind: 'deployed' });
    expect(isAlive(pid)).toBe(true);
    expect(await deploy('', numbered(8))).toEqual({ kind: 'deployed' });
    expect(isAlive(pid)).toBe(true);
  });

  it('cannot command the runner, nor flood it', async () => {
    const { deploy, lines } = await scene();
    await deploy(
      'console.log("::set-output name=a::b\\n  ::error::x\\nsee ##[add-mask]e\\n\\u202eok\\r50 %\\r\\n\\n"); for (let i = 0; i < 3000; i++) console.log(i)',
    );
    expect(lines.slice(0, 5)).toEqual([
      ': :set-output name=a::b',
      '  : :error::x',
      'see # #[add-mask]e',
      '\\u202eok',
      '50 %',
    ]);
    expect(lines).toHaveLength(2001);
    expect(lines.at(-1)).toBe('More than 2000 lines; the rest is not shown.');
  });
});

describe('the order of deployments', () => {
  it('is that of their numbers, for each lane by itself', async () => {
    const { deploy, lines } = await scene();
    expect(await deploy('process.exit(1)', numbered(9))).toMatchObject({ kind: 'failed' });
    const late = await deploy('console.log("late")', numbered(8));
    expect(late.message).toMatch(
      /^Number 8 was not deployed: a later one \(number 9, 1\.8\.0, at \d{4}-.*Z\) was deployed from here before\. If that was of another ledger, remove ".*bank@production\.json"\.$/,
    );
    expect(lines).toEqual([]);
    const twin = await deploy('', { ...numbered(9), operation: 'of somebody else' });
    expect(twin.message).toContain('another one with the same number (number 9');
    expect(await deploy('', numbered(9))).toEqual({ kind: 'deployed' });
    expect(await deploy('', { ...numbered(1), environment: 'staging' })).toEqual({ kind: 'deployed' });
    expect(await deploy('', { ...numbered(1), model: 'bike' })).toEqual({ kind: 'deployed' });
  });

  it('lets a later deployment stop an earlier one that still runs', async () => {
    const first = await scene();
    const second = await scene({}, first.folder);
    const earlier = first.deploy(HANG, numbered(1));
    const pid = pidOf(await first.said('pid '));
    expect(await second.deploy('', numbered(2))).toEqual({ kind: 'deployed' });
    expect(isAlive(pid)).toBe(false);
    expect((await earlier).message).toContain('was ended by SIGTERM');
    expect(second.lines).toEqual([
      `Stopping the earlier deployment of 1.8.0 (number 1, process group ${pid}), which still runs.`,
    ]);
  });

  it('holds for what comes together: the highest number is the last that runs', async () => {
    const one = await scene();
    const scenes = [one, await scene({}, one.folder), await scene({}, one.folder)];
    const append = 'require("fs").appendFileSync("order.txt", process.env.KG_SEQ + "\\n")';
    const results = await Promise.all(
      scenes.map(({ deploy }, index) => deploy(append, numbered([2, 3, 1][index] as number))),
    );
    expect(results[1]).toEqual({ kind: 'deployed' });
    const order = (await readFile(join(one.folder, 'order.txt'), 'utf8')).trim().split('\n').map(Number);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order.at(-1)).toBe(3);
  });

  it('outlives a killed process: what it left running is stopped before the next begins', async () => {
    const { folder, deploy, lines } = await scene();
    const script = await bundleScript('deploy-once.ts');
    onTestFinished(script.remove);
    const args = [join(folder, 'deployed'), folder, '1', '60000', NODE, '-e', HANG];
    const parent = spawn(NODE, [script.path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    const pid = pidOf(line);
    expect(isAlive(pid)).toBe(true);
    expect(await deploy('', numbered(2))).toEqual({ kind: 'deployed' });
    expect(isAlive(pid)).toBe(false);
    expect(lines[0]).toContain('Stopping the earlier deployment of 1.1 (number 1');
  });

  it('refuses where it cannot be kept', async () => {
    const { folder, deploy } = await scene();
    const path = join(folder, 'deployed', 'bank@production.json');
    await mkdir(join(folder, 'deployed'));
    await writeFile(path, '{"seq": 1}');
    expect((await deploy('')).message).toBe(
      `${path}, which says what was deployed last from here, cannot be understood. Make sure that no deployment runs, and remove the file.`,
    );
    await rm(join(folder, 'deployed'), { recursive: true });
    await writeFile(join(folder, 'deployed'), 'a file in the way');
    expect((await deploy('')).message).toContain('cannot be read or written (ENOTDIR)');
  });
});
