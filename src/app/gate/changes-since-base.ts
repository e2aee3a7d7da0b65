import type { Config } from '../../config/config-schema.ts';
import type { ModelConfig } from '../../config/model-schema.ts';
import { parseConfig } from '../../config/parse-config.ts';
import { resolveGates } from '../../config/resolve-gates.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import type { Digest } from '../../core/digest.ts';
import { parseDigest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Files, Repository } from '../../core/ports.ts';
import { seen, seenName } from '../../core/seen.ts';
import type { GateChange, SinceBase } from '../../gate/facts.ts';
import type { LoadedConfig } from './request-from-config.ts';

const MOST_BYTES = 2 ** 20;

/** The model and the environment that are gated. */
export interface Judged {
  model: string;
  environment?: string | undefined;
}

/**
 * What the checked-out config demands otherwise than the one at the base commit, and the frozen table of that commit. `undefined`
 * where there is nothing to compare with: no git, no base commit, no config or no such model there.
 */
export async function changesSinceBase(
  { config, path }: LoadedConfig,
  judged: Judged,
  { repository, files }: { repository: Repository; files: Files },
): Promise<SinceBase | undefined> {
  const revision = await repository.baseRevision();
  if (revision === undefined) return undefined;
  const before = await guarded(async () => {
    const text = await withCopy(repository, { revision, path }, (copy) => files.readText(copy, MOST_BYTES));
    return text === undefined ? undefined : parseConfig(text, path);
  });
  if (!before.known) return { revision, gates: before };
  const model = before.value && modelAt(before.value, judged.model);
  if (before.value === undefined || model === undefined) return undefined;
  const table = model.data.frozen?.path;
  const digest =
    table === undefined
      ? undefined
      : await guarded(() => withCopy(repository, { revision, path: table }, (copy) => digestAt(copy, files)));
  return {
    revision,
    gates: known(changesOf(demands(before.value, model, judged), nowOf(config, judged))),
    ...(table === undefined || digest === undefined ? {} : frozenAt(table, digest)),
  };
}

function frozenAt(path: string, digest: Fact<Digest | undefined>): Pick<SinceBase, 'frozen'> {
  if (!digest.known) return { frozen: digest };
  return digest.value === undefined ? {} : { frozen: known({ path, digest: digest.value }) };
}

/** What the world refuses is a fact; a fault of ours is not. */
async function guarded<T>(run: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(await run());
  } catch (error) {
    if (error instanceof KnownGoodError) return unknown(error.message.split('\n')[0] ?? '');
    throw error;
  }
}

/** Reads something of a file as it was; `undefined` when the revision has nothing there. */
async function withCopy<T>(
  repository: Repository,
  { revision, path }: { revision: string; path: string },
  read: (copy: string) => Promise<T>,
): Promise<T | undefined> {
  const copy = await repository.copyAt(revision, path);
  if (copy === undefined) return undefined;
  try {
    return await read(copy.path);
  } finally {
    await copy.remove();
  }
}

/** A pointer of git-LFS (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md) names the digest of the table that it stands for. */
const LFS_POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*?oid (sha256:[0-9a-f]{64})\n/;

async function digestAt(path: string, files: Files): Promise<Digest> {
  const pointer = await files.readText(path, MOST_POINTER_BYTES).catch(() => undefined);
  const oid = pointer === undefined ? undefined : LFS_POINTER.exec(pointer)?.[1];
  return oid === undefined ? files.digest(path) : parseDigest(oid);
}

const MOST_POINTER_BYTES = 1024;

function modelAt(config: Config, name: string): ModelConfig | undefined {
  return Object.hasOwn(config.models, name) ? config.models[name] : undefined;
}

function nowOf(config: Config, judged: Judged): Map<string, unknown> {
  const model = modelAt(config, judged.model);
  return model === undefined ? new Map() : demands(config, model, judged);
}

/** All of a config that decides a verdict, flat: the gates with their defaults, and what they are measured with and on. */
function demands(config: Config, model: ModelConfig, judged: Judged): Map<string, unknown> {
  const environments = config.environments ?? {};
  const { environment: name = '' } = judged;
  const environment = Object.hasOwn(environments, name) ? environments[name] : undefined;
  const { metrics, ...gates } = resolveGates(config, judged.model, environment && name);
  const { task, baseline = 'auto', contract, inputs, outputs, data } = model;
  const predictions = environment && (environment.predictions ?? 'measured');
  const all = { ...metrics, ...gates, task, baseline, predictions, contract, inputs, outputs, tables: data };
  return new Map(leaves(all, []));
}

/** The default of `decide` comes and goes with its metric, and says nothing. */
function leaves(value: unknown, path: readonly string[]): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value === undefined ? [] : [[path.join(' '), value]];
  return Object.entries(value)
    .filter(([key, item]) => key !== 'decide' || item !== 'interval')
    .flatMap(([key, item]) => leaves(item, [...path, seenName(key)]));
}

function changesOf(before: Map<string, unknown>, now: Map<string, unknown>): GateChange[] {
  return [...new Set([...before.keys(), ...now.keys()])]
    .filter((what) => canonicalJson([before.get(what) ?? null]) !== canonicalJson([now.get(what) ?? null]))
    .map((what) => ({ what, before: said(before.get(what)), now: said(now.get(what)) }));
}

function said(value: unknown): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? seenName(value) : seen(value);
}
