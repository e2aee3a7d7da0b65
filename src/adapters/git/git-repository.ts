import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { KnownGoodError } from '../../core/errors.ts';
import type { Repository } from '../../core/ports.ts';

const MOST_OUTPUT = 4 * 2 ** 30;

/** The git repository around `cwd`. Only plumbing that reads; no work tree, index or branch is touched. `baseBranch` is the pull request's, where known. */
export function gitRepository(cwd: string, baseBranch: string | undefined): Repository {
  const git = (...args: string[]) => run(cwd, args);
  return {
    headCommit: () => commitOf(git, 'HEAD'),
    baseRevision: () => baseRevision(git, baseBranch),
    copyAt: (revision, path) => copyAt(git, { revision, path }),
  };
}

const DEFAULT_BRANCHES = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'refs/heads/main',
  'refs/heads/master',
];

type Git = (...args: string[]) => Promise<Buffer | undefined>;

/** Standard output of a git command, or `undefined` when it fails or there is no git. */
function run(cwd: string, args: string[]): Promise<Buffer | undefined> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  return new Promise((done) => {
    execFile('git', args, { cwd, env, encoding: 'buffer', maxBuffer: MOST_OUTPUT }, (error, stdout) =>
      done(error === null ? stdout : undefined),
    );
  });
}

async function commitOf(git: Git, revision: string): Promise<string | undefined> {
  const out = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  return out?.toString('utf8').trim();
}

async function baseRevision(git: Git, baseBranch: string | undefined): Promise<string | undefined> {
  const names =
    baseBranch === undefined
      ? DEFAULT_BRANCHES
      : [`refs/remotes/origin/${baseBranch}`, `refs/heads/${baseBranch}`];
  const head = await commitOf(git, 'HEAD');
  for (const name of names) {
    const commit = await commitOf(git, name);
    if (commit !== undefined) return commit === head ? commitOf(git, 'HEAD^1') : commit;
  }
  return undefined;
}

async function copyAt(
  git: Git,
  { revision, path }: { revision: string; path: string },
): Promise<{ path: string; remove(): Promise<void> } | undefined> {
  const commit = await commitOf(git, revision);
  if (commit === undefined)
    throw new KnownGoodError(
      'input',
      `There is no commit ${JSON.stringify(revision)} here. In a workflow, check out with fetch-depth: 0, or name another baseline.`,
    );
  const listing = await git('ls-tree', '-r', '-z', commit, '--', path);
  const entries = (listing?.toString('utf8') ?? '').split('\0').filter((line) => line !== '');
  if (entries.length === 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'known-good-baseline-'));
  try {
    for (const entry of entries) await copyEntry(git, entry, folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return { path: join(folder, path), remove: () => rm(folder, { recursive: true, force: true }) };
}

async function copyEntry(git: Git, entry: string, folder: string): Promise<void> {
  const tab = entry.indexOf('\t');
  const name = entry.slice(tab + 1);
  const [mode, , blob = ''] = entry.slice(0, tab).split(' ');
  if (mode !== '100644' && mode !== '100755')
    throw new KnownGoodError(
      'input',
      `${JSON.stringify(name)} is a link or a submodule in that revision; an artifact holds regular files only.`,
    );
  const target = resolve(folder, name);
  if (!target.startsWith(folder + sep))
    throw new KnownGoodError(
      'input',
      `${JSON.stringify(basename(name))} lies outside of the folder; run the gate from the repository's root.`,
    );
  const bytes = await git('cat-file', 'blob', blob);
  if (bytes === undefined)
    throw new KnownGoodError('unavailable', `git could not read ${JSON.stringify(name)} from that revision.`);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
}
