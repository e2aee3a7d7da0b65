import type { ArtifactFile } from '../../core/digest.ts';
import type { ChampionChange } from '../../gate/facts.ts';
import type { BaseView } from './base-view.ts';
import { guarded, sameContent, withCopy } from './base-view.ts';

/** The artifacts of both sides; `formerChampion` is where the base commit's config has its champion. */
export interface Sides {
  champion?: string | undefined;
  challenger?: string | undefined;
  formerChampion?: string | undefined;
}

/**
 * Whether a champion of this repository is another one than at the base commit. `undefined` where it is the same, and where git has
 * it neither there nor at HEAD: then it is not the change that brings it.
 */
export async function championChange(
  { champion: path, challenger, formerChampion }: Sides,
  view: BaseView,
): Promise<ChampionChange | undefined> {
  if (path === undefined) return undefined;
  const how = await howItChanged(path, formerChampion, view);
  if (how === undefined) return undefined;
  const own =
    challenger === undefined ? undefined : await guarded(() => compare(challenger, challenger, view));
  return { path, how, challengerToo: !(own?.known === true && own.value === 'same') };
}

async function howItChanged(
  path: string,
  formerly: string | undefined,
  view: BaseView,
): Promise<ChampionChange['how'] | undefined> {
  const compared = await guarded(() => compare(path, path, view));
  if (!compared.known) return { kind: 'unread', why: compared.why };
  const { value: kind } = compared;
  if (kind === 'same' || kind === 'untracked') return undefined;
  return kind === 'new' && (await moved(path, formerly, view)) ? undefined : { kind };
}

type Comparison = 'same' | 'replaced' | 'new' | 'untracked';

/** The artifact at a path now, and that at a path of the base commit. */
async function compare(path: string, formerly: string, view: BaseView): Promise<Comparison> {
  const list = (copy: string) => view.files.listArtifact(copy);
  const before = await withCopy(formerly, view, list);
  if (before === undefined) {
    const tracked = await withCopy(path, { ...view, revision: 'HEAD' }, async () => true);
    return tracked === true ? 'new' : 'untracked';
  }
  const now = await list(path);
  const names = before.files.map((file) => file.path).toSorted();
  if (
    before.kind !== now.kind ||
    names.join('\n') !==
      now.files
        .map((file) => file.path)
        .toSorted()
        .join('\n')
  )
    return 'replaced';
  for (const file of before.files) {
    const other = now.files.find((each) => each.path === file.path);
    const inner = (root: string) => (before.kind === 'file' ? root : `${root}/${file.path}`);
    const pair = { file, other, now: inner(path), formerly: inner(formerly) };
    if (!(await isSameFile(pair, view))) return 'replaced';
  }
  return 'same';
}

async function moved(path: string, formerly: string | undefined, view: BaseView): Promise<boolean> {
  if (formerly === undefined) return false;
  const compared = await guarded(() => compare(path, formerly, view));
  return compared.known && compared.value === 'same';
}

/** Documents, whose line ends are git's affair; a model's bytes are not. */
const DOCUMENT = /\.(json|jsonl|csv|txt|md|ya?ml)$/i;
/** Pointers of git-LFS are shorter. */
const MOST_POINTER_BYTES = 1024;

interface Pair {
  file: ArtifactFile;
  other: ArtifactFile | undefined;
  now: string;
  formerly: string;
}

async function isSameFile({ file, other, now, formerly }: Pair, view: BaseView): Promise<boolean> {
  if (file.digest === other?.digest) return true;
  const document = DOCUMENT.test(file.path);
  if (!document && file.size > MOST_POINTER_BYTES) return false;
  const [before, here] = [
    await view.repository.contentAt(view.revision, formerly),
    await view.repository.contentAt('now', now),
  ];
  if (before === undefined || here === undefined) return false;
  return document ? sameContent(before, here) : before.bytes === here.bytes;
}
