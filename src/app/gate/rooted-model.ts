import type { ModelConfig } from '../../config/model-schema.ts';

const USUAL = /^(.*[/\\])?\.github[/\\]known-good\.ya?ml$/;
const ABSOLUTE = /^([/\\]|[A-Za-z]:[/\\])/;

/**
 * The folder that relative paths of a config start at, as a prefix: the one that holds `.github/` for a config at its usual
 * place, else the working folder (`''`).
 */
export function configRoot(path: string): string {
  const prefix = USUAL.exec(path)?.[1] ?? '';
  return prefix === './' ? '' : prefix;
}

/** A path under a root; an absolute one stays. */
export function rootedPath(path: string, root: string): string {
  return ABSOLUTE.test(path) ? path : root + path;
}

/** The model with its relative paths under a root; absolute ones stay. A root of `''` changes nothing. */
export function rootedModel(model: ModelConfig, root: string): ModelConfig {
  if (root === '') return model;
  const at = (path: string) => rootedPath(path, root);
  const { artifact, contract, baseline } = model;
  return {
    ...model,
    ...(artifact === undefined ? {} : { artifact: at(artifact) }),
    ...(typeof contract?.features === 'string'
      ? { contract: { ...contract, features: at(contract.features) } }
      : {}),
    ...(typeof baseline === 'object' && 'path' in baseline ? { baseline: { path: at(baseline.path) } } : {}),
    data: rootedData(model.data, at),
  };
}

function rootedData(data: ModelConfig['data'], at: (path: string) => string): ModelConfig['data'] {
  const { test, frozen, train, predictions } = data;
  return {
    ...data,
    ...(test === undefined ? {} : { test: rootedTable(test, at) }),
    ...(frozen === undefined ? {} : { frozen: rootedTable(frozen, at) }),
    ...(train === undefined ? {} : { train: { ...train, path: at(train.path) } }),
    ...(predictions === undefined ? {} : { predictions: { ...predictions, path: at(predictions.path) } }),
  };
}

type Evaluated = NonNullable<ModelConfig['data']['test']>;

function rootedTable(table: Evaluated, at: (path: string) => string): Evaluated {
  const { path, join } = table;
  const joined = typeof join === 'object' ? { ...join, path: at(join.path) } : join && at(join);
  return { ...table, path: at(path), ...(joined === undefined ? {} : { join: joined }) };
}
