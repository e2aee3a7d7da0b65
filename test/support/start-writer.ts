import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A running ledger writer. */
export interface Writer {
  /** Sends a line, and waits for the next line of the answer. */
  ask(line: string): Promise<string>;
  /** Sends a line whose answers are collected in `said`. */
  tell(line: string): void;
  said: string[];
  /** SIGKILL, and waits for its end. */
  kill(): Promise<void>;
  /** Resolves when it has said this many lines, or has ended. */
  saidAtLeast(lines: number): Promise<void>;
}

/** Starts the bundled ledger writer; it is killed after the test. */
export function startWriter(script: string, args: readonly string[]): Writer {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  onTestFinished(() => void child.kill('SIGKILL'));
  const said: string[] = [];
  const waiting: { lines: number; done: () => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line);
    for (const each of waiting) if (said.length >= each.lines) each.done();
  });
  const tell = (line: string) => void child.stdin.write(`${line}\n`);
  const saidAtLeast = (lines: number) =>
    Promise.race([
      ended,
      new Promise<void>((done) => (said.length >= lines ? done() : waiting.push({ lines, done }))),
    ]);
  const ask = async (line: string) => {
    const before = said.length;
    tell(line);
    await saidAtLeast(before + 1);
    return said[before] ?? '(ended)';
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { ask, tell, said, kill, saidAtLeast };
}
