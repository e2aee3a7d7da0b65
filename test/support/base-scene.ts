import { join } from 'node:path';
import { nodeFiles } from '../../src/adapters/files/node-files.ts';
import { gitRepository } from '../../src/adapters/git/git-repository.ts';
import { changesSinceBase } from '../../src/app/gate/changes-since-base.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import type { ComparedWithBase, SinceBase } from '../../src/gate/facts.ts';
import type { Contents, TemporaryRepository } from './temporary-repository.ts';
import { temporaryRepository } from './temporary-repository.ts';

/** The config's usual place. */
export const PATH = '.github/known-good.yml';

/** What a config says otherwise. */
export interface Wish {
  gates?: string;
  model?: string;
  frozen?: string | undefined;
  environments?: string;
  name?: string;
}

/** The text of a config of one model, `m`. */
export function config({ gates = 'roc_auc: { min: 0.75, max_drop: 0.01 }', ...more }: Wish = {}): string {
  const { model = '', environments = '', name = 'm' } = more;
  const frozen = 'frozen' in more ? more.frozen : 'f.csv';
  const table = frozen === undefined ? '' : `, frozen: { path: ${frozen}, label: y }`;
  return `version: 1
models:
  ${name}:
    task: binary-classification
    artifact: models/m
    data: { test: { path: t.csv, label: y }${table} }
    gates: { metrics: { ${gates} } }
${model}${environments}`;
}

/** All files of a small repository. */
export const FILES: Contents = {
  [PATH]: config(),
  'f.csv': 'frozen',
  't.csv': 'test',
  'features.json': '["a"]',
  'models/m/model.onnx': 'challenger',
  'models/c/model.onnx': 'champion',
};

/** A repository whose base commit holds these files, and a change on a branch of its own. */
export function changed(before: Contents, now: Contents): TemporaryRepository {
  const repository = temporaryRepository();
  repository.commit(before);
  repository.git('checkout', '-q', '-b', 'change');
  repository.commit(now);
  return repository;
}

/** From where, and whom. */
export interface Where {
  /** Working folder, from the root; the config's path from there. */
  cwd?: string;
  path?: string;
  model?: string;
  against?: string;
}

/** What the work tree has of its examination otherwise than the base commit. */
export async function lookAt(
  { root }: TemporaryRepository,
  { cwd = '.', path = PATH, model = 'm', against }: Where = {},
): Promise<SinceBase | undefined> {
  const folder = join(root, cwd);
  const text = await nodeFiles.readText(join(folder, path), 1e6);
  const loaded = { path: join(folder, path), text: '', config: parseConfig(text ?? '', path) };
  const repository = gitRepository(folder, undefined, join(path, '..'));
  const judged = { model, environment: 'production', challenger: join(root, 'models/m'), against };
  return changesSinceBase(loaded, judged, { repository, files: nodeFiles });
}

/** The same of a change, which must be one that can be compared. */
export async function compared(before: Contents, now: Contents, where?: Where): Promise<ComparedWithBase> {
  const found = await lookAt(changed({ ...FILES, ...before }, now), where);
  if (found?.kind !== 'compared') throw new Error(`not compared: ${JSON.stringify(found)}`);
  return found;
}
