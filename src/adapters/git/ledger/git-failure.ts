import { basename, isAbsolute, relative, sep } from 'node:path';
import { KnownGoodError } from '../../../core/errors.ts';
import { seenName } from '../../../core/seen.ts';
import { gitSentence, withoutCredentials } from './git-sentence.ts';
import type { LedgerRepository } from './open-repository.ts';
import type { GitRun } from './run-git.ts';

/** What was tried, as in "git could not …", and where. */
export interface GitAttempt {
  doing: string;
  repository: LedgerRepository;
  /** The remote that was talked to, where there was one: its name, path or address. */
  remote?: string;
}

/** The `unavailable` error for a git command that did not do its work: what happened, what git said, what to do. */
export function gitFailure(run: GitRun, attempt: GitAttempt): KnownGoodError {
  const message = stopSentence(run) ?? knownSentence(run, attempt) ?? otherSentence(run, attempt);
  return new KnownGoodError('unavailable', message);
}

function stopSentence(run: GitRun): string | undefined {
  if (run.stopped === 'missing')
    return 'git was not found on this machine; install git 2.25 or newer, the ledger is a branch of the repository.';
  if (run.stopped === 'time')
    return `${run.command} did not end in time and was stopped; check the disk, or the connection to the remote.`;
  if (run.stopped === 'output') return `${run.command} printed far more than it should and was stopped.`;
  return run.stopped === 'signal'
    ? `${run.command} was ended from outside; run the command again.`
    : undefined;
}

/** The failures that git itself explains badly, by its untranslated messages. */
function knownSentence({ stderr }: GitRun, { doing, repository }: GitAttempt): string | undefined {
  const folder = seenName(repository.folder);
  if (/not a git repository/.test(stderr))
    return `${folder} is in no git repository, and the ledger is a branch of one: run git init there, or name another folder.`;
  if (/dubious ownership|unsafe repository/.test(stderr)) {
    const owned = ownedFolder(stderr) ?? folder;
    return `git does not trust the repository ${owned}, because it belongs to another user. If you do, run: git config --global --add safe.directory ${owned}`;
  }
  const lock = /Unable to create '([^'\n]+\.lock)': File exists/.exec(stderr)?.[1];
  if (lock !== undefined)
    return `git could not ${doing}: another git works on it, or one that was killed left ${lockName(lock, repository)} in the repository. If no git is running there, remove that file and run the command again.`;
  if (/No space left on device|Disk quota exceeded/.test(stderr))
    return `git could not ${doing}: the disk is full. Make room and run the command again.`;
  if (/Read-only file system|insufficient permission|Permission denied/.test(stderr) && !isNetwork(stderr))
    return `git could not ${doing}: the repository cannot be written to (${gitSentence(stderr)}). Run as a user who may write there.`;
  return undefined;
}

function otherSentence({ stderr, code }: GitRun, { doing, remote }: GitAttempt): string {
  const said = gitSentence(stderr);
  const what = said === '' ? `it ended with code ${code ?? '?'} and said nothing` : said.replace(/\.$/, '');
  const todo =
    remote === undefined
      ? ''
      : ` When git ls-remote ${seenName(withoutCredentials(remote))} answers, type the same command again.`;
  return `git could not ${doing}: ${what}.${todo}`;
}

function isNetwork(stderr: string): boolean {
  return /publickey|Could not read from remote repository|unable to access/.test(stderr);
}

function ownedFolder(stderr: string): string | undefined {
  const folder = /repository (?:at )?'([^'\n]+)'/.exec(stderr)?.[1];
  return folder === undefined ? undefined : seenName(folder);
}

function lockName(lock: string, { gitFolder }: LedgerRepository): string {
  if (gitFolder === undefined || !isAbsolute(lock)) return seenName(lock);
  const inside = relative(gitFolder, lock);
  const name = inside.startsWith('..') ? basename(lock) : [basename(gitFolder), inside].join(sep);
  return seenName(name);
}
