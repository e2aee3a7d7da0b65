import type { Repository } from '../../core/ports.ts';
import type { ModelConfig } from '../../config/model-schema.ts';
import type { ArtifactRequest } from './gate-request.ts';

/** The champion of a configured model, or why there is none; `remove` clears what was copied out of git. */
export interface FoundChampion {
  champion?: ArtifactRequest;
  noChampion?: { asked: boolean; why: string };
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
  const revision = baseline === 'auto' ? await repository.baseRevision() : baseline.git;
  if (revision === undefined)
    return missing(
      'there is no base commit here to take it from (not a git repository, a shallow clone, or its first commit).',
    );
  const copy = await repository.copyAt(revision, path);
  if (copy === undefined)
    return missing(`${JSON.stringify(path)} does not exist at ${revision.slice(0, 40)}.`);
  return { champion: { path: copy.path, ...modelFile }, remove: copy.remove };
}

function missing(why: string): FoundChampion {
  return { noChampion: { asked: true, why }, remove: nothing };
}
