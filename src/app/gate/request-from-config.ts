import { digestOf } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { parseStrictJson } from '../../core/json.ts';
import type { Files } from '../../core/ports.ts';
import type { Config } from '../../config/config-schema.ts';
import { contractFeatures, splitPointer } from '../../config/contract-features.ts';
import type { ModelConfig } from '../../config/model-schema.ts';
import { parseConfig } from '../../config/parse-config.ts';
import { environmentOf, gatesDigest, modelOf, resolveGates } from '../../config/resolve-gates.ts';
import { listNames } from '../../verdict/sentences.ts';
import type { DataRequest, GateRequest, SliceRequest } from './gate-request.ts';
import { configRoot, rootedModel } from './rooted-model.ts';
import { settingsFrom } from './settings-from.ts';

/** Where the config is looked for when nobody says. */
export const CONFIG_PATH = '.github/known-good.yml';
const MOST_BYTES = 2 ** 20;

/** A config that was read: its text's digest goes into the verdict. */
export interface LoadedConfig {
  path: string;
  text: string;
  config: Config;
}

/** Reads and parses the config; `undefined` when the default one does not exist. */
export async function loadConfig(path: string | undefined, files: Files): Promise<LoadedConfig | undefined> {
  const where = path ?? CONFIG_PATH;
  const text = await files.readText(where, MOST_BYTES);
  if (text !== undefined) return { path: where, text, config: parseConfig(text, where) };
  if (path === undefined) return undefined;
  throw new KnownGoodError('config', `There is no config ${JSON.stringify(path)}.`);
}

/** What the command line adds to the config. */
export interface ConfigOverrides {
  model?: string;
  environment?: string;
  /** Replaces the config's artifact. */
  artifact?: string;
  /** The config whose gates and slices judge, where it is not this one: the base branch's. It has the model. */
  judge?: Config;
}

/** The model that is meant: the named one, else the only one. */
export function chooseModel(config: Config, name: string | undefined): { name: string; model: ModelConfig } {
  const names = Object.keys(config.models);
  const chosen = name ?? (names.length === 1 ? names[0] : undefined);
  if (chosen !== undefined) return { name: chosen, model: modelOf(config, chosen) };
  throw new KnownGoodError(
    'usage',
    `The config has ${names.length} models (${listNames(names)}). Say which one: --model NAME.`,
  );
}

/** The request of a configured model, its paths under the config's root, without its champion (see `findChampion`). */
export async function requestFromConfig(
  loaded: LoadedConfig,
  overrides: ConfigOverrides,
  files: Files,
): Promise<GateRequest> {
  const { config } = loaded;
  const { name, model: written } = chooseModel(config, overrides.model);
  const model = rootedModel(written, configRoot(loaded.path));
  if (overrides.environment !== undefined) environmentOf(config, overrides.environment);
  const demands = demandsOf(overrides.judge ?? config, name, overrides.environment);
  const artifact = overrides.artifact ?? model.artifact;
  const predictions = artifact === undefined ? model.data.predictions : undefined;
  if (artifact === undefined && predictions === undefined)
    throw new KnownGoodError(
      'config',
      `The model ${JSON.stringify(name)} has neither an artifact nor data.predictions; there is nothing to gate.`,
    );
  if (predictions === undefined && model.data.test === undefined)
    throw new KnownGoodError(
      'config',
      `The model ${JSON.stringify(name)} has no data.test; there is nothing to measure it on.`,
    );
  const features = await featuresOf(model, files);
  return {
    model: name,
    ...(overrides.environment === undefined ? {} : { environment: overrides.environment }),
    task: model.task,
    ...(artifact === undefined
      ? {}
      : { challenger: { path: artifact, ...(model.model === undefined ? {} : { modelFile: model.model }) } }),
    ...(predictions === undefined ? {} : { predictions: dropUndefined(predictions) }),
    ...(features === undefined ? {} : { features }),
    ...typesOf(model, features),
    inputs: inputsOf(model, features),
    outputs: outputsOf(model),
    data: dataOf(model),
    ...(model.data.train === undefined ? {} : { train: dropUndefined(model.data.train) }),
    slices: demands.slices,
    settings: settingsFrom(demands.gates, {
      missing: model.contract?.missing,
      predictions: demands.predictions,
    }),
    defaultGates: Object.keys(demands.gates.metrics).length === 0,
    config: { path: loaded.path, sha256: digestOf(loaded.text), gates: gatesDigest(demands.gates) },
  };
}

/** What a config calls good enough. An environment that it does not have asks for what the model does, of models that are run. */
function demandsOf(config: Config, name: string, environment: string | undefined) {
  const environments = config.environments ?? {};
  const known = environment !== undefined && Object.hasOwn(environments, environment);
  const policy = known ? environments[environment]?.predictions : undefined;
  return {
    gates: resolveGates(config, name, known ? environment : undefined),
    predictions: environment === undefined ? 'any' : (policy ?? 'measured'),
    slices: (modelOf(config, name).data.slices ?? []).map((slice): SliceRequest =>
      typeof slice === 'string' ? { column: slice } : slice,
    ),
  } as const;
}

async function featuresOf(model: ModelConfig, files: Files): Promise<readonly string[] | undefined> {
  const features = model.contract?.features;
  return typeof features === 'string' ? readFeatures(features, files) : features;
}

/** The names of a features document: `path`, or `path#/key`. */
export async function readFeatures(reference: string, files: Files): Promise<readonly string[]> {
  const { path, pointer } = splitPointer(reference);
  const text = await files.readText(path, MOST_BYTES);
  if (text === undefined)
    throw new KnownGoodError(
      'config',
      `The contract names ${JSON.stringify(path)}, and there is no such file.`,
    );
  return contractFeatures(parseStrictJson(text, { name: path, maxBytes: MOST_BYTES }), path, pointer);
}

/** The contract's types; one for a feature that the contract does not list is a `config` error. */
function typesOf(model: ModelConfig, features: readonly string[] | undefined): Pick<GateRequest, 'types'> {
  const types = model.contract?.types;
  if (types === undefined) return {};
  const stranger = Object.keys(types).find((name) => features?.includes(name) !== true);
  if (stranger === undefined) return { types };
  throw new KnownGoodError(
    'config',
    `contract.types names ${JSON.stringify(stranger)}, which is not among the contract's features. Correct the name.`,
  );
}

/** The columns of each input that the config names; `contract` stands for all features. */
function inputsOf(
  model: ModelConfig,
  features: readonly string[] | undefined,
): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(model.inputs ?? {}).flatMap(([name, { columns }]) => {
      const own = columns === 'contract' ? features : columns;
      return own === undefined ? [] : [[name, own]];
    }),
  );
}

function outputsOf({ outputs = {} }: ModelConfig): GateRequest['outputs'] {
  const { positive, classes, ...others } = outputs;
  return {
    ...dropUndefined(others),
    ...(positive === undefined ? {} : { positive: String(positive) }),
    ...(classes === undefined ? {} : { classes: classes.map(String) }),
  };
}

function dataOf({ data }: ModelConfig): DataRequest[] {
  return (['test', 'frozen'] as const).flatMap((role) => {
    const table = data[role];
    if (table === undefined) return [];
    const { join, ...others } = dropUndefined(table);
    const joined = typeof join === 'string' ? { path: join } : join;
    const joinId = joined?.id ?? table.id;
    return [
      {
        role,
        ...others,
        ...(joined === undefined || joinId === undefined ? {} : { join: { path: joined.path, id: joinId } }),
      },
    ];
  });
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** zod's optional keys may hold `undefined`; ours are absent then. */
function dropUndefined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
