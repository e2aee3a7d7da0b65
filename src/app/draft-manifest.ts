import { KnownGoodError } from '../core/errors.ts';
import { unknown } from '../core/fact.ts';
import type { Files, Models, Repository } from '../core/ports.ts';
import { DEFAULT_SETTINGS } from '../gate/settings.ts';
import { readSide } from './gate/load-side.ts';
import { namesOf } from './gate/resolve-contract.ts';

/** A drafted manifest.json, the folder it belongs into, and the fields that nobody but the team can fill in. */
export interface ManifestDraft {
  folder: string;
  text: string;
  open: string[];
}

/** What drafting a manifest needs of the world. */
export interface DraftPorts {
  files: Files;
  models: Models;
  repository: Repository;
}

const LOCKFILES = [
  'uv.lock',
  'poetry.lock',
  'Pipfile.lock',
  'conda-lock.yml',
  'requirements.txt',
  'environment.yml',
  'renv.lock',
  'package-lock.json',
];
const TODO = 'TODO';
const MOST_BYTES = 4 * 2 ** 20;

/** Drafts a manifest from the ONNX metadata, git and the lockfile; everything else is TODO. An existing one is an `input` error: it is never overwritten. */
export async function draftManifest(
  request: { path: string; name?: string },
  ports: DraftPorts,
): Promise<ManifestDraft> {
  const side = await readSide({ path: request.path }, ports, DEFAULT_SETTINGS);
  const [problem] = side.structure.problems;
  if (problem !== undefined) throw new KnownGoodError('input', problem.message);
  const folder = side.folder ?? (request.path.split('/').slice(0, -1).join('/') || '.');
  if ((await ports.files.readText(`${folder}/manifest.json`, MOST_BYTES)) !== undefined) {
    throw new KnownGoodError(
      'input',
      `${JSON.stringify(`${folder}/manifest.json`)} exists already and is kept. Remove it first to draft a new one.`,
    );
  }
  const { metadata } = side.structure;
  const fields = {
    schema: 1,
    model: nameOf(request),
    version: metadata['version'] || TODO,
    owner: TODO,
    trained_at: TODO,
    training_window: { from: TODO, to: TODO },
    git_sha: (await ports.repository.headCommit()) ?? TODO,
    dataset_sha256: TODO,
    lockfile_sha256: (await lockfileDigest(ports.files)) ?? TODO,
    features: namesOf({ structure: side.structure, session: unknown('it is not run.') }) ?? [TODO],
    features_version: TODO,
    preprocessing: TODO,
    seed: TODO,
    metrics: { test: {} },
    serving: { latency_p95_ms: TODO },
    rollback: TODO,
  };
  const open = Object.entries(fields).flatMap(([key, value]) =>
    JSON.stringify(value).includes(`"${TODO}"`) || key === 'metrics' ? [key] : [],
  );
  return { folder, text: `${JSON.stringify(fields, undefined, 2)}\n`, open };
}

/** A model name out of a path: lower case, what is not allowed becomes a dash. */
function nameOf({ path, name }: { path: string; name?: string }): string {
  const own = name ?? path.replace(/\/+$/, '').split('/').at(-1) ?? 'model';
  return (
    own
      .replace(/\.onnx$/, '')
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '')
      .slice(0, 63)
      .replace(/[^a-z0-9]+$/, '') || 'model'
  );
}

async function lockfileDigest(files: Files): Promise<string | undefined> {
  for (const name of LOCKFILES) {
    const text = await files.readText(name, 64 * MOST_BYTES);
    if (text !== undefined) return files.digest(name);
  }
  return undefined;
}
