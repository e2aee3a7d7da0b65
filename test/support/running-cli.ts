import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { CLI, CLI_ENV } from './run-cli.ts';

/** A command line that runs, until it ends or the test does. */
export interface RunningCli {
  /** Resolves with the first line on stderr that has this in it, also one that was there before. */
  said(pattern: RegExp): Promise<string>;
  signal(name: NodeJS.Signals): void;
  /** Resolves at its end with the exit code (`undefined` where a signal ended it) and all of stderr. */
  ended: Promise<{ code: number | undefined; stderr: string }>;
}

/** Starts the committed command line, or the one that is to be tried out, in a folder. */
export function startCli(cwd: string, ...args: string[]): RunningCli {
  const cli = process.env['KNOWN_GOOD_CLI'] ?? CLI;
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: CLI_ENV,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const waiting: { pattern: RegExp; done: (line: string) => void }[] = [];
  const reader = createInterface({ input: child.stderr });
  reader.on('line', (line) => {
    lines.push(line);
    for (const { pattern, done } of waiting) if (pattern.test(line)) done(line);
  });
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(([[code]]) => ({
    code: (code as number | null) ?? undefined,
    stderr: lines.join('\n'),
  }));
  return {
    said: (pattern) => {
      const found = lines.find((line) => pattern.test(line));
      if (found !== undefined) return Promise.resolve(found);
      const line = new Promise<string>((done) => waiting.push({ pattern, done }));
      const never = ended.then(({ stderr }) =>
        Promise.reject(new Error(`It ended without ${pattern}:\n${stderr}`)),
      );
      return Promise.race([line, never]);
    },
    signal: (name) => void child.kill(name),
    ended,
  };
}
