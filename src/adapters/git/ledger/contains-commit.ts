import { KnownGoodError } from '../../../core/errors.ts';
import type { Head } from '../../../core/ledger-store.ts';
import { gitFailure } from './git-failure.ts';
import { isObjectId } from './git-object.ts';
import { withObjects } from './object-reader.ts';
import type { LedgerRepository } from './open-repository.ts';
import { findCommit } from './read-files.ts';
import { runGit } from './run-git.ts';

const TIMEOUT_MS = 60_000;

/**
 * Whether a commit is `head` or lies before it. Only whole names count; anything else, and a commit that is not here, is
 * false. Where the clone is too shallow to tell, an `unavailable` error says so.
 */
export async function containsCommit(
  repository: LedgerRepository,
  head: Head,
  ancestor: string,
): Promise<boolean> {
  if (!isObjectId(ancestor) || !isObjectId(head)) return false;
  if (ancestor.length !== head.length) return false;
  const git = (...args: string[]) => runGit(args, { folder: repository.folder, timeoutMs: TIMEOUT_MS });
  const run = await git('merge-base', '--is-ancestor', ancestor, head);
  if (run.code === 0) return true;
  const doing = 'compare two states of the ledger';
  const here = await withObjects(repository, async (reader) => ({
    head: await findCommit(reader, head),
    ancestor: await findCommit(reader, ancestor),
  }));
  if (here.head === undefined || (here.ancestor !== undefined && run.code !== 1))
    throw gitFailure(run, { doing, repository });
  const shallow = await git('rev-parse', '--is-shallow-repository');
  if (shallow.stdout.trim() === 'true') await refuseCutHistory(repository, head);
  return false;
}

/** A shallow clone shows a cut commit as a first one, although its bytes name a parent. */
async function refuseCutHistory(repository: LedgerRepository, head: Head): Promise<void> {
  const args = ['rev-list', '--max-parents=0', head];
  const run = await runGit(args, { folder: repository.folder, timeoutMs: TIMEOUT_MS });
  if (run.code !== 0) throw gitFailure(run, { doing: 'read the history of the ledger', repository });
  const firsts = run.stdout.split('\n').filter(isObjectId);
  const texts = await withObjects(repository, (reader) =>
    Promise.all(firsts.map(async (id) => (await findCommit(reader, id))?.bytes.toString('utf8') ?? '')),
  );
  if (texts.some((text) => /^parent /m.test(text.split('\n\n')[0] ?? '')))
    throw new KnownGoodError(
      'unavailable',
      "This clone is shallow and cuts the ledger's history short, so it cannot tell what is in it: run git fetch --unshallow.",
    );
}
