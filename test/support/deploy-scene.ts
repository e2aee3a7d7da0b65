import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createCommandDeployer } from '../../src/adapters/deploy/command-deployer.ts';
import type { RunningCommands } from '../../src/adapters/deploy/running-commands.ts';
import { machineTimer } from '../../src/adapters/oci/machine-timer.ts';
import { identityOf } from '../../src/adapters/process/process-identity.ts';
import { digestOf } from '../../src/core/digest.ts';
import type { DeployRequest } from '../../src/core/ports.ts';

/** The program of deploy commands in tests. */
export const NODE = process.execPath;

/** Deployment number 7. */
export const request: DeployRequest = {
  model: 'bank',
  environment: 'production',
  image: 'ghcr.io/acme/bank',
  digest: digestOf('image'),
  sha: 'c'.repeat(40),
  version: '1.8.0',
  seq: 7,
  operation: 'operation-7',
};

/** The same with another number. */
export const numbered = (seq: number): DeployRequest => ({ ...request, seq, operation: `operation-${seq}` });

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'known-good-deploy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A deployer, and what it told people. */
export interface DeployScene {
  folder: string;
  lines: string[];
  notices: string[];
  deploy(
    script: string | readonly string[],
    given?: DeployRequest,
    timeoutMs?: number,
  ): Promise<{ kind: string; message?: string }>;
  /** Resolves with the first line of output that begins so. */
  said(start: string): Promise<string>;
}

/** A deployer in a folder of its own; a text as command is a script for Node. */
export async function deployScene(
  env: Record<string, string | undefined> = {},
  at?: string,
  more: { quiet?: boolean; running?: RunningCommands } = {},
): Promise<DeployScene> {
  const folder = at ?? (await temporaryFolder());
  const lines: string[] = [];
  const notices: string[] = [];
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
    notice: (sentence) => notices.push(sentence),
    graceMs: 300,
    ...more,
  });
  return {
    folder,
    lines,
    notices,
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
export function isAlive(pid: number): boolean {
  if (identityOf(pid) === 'ended') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A script that says its pid and never ends. */
export const HANG = 'console.log("pid " + process.pid); setInterval(() => {}, 1000);';
/** The pid in the line of `HANG`. */
export const pidOf = (line: string) => Number(line.slice('pid '.length));
