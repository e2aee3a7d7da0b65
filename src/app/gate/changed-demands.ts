import { canonicalJson } from '../../core/canonical-json.ts';
import { seen, seenName } from '../../core/seen.ts';
import type { Config } from '../../config/config-schema.ts';
import type { ModelConfig } from '../../config/model-schema.ts';
import { resolveGates } from '../../config/resolve-gates.ts';
import type { GateChange } from '../../gate/facts.ts';

/** The model and the environment that are gated. */
export interface Judged {
  model: string;
  environment?: string | undefined;
}

/** The model of a config by its name; `undefined` where it has none. */
export function modelAt(config: Config, name: string): ModelConfig | undefined {
  return Object.hasOwn(config.models, name) ? config.models[name] : undefined;
}

/** What one config demands otherwise than an earlier one, key by key; both have the model. */
export function changedDemands(before: Config, now: Config, judged: Judged): GateChange[] {
  const [was, is] = [before, now].map((config) => demandsOf(config, judged));
  const asking = changesOf(was?.asked, is?.asked).map((change): GateChange => ({ ...change, asking: true }));
  return [...changesOf(was?.good, is?.good), ...asking, ...renamed(before, now, judged)];
}

/** An environment that came where another one went is judged by gates of its own. */
function renamed(before: Config, now: Config, { environment }: Judged): GateChange[] {
  const [earlier, later] = [before, now].map((config) => Object.keys(config.environments ?? {}));
  const gone = (earlier ?? []).filter((name) => later?.includes(name) === false);
  if (environment === undefined || earlier?.includes(environment) !== false || gone.length === 0) return [];
  return [
    {
      what: 'environment',
      before: gone.map((name) => seenName(name)).join(', '),
      now: seenName(environment),
      asking: true,
    },
  ];
}

/** Flat: what is good enough, and how the model is asked and on what. */
interface Demands {
  good: Map<string, unknown>;
  asked: Map<string, unknown>;
}

/** All of a config that decides a verdict: the gates with their defaults, and what they are measured with and on. */
function demandsOf(config: Config, judged: Judged): Demands | undefined {
  const model = modelAt(config, judged.model);
  if (model === undefined) return undefined;
  const environments = config.environments ?? {};
  const { environment: name = '' } = judged;
  const environment = Object.hasOwn(environments, name) ? environments[name] : undefined;
  const { metrics, ...gates } = resolveGates(config, judged.model, environment && name);
  const { task, baseline = 'auto', contract, inputs, outputs, artifact } = model;
  const { slices, ...tables } = model.data;
  // An environment that is not there yet would have asked for the default.
  const predictions = name === '' ? undefined : (environment?.predictions ?? 'measured');
  const answers = artifact === undefined ? 'predicted elsewhere' : 'by the model';
  return {
    good: flat({ ...metrics, ...gates, baseline, predictions, tables: { slices } }),
    asked: flat({ task, answers, contract, inputs, outputs, tables }),
  };
}

function flat(demands: object): Map<string, unknown> {
  return new Map(leaves(demands, []));
}

/** The default of `decide` comes and goes with its metric, and says nothing. */
function leaves(value: unknown, path: readonly string[]): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value === undefined ? [] : [[path.join(' '), value]];
  return Object.entries(value)
    .filter(([key, item]) => key !== 'decide' || item !== 'interval')
    .flatMap(([key, item]) => leaves(item, [...path, seenName(key)]));
}

function changesOf(
  before: ReadonlyMap<string, unknown> = new Map(),
  now: ReadonlyMap<string, unknown> = new Map(),
): GateChange[] {
  return [...new Set([...before.keys(), ...now.keys()])]
    .filter((what) => canonicalJson([before.get(what) ?? null]) !== canonicalJson([now.get(what) ?? null]))
    .map((what) => ({ what, before: said(before.get(what)), now: said(now.get(what)) }));
}

function said(value: unknown): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? seenName(value) : seen(value);
}
