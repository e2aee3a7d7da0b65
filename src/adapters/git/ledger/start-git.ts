import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { GIT_SETTINGS, gitEnvironment } from './git-environment.ts';
import type { GitCall, GitRun } from './run-git.ts';

/** A running git command; `ended` never rejects, and comes after all output. */
export interface StartedGit {
  stdin: Writable;
  stdout: Readable;
  ended: Promise<Omit<GitRun, 'stdout'>>;
  /** Ends it: asks first, and insists two seconds later. */
  stop(why: 'time' | 'output'): void;
}

const MOST_COMPLAINT = 2 ** 16;
const PATIENCE_MS = 2_000;

/**
 * Starts git in a session of its own: neither git nor ssh finds a terminal to ask at, a Ctrl-C cannot cut a write in
 * half, and stopping it reaches what it started.
 */
export function startGit(args: readonly string[], call: GitCall): StartedGit {
  const child = spawn('git', [...GIT_SETTINGS, ...args], {
    cwd: call.folder,
    env: gitEnvironment(process.env),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const complaints: Buffer[] = [];
  let kept = 0;
  let stopped: GitRun['stopped'];
  let insist: NodeJS.Timeout | undefined;
  const stop = (why: 'time' | 'output') => {
    if (stopped !== undefined) return;
    stopped = why;
    kill(child, 'SIGTERM');
    insist = setTimeout(() => kill(child, 'SIGKILL'), PATIENCE_MS);
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const limit = setTimeout(() => stop('time'), call.timeoutMs);
  child.stderr.on('data', (chunk: Buffer) => {
    if (kept < MOST_COMPLAINT) complaints.push(chunk.subarray(0, MOST_COMPLAINT - kept));
    kept += chunk.length;
  });
  // A git that ended early closes its input; how it ended tells more than that.
  child.stdin.on('error', () => {});
  const ended = endOf(child, () => {
    clearTimeout(limit);
    clearTimeout(insist);
  }).then((end) => ({
    command: `git ${args.find((arg) => !arg.startsWith('-')) ?? ''}`,
    code: end.code,
    stderr: Buffer.concat(complaints).toString('utf8'),
    stopped: stopped ?? end.stopped,
  }));
  return { stdin: child.stdin, stdout: child.stdout, ended, stop };
}

function endOf(
  child: ChildProcess,
  after: () => void,
): Promise<{ code: number | undefined; stopped: GitRun['stopped'] }> {
  return new Promise((done) => {
    child.on('error', () => {
      after();
      done({ code: undefined, stopped: 'missing' });
    });
    child.on('close', (code) => {
      after();
      done({ code: code ?? undefined, stopped: code === null ? 'signal' : undefined });
    });
  });
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It ended in between.
  }
}
