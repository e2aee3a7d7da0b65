import { commitText } from './commit-text.ts';
import { encodePack } from './encode-pack.ts';
import { gitFailure } from './git-failure.ts';
import { gitObject, isObjectId } from './git-object.ts';
import type { GitObject } from './git-object.ts';
import type { Head } from '../../../core/ledger-store.ts';
import { withObjects } from './object-reader.ts';
import type { LedgerRepository } from './open-repository.ts';
import type { FolderPlan } from './plan-folder.ts';
import { findCommit } from './read-files.ts';
import { runGit } from './run-git.ts';
import { TreeBuilder, damaged } from './tree-builder.ts';

const TIMEOUT_MS = 60_000;

/** Files on top of a parent, and what the commit says of itself. */
export interface CommitPlan {
  parent: Head | undefined;
  plan: FolderPlan;
  stamp: { message: string; at: Date; appendId: string };
}

/**
 * Writes blobs, trees and a commit that no ref names yet: `cat-file` reads the folders on the way, and one
 * `unpack-objects` writes all. `undefined` when the parent is not here.
 */
export async function writeCommit(
  repository: LedgerRepository,
  { parent, plan, stamp }: CommitPlan,
): Promise<Head | undefined> {
  const objects = await commitObjects(repository, { parent, plan, stamp });
  const commit = objects?.at(-1);
  if (objects === undefined || !isObjectId(commit?.id ?? '')) return undefined;
  const run = await runGit(['unpack-objects', '-q'], {
    folder: repository.folder,
    timeoutMs: TIMEOUT_MS,
    input: encodePack(repository.format, objects),
  });
  if (run.code !== 0) throw gitFailure(run, { doing: 'write to the ledger', repository });
  return commit?.id as Head;
}

/** The objects to write, each once, the commit last. */
async function commitObjects(
  repository: LedgerRepository,
  { parent, plan, stamp }: CommitPlan,
): Promise<GitObject[] | undefined> {
  const built = await withObjects(repository, async (reader) => {
    const builder = new TreeBuilder(reader, repository);
    if (parent === undefined) return { builder, tree: await builder.graft(plan, undefined, '') };
    const commit = isObjectId(parent) ? await findCommit(reader, parent) : undefined;
    if (commit === undefined) return undefined;
    const root = /^tree ([0-9a-f]+)\n/.exec(commit.bytes.toString('latin1', 0, 80))?.[1];
    if (root === undefined) throw damaged('');
    return { builder, tree: await builder.graft(plan, root, '') };
  });
  if (built === undefined) return undefined;
  const text = commitText({ ...stamp, tree: built.tree, parent });
  const objects = [...built.builder.objects, gitObject(repository.format, 'commit', text)];
  return [...new Map(objects.map((object) => [object.id, object])).values()];
}
