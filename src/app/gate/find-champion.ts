import { KnownGoodError } from '../../core/errors.ts';
import type { BaseCommit, Repository } from '../../core/ports.ts';
import type { ModelConfig } from '../../config/model-schema.ts';
import type { ArtifactRequest } from './gate-request.ts';

/** The champion of a configured model, or why there is none; `remove` clears what was copied out of git. */
export interface FoundChampion {
  champion?: ArtifactRequest;
  noChampion?: { asked: boolean; why: string; settle?: string };
  remove(): Promise<void>;
}

const nothing = () => Promise.resolve();

/**
 * Follows `baseline`: a path, a git revision, `none`, or `auto` (the same artifact on the base branch). A baseline that was asked for and
 * cannot be had is never the same as none: the comparison then holds.
 */
export async function findChampion(model: ModelConfig, repository: Repository): Promise<FoundChampion> {
  const baseline = model.baseline ?? 'auto';
  const modelFile = model.model === undefined ? {} : { modelFile: model.model };
  if (baseline === 'none')
    return { noChampion: { asked: false, why: 'the config says baseline: none.' }, remove: nothing };
  if (typeof baseline === 'object' && 'path' in baseline)
    return { champion: { path: baseline.path, ...modelFile }, remove: nothing };
  const path = model.artifact;
  if (path === undefined)
    return { noChampion: { asked: false, why: 'the predictions were made elsewhere.' }, remove: nothing };
  const base = baseline === 'auto' ? await repository.base() : undefined;
  if (base !== undefined && base.kind !== 'commit') return missing(noBase(base));
  const revision = typeof baseline === 'object' ? baseline.git : base?.tip;
  if (revision === undefined)
    throw new KnownGoodError('internal', 'A baseline is auto, none, a path or a revision.');
  const copy = await repository.copyAt(revision, path);
  if (copy === undefined) return missing(notYetThere(revision, path));
  return { champion: { path: copy.path, ...modelFile }, remove: copy.remove };
}

interface Missing {
  why: string;
  settle: string;
}

function missing(told: Missing): FoundChampion {
  return { noChampion: { asked: true, ...told }, remove: nothing };
}

const FIRST_RELEASE = 'for a first release say baseline: none';

/** No commit to compare with: without git there never is one; with git this clone may not have it. */
function noBase(base: Exclude<BaseCommit, { kind: 'commit' }>): Missing {
  switch (base.kind) {
    case 'outside':
      return {
        why: 'this is not a git repository with a commit, so there is no base commit to take it from.',
        settle: `Name the champion (baseline: { path: … }, or --against), or run the gate in a git clone; ${FIRST_RELEASE}.`,
      };
    case 'first':
      return {
        why: 'this is the first commit, so there is none before it to take it from.',
        settle: 'For a first release say baseline: none, and it is held against the naive predictor.',
      };
    case 'unavailable':
      return {
        why: `this clone has no base commit to take it from: ${base.why}.`,
        settle: `${base.settle.replace(/\.$/, '')}; ${FIRST_RELEASE}.`,
      };
    default:
      return base satisfies never;
  }
}

function notYetThere(revision: string, path: string): Missing {
  return {
    why: `${JSON.stringify(path)} does not exist at the base commit ${revision.slice(0, 40)}: either this is its first release, or the champion is somewhere else.`,
    settle:
      'For a first release say baseline: none, and it is held against the naive predictor; else name where the champion is (baseline: { path: … }, or --against).',
  };
}
