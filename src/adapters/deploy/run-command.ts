import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { LineReader } from './line-reader.ts';
import { stopGroup } from './process-group.ts';

/** A program to run without a shell, in a process group of its own. */
export interface CommandRun {
  command: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Milliseconds until the whole group is stopped. */
  timeoutMs: number;
  /** Milliseconds from SIGTERM to SIGKILL. */
  graceMs: number;
  /** Called at once, before the program can do much. What it throws stops the program. */
  onStart(pid: number): void;
  onLine(line: string, from: 'stdout' | 'stderr'): void;
}

/** How a program ended. `not-started` has the code of the system, e.g. ENOENT. */
export type CommandEnd =
  | { kind: 'exited'; code: number }
  | { kind: 'signalled'; signal: string }
  | { kind: 'timed-out' }
  | { kind: 'not-started'; code: string };

/** Output that arrives this long after the end still counts; whoever holds the pipe longer stays behind on purpose. */
const DRAIN_MS = 500;

/** Runs a program to its end, or to the end of its time. Rejects only with what `onStart` threw. */
export async function runCommand(run: CommandRun): Promise<CommandEnd> {
  const [program = '', ...args] = run.command;
  let child: ChildProcess;
  try {
    child = spawn(program, args, {
      cwd: run.cwd,
      env: run.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
  } catch (error) {
    return { kind: 'not-started', code: codeOf(error) };
  }
  // Without a pid there was no start, and an 'error' event follows.
  const { pid } = child;
  const ended = endOf(child);
  if (pid === undefined) return ended;
  try {
    run.onStart(pid);
  } catch (error) {
    await Promise.all([stopGroup(pid, 0), ended]);
    throw error;
  }
  const drained = drain(child, run);
  const end = await withinTime(ended, run, pid);
  await drained();
  return end;
}

async function withinTime(ended: Promise<CommandEnd>, run: CommandRun, pid: number): Promise<CommandEnd> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((done) => (timer = setTimeout(() => done('late'), run.timeoutMs)));
  const first = await Promise.race([ended, late]);
  clearTimeout(timer);
  if (first !== 'late') return first;
  await stopGroup(pid, run.graceMs);
  return { kind: 'timed-out' };
}

function endOf(child: ChildProcess): Promise<CommandEnd> {
  return new Promise((done) => {
    child.once('error', (error) => done({ kind: 'not-started', code: codeOf(error) }));
    child.once('exit', (code, signal) =>
      done(code === null ? { kind: 'signalled', signal: signal ?? 'unknown' } : { kind: 'exited', code }),
    );
  });
}

/** Reads both outputs; the returned function waits a moment for what is still on its way, then lets go of them. */
function drain(child: ChildProcess, { onLine }: CommandRun): () => Promise<void> {
  const streams = (['stdout', 'stderr'] as const).map((from) => {
    const reader = new LineReader((line) => onLine(line, from));
    const stream = child[from] as Readable;
    stream.on('data', (chunk: Buffer) => reader.push(chunk));
    stream.on('error', () => undefined);
    return { stream, reader, closed: new Promise<void>((done) => stream.once('close', () => done())) };
  });
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((done) => (timer = setTimeout(done, DRAIN_MS)));
    await Promise.race([Promise.all(streams.map(({ closed }) => closed)), enough]);
    clearTimeout(timer);
    for (const { stream, reader } of streams) {
      stream.destroy();
      reader.end();
    }
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
