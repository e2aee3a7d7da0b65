import { digestOf, type Digest } from '../core/digest.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { KnownGoodError } from '../core/errors.ts';
import type { MetricKey } from '../core/metric.ts';
import { nearestName } from '../core/nearest-name.ts';
import { seen } from '../core/seen.ts';
import type { Config } from './config-schema.ts';
import type { EnvironmentConfig } from './environment-schema.ts';
import type { Gates, MetricGate } from './gates-schema.ts';
import { layOver } from './lay-over.ts';
import type { ModelConfig } from './model-schema.ts';

type Section<K extends keyof Gates> = NonNullable<Gates[K]>;
type With<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };

/** The gates that apply, defaults filled in. Durations in ms, sizes in bytes; an absent limit means: shown only. */
export interface ResolvedGates {
  /** `decide` is always said; `compare` is absent where the champion is compared. */
  metrics: Partial<Record<MetricKey, With<MetricGate, 'decide'>>>;
  slices: With<Section<'slices'>, 'require' | 'min_rows' | 'max_drop'>;
  latency: Section<'latency'>;
  memory: Section<'memory'>;
  throughput: Section<'throughput'>;
  manifest: 'required' | 'optional';
  declared: With<Section<'declared'>, 'required' | 'tolerance'>;
  golden: With<Section<'golden'>, 'required' | 'tolerance'>;
  structure: Section<'structure'>;
  data: Section<'data'>;
  limits: With<Section<'limits'>, 'timeout' | 'memory'>;
}

/** Fills in the defaults of a gates section: what also applies without any config. */
export function withGateDefaults(gates: Gates): ResolvedGates {
  const metrics: ResolvedGates['metrics'] = {};
  for (const [key, gate] of Object.entries(gates.metrics ?? {}) as [MetricKey, MetricGate | undefined][]) {
    if (gate !== undefined) metrics[key] = { ...gate, decide: gate.decide ?? 'interval' };
  }
  const { slices, declared, golden, limits } = gates;
  return {
    metrics,
    slices: {
      require: slices?.require ?? 'shown',
      max_drop: slices?.max_drop ?? {},
      min_rows: slices?.min_rows ?? 50,
    },
    latency: gates.latency ?? {},
    memory: gates.memory ?? {},
    throughput: gates.throughput ?? {},
    manifest: gates.manifest ?? 'optional',
    declared: { required: declared?.required ?? false, tolerance: declared?.tolerance ?? 1e-3 },
    golden: { required: golden?.required ?? false, tolerance: golden?.tolerance ?? 1e-5 },
    structure: gates.structure ?? {},
    data: gates.data ?? {},
    limits: { timeout: limits?.timeout ?? 60_000, memory: limits?.memory ?? 2 * 2 ** 30 },
  };
}

/** The model of that name; an unknown one is a `config` error that lists the known ones. */
export function modelOf(config: Config, name: string): ModelConfig {
  return named('model', name, config.models);
}

/** The environment of that name; an unknown one is a `config` error that lists the known ones. */
export function environmentOf(config: Config, name: string): EnvironmentConfig {
  return named('environment', name, config.environments ?? {});
}

function named<T>(kind: string, name: string, known: Readonly<Record<string, T>>): T {
  const found = Object.hasOwn(known, name) ? known[name] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(known);
  const near = nearestName(name, names);
  const hint = near === undefined ? '' : ` Did you mean ${seen(near)}?`;
  const list = names.length === 0 ? 'none' : names.map((item) => seen(item)).join(', ');
  throw new KnownGoodError('config', `The config has no ${kind} ${seen(name)}; it has: ${list}.${hint}`);
}

/** The gates of a model, in an environment those laid over them, with defaults. Unknown names are `config` errors. */
export function resolveGates(config: Config, model: string, environment?: string): ResolvedGates {
  const own = modelOf(config, model).gates ?? {};
  const over = environment === undefined ? undefined : environmentOf(config, environment).gates?.[model];
  // Both sides came out of the same schema, so what lies over them is of its type too.
  return withGateDefaults(layOver(own, over) as Gates);
}

/** The digest of gates, whatever the order and spelling of their keys was: of their canonical JSON. */
export function gatesDigest(gates: ResolvedGates): Digest {
  return digestOf(canonicalJson(gates));
}

/** The digest of everything in a config that a shadow's verdict depends on: the gates that apply, the shadow section, and what it takes from the model's own keys. */
export function shadowDigest(config: Config, model: string, environment?: string): Digest {
  const { shadow = {}, task, outputs = {}, data } = modelOf(config, model);
  const { train = {}, slices = [] } = data;
  const gates = resolveGates(config, model, environment);
  return digestOf(canonicalJson({ gates, shadow, task, outputs, train, slices }));
}
