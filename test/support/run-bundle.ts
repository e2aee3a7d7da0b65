import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DIST } from './places.ts';

/** What a bundle left that ran beside this process, which meanwhile answers for the servers of the test. */
export interface BundleRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a bundle with arguments in a folder; it gets PATH, a home there, and `env`. */
export function runBundle(
  bundle: string,
  args: readonly string[],
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): Promise<BundleRun> {
  const options = {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, ...env },
    timeout: 60_000,
    maxBuffer: 2 ** 26,
  };
  return new Promise((done) => {
    const child = execFile(process.execPath, [join(DIST, bundle), ...args], options, (_, stdout, stderr) =>
      done({ code: child.exitCode, stdout, stderr }),
    );
  });
}
