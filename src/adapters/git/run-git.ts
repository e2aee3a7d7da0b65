import { execFile } from 'node:child_process';

const MOST_OUTPUT = 4 * 2 ** 30;

/** Standard output of a git command, or `undefined` when it fails or there is no git. */
export type Git = (...args: string[]) => Promise<Buffer | undefined>;

/** Git in a folder, without the caller's environment: nothing but its path and home. */
export function gitIn(cwd: string): Git {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  return (...args) =>
    new Promise((done) => {
      execFile('git', args, { cwd, env, encoding: 'buffer', maxBuffer: MOST_OUTPUT }, (error, stdout) =>
        done(error === null ? stdout : undefined),
      );
    });
}

/** The first line of what a git command says; `undefined` when it fails or says nothing. */
export async function lineOf(git: Git, ...args: string[]): Promise<string | undefined> {
  const [line = ''] = ((await git(...args))?.toString('utf8') ?? '').split('\n');
  return line === '' ? undefined : line;
}

/** The commit of a revision, 40 hex digits; `undefined` when there is none. */
export function commitOf(git: Git, revision: string): Promise<string | undefined> {
  return lineOf(git, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
}
