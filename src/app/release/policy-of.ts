import type { Config } from '../../config/config-schema.ts';
import type { EnvironmentConfig } from '../../config/environment-schema.ts';
import type { ProbeConfig } from '../../config/probe-schema.ts';
import {
  environmentOf,
  gatesDigest,
  modelOf,
  resolveGates,
  shadowDigest,
} from '../../config/resolve-gates.ts';
import type { Digest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Lane } from '../../core/lane.ts';
import type { Deploy, Policy } from '../../core/policy.ts';
import type { Probe } from '../../core/probe.ts';
import { seen } from '../../core/seen.ts';

const COMMAND_MS = 600_000;
/** A run of a workflow waits for a runner first. */
const WORKFLOW_MS = 1_800_000;
const PROBE_MS = 30_000;

/**
 * What a lane asks for and does by today's config, defaults filled in. An unknown model or environment, a model without `image` and an
 * environment without `tag` are `config` errors that name the missing key.
 */
export function policyOf(config: Config, lane: Lane): Policy {
  const { image } = modelOf(config, lane.model);
  const environment = environmentOf(config, lane.environment);
  const tag = tagOf(environment, lane);
  if (image === undefined) {
    throw missing(
      `models.${lane.model}.image`,
      'the image repository of its releases, e.g. ghcr.io/acme/bank',
    );
  }
  const { after, evidence, control } = environment;
  return {
    image,
    tag,
    after,
    soakMs: environment.soak ?? 0,
    requires: [...new Set(environment.requires ?? ['gate' as const])],
    evidenceAgeMs: evidence?.max_age,
    evidenceFrom: evidence?.from ?? 'anywhere',
    carriesArtifact: environment.carries_artifact ?? false,
    approvals: environment.approvals?.count ?? 0,
    ownApproval: environment.approvals?.own,
    allow: environment.allow === undefined ? undefined : present(environment.allow),
    deploy: deployOf(environment),
    probes: (environment.verify ?? []).map(probeOf),
    control,
    onFailure: environment.on_failure ?? 'hold',
    acceptHold: environment.accept_hold === 'anyone' ? ['anyone'] : (environment.accept_hold ?? []),
  };
}

/**
 * SHA-256 of the gates that a lane asks for now: the `config.gates` of a verdict that was made by this config for this model and
 * environment. Unknown names are `config` errors.
 */
export function gatesDigestOf(config: Config, { model, environment }: Lane): Digest {
  return gatesDigest(resolveGates(config, model, environment));
}

/** The same for a shadow: the `config.gates` of its verdict. */
export function shadowDigestOf(config: Config, { model, environment }: Lane): Digest {
  return shadowDigest(config, model, environment);
}

function tagOf({ tag }: EnvironmentConfig, { model, environment }: Lane): string {
  const key = `environments.${environment}.tag`;
  if (tag === undefined) throw missing(key, 'the tag that says what serves there, e.g. prod');
  if (typeof tag === 'string') return tag;
  const own = Object.hasOwn(tag, model) ? tag[model] : undefined;
  if (own !== undefined) return own;
  throw missing(`${key}.${model}`, 'the tag that says what this model serves there');
}

function missing(key: string, what: string): KnownGoodError {
  return new KnownGoodError('config', `The config has no ${seen(key, 200).slice(1, -1)}. Add it: ${what}.`);
}

function deployOf({ deploy = 'none' }: EnvironmentConfig): Deploy {
  if (deploy === 'none') return { kind: 'none' };
  if ('command' in deploy)
    return { kind: 'command', command: deploy.command, timeoutMs: deploy.timeout ?? COMMAND_MS };
  const { workflow, ref, timeout = WORKFLOW_MS } = deploy;
  return { kind: 'workflow', workflow, ref, timeoutMs: timeout };
}

/** Without the keys that are absent. */
function present<V>(record: Readonly<Record<string, V | undefined>>): Record<string, V> {
  const entries = Object.entries(record).filter((entry): entry is [string, V] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

/** The probe that the config's section means; that it has exactly one of get and post was checked when the config was read. */
function probeOf({ get, post, within = PROBE_MS, status = 200, ...rest }: ProbeConfig): Probe {
  const url = get ?? post;
  if (url === undefined) throw missing('verify', 'every probe asks an address by get or post');
  return { ...rest, method: get === undefined ? 'POST' : 'GET', url, status, withinMs: within };
}
