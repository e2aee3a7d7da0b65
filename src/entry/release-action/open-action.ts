import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createDefaultBranch } from '../../adapters/github/default-branch.ts';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { CONFIG_PATH, type LoadedConfig } from '../../app/gate/request-from-config.ts';
import { configRoot } from '../../app/gate/rooted-model.ts';
import type { ConfigOrigin } from '../../core/config-origin.ts';
import { KnownGoodError, messageChain } from '../../core/errors.ts';
import type { DefaultBranch } from '../../core/forge.ts';
import type { ReleaseContext } from '../cli/release-context.ts';
import type { Host } from '../cli/run-cli.ts';
import { openReleaseWorld } from '../release-ports.ts';
import { loadActionConfig, type ActionConfig } from './action-config.ts';
import type { PlaceInputs } from './action-inputs.ts';
import { readEventFacts, type EventFacts } from './event-facts.ts';
import type { FencedLog } from './fenced-log.ts';
import { gitHubOf, noForge, openForge } from './open-forge.ts';
import { registryCredentials } from './registry-credentials.ts';
import { registryHosts } from './registry-hosts.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** What a step works with: what the command line works with, and what the run says of itself. */
export interface ActionContext extends ReleaseContext {
  event: EventFacts;
  log: FencedLog;
  /** The default branch as a ref. */
  defaultRef(): Promise<string>;
  /** Where the config is from; `undefined` without one. */
  origin(): Promise<ConfigOrigin | undefined>;
}

/** What a step cannot do without. */
export interface ActionNeeds {
  /** Whether the config is looked for on the default branch too, and a wrong one stops the step. */
  config: boolean;
  /** The inputs as they were written: they tell which registry is meant. */
  lane?: string | undefined;
  model?: string | undefined;
}

/** The process around a step. */
export interface ActionHost {
  env: Variables;
  cwd: string;
  log: FencedLog;
  process: Pick<Host, 'on' | 'off' | 'exit'>;
}

/** Opens ledger, registries and config for a step. Only the config may be asked for over the network here, where there is no checkout. */
export async function openAction(
  inputs: PlaceInputs,
  needs: ActionNeeds,
  { env, cwd, log, process }: ActionHost,
): Promise<ActionContext> {
  const { config: path, ledger, 'github-token': token } = inputs;
  const own = withoutInputs(env);
  const event = await readEventFacts(env, nodeFiles);
  const client = gitHubOf(env, token);
  if (client === undefined && ledger === undefined) throw noForge();
  const branch = client === undefined ? undefined : createDefaultBranch(client);
  const found = await findConfig({ path, needs, event, cwd, branch, log });
  const config = found.loaded?.config;
  const progress = (message: string) => log.line(`  ${message}`);
  const world = await openReleaseWorld({
    cwd,
    env: actingAs(own),
    ledger,
    root: configRoot(path ?? CONFIG_PATH),
    hasConfig: existsSync(resolve(cwd, path ?? CONFIG_PATH)),
    notice: (sentence) => log.line(sentence),
    progress,
    credentials: registryCredentials(inputs, { env, token, hosts: registryHosts(config, needs) }),
    ...(client === undefined ? {} : { forge: openForge(client, { env, ledger, progress }) }),
  });
  const host: Host = {
    on: (signal, listener) => process.on?.(signal, listener),
    off: (signal, listener) => process.off?.(signal, listener),
    exit: (code) => process.exit?.(code),
    env: own,
    cwd: () => cwd,
    stdout: { write: (text) => log.page(text) },
    stderr: { write: (text) => log.page(text) },
  };
  return {
    ...world,
    config,
    loaded: found.loaded,
    host,
    values: { config: path, ledger, json: false, quiet: false, 'no-color': true },
    event,
    log,
    defaultRef: async () =>
      event.defaultRef ?? found.ref ?? (await refOf(branch)) ?? world.repository.defaultRef,
    origin: found.origin,
  };
}

/** The config that a step cannot do without; a `config` error says where it was looked for. */
export function neededConfig({ config }: ActionContext): LoadedConfig['config'] {
  if (config !== undefined) return config;
  throw new KnownGoodError(
    'config',
    `There is no config ${JSON.stringify(CONFIG_PATH)}, neither in the checkout nor on the default branch; it says what is asked of a release. known-good init writes one.`,
  );
}

/** The lane that a step cannot do without. */
export function neededLane(lane: string | undefined, command: string): string {
  if (lane !== undefined) return lane;
  throw new KnownGoodError('usage', `Say where to ${command}: the input lane, as MODEL/ENVIRONMENT.`);
}

/** Whether the run is about a pull request: then nothing that it measured counts, and no config of its checkout decides. */
export function isPullRequest({ name }: EventFacts): boolean {
  return name !== undefined && name.startsWith('pull_request');
}

interface ConfigSearch {
  path: string | undefined;
  needs: ActionNeeds;
  event: EventFacts;
  cwd: string;
  branch: DefaultBranch | undefined;
  log: FencedLog;
}

async function findConfig({ path, needs, event, cwd, branch, log }: ConfigSearch): Promise<ActionConfig> {
  const place = { path, isPullRequest: isPullRequest(event), cwd, files: nodeFiles };
  if (needs.config) return loadActionConfig({ ...place, branch });
  try {
    return await loadActionConfig({ ...place, isPullRequest: false, branch: undefined });
  } catch (error) {
    if (!(error instanceof KnownGoodError)) throw error;
    const [what, where] = (messageChain(error)[0] ?? '').split('\n');
    log.line(`The config is not usable, so the policy that the ledger holds serves: ${where ?? what ?? ''}`);
    return { loaded: undefined, ref: undefined, origin: () => Promise.resolve(undefined) };
  }
}

async function refOf(branch: DefaultBranch | undefined): Promise<string | undefined> {
  return branch === undefined ? undefined : (await branch.file(CONFIG_PATH)).ref;
}

/** The variables without our own inputs: a deploy command gets neither our token nor our passwords. */
function withoutInputs(env: Variables): Variables {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('KG_')));
}

/** Who acts is who started this attempt: whoever runs a promotion again promotes, and their own approval is none. */
function actingAs(env: Variables): Variables {
  const again = env['GITHUB_TRIGGERING_ACTOR'] || undefined;
  return again === undefined ? env : { ...env, GITHUB_ACTOR: again };
}
