import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadConfig, CONFIG_PATH, type LoadedConfig } from '../../app/gate/request-from-config.ts';
import { configRoot } from '../../app/gate/rooted-model.ts';
import {
  configuredLanes as lanesByConfig,
  policyIfAny as policyByConfig,
} from '../../app/release/configured-lanes.ts';
import { findLane } from '../../app/release/find-lane.ts';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { KnownGoodError, messageChain } from '../../core/errors.ts';
import type { Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import { visibleText } from '../../report/visible-text.ts';
import { forgeByToken } from './forge-by-token.ts';
import { openReleaseWorld, type ReleaseWorld } from '../release-ports.ts';
import type { SharedValues } from './release-flags.ts';
import type { Host } from './run-cli.ts';

type Config = LoadedConfig['config'];

/** What a command on releases works with. */
export interface ReleaseContext<C extends Config | undefined = Config | undefined> extends ReleaseWorld {
  /** Absent where there is none, or where it is broken and the command does without. */
  config: C;
  /** The file that it was read from. */
  loaded: LoadedConfig | undefined;
  host: Host;
  values: SharedValues;
}

/** Opens ledger, registries and config; a config that is missing or broken stops the command, with what is wrong. */
export async function openWithConfig(values: SharedValues, host: Host): Promise<ReleaseContext<Config>> {
  const loaded = await neededConfig(values.config);
  return { ...(await openWorld(values, host)), config: loaded.config, loaded, host, values };
}

/** Opens ledger and registries; without a usable config it says so on stderr, and what the ledger holds serves. */
export async function openContext(values: SharedValues, host: Host): Promise<ReleaseContext> {
  const loaded = await helpfulConfig(values.config, (sentence) => say(host, sentence));
  return { ...(await openWorld(values, host)), config: loaded?.config, loaded, host, values };
}

/** Opens ledger and registries alone, whatever there is of a config. */
export async function openWithoutConfig(
  values: SharedValues,
  host: Host,
): Promise<ReleaseContext<undefined>> {
  return { ...(await openWorld(values, host)), config: undefined, loaded: undefined, host, values };
}

async function openWorld(values: SharedValues, host: Host): Promise<ReleaseWorld> {
  const progress = (message: string) => {
    if (!values.quiet) say(host, `  ${message}`);
  };
  const forge = await forgeByToken(host, progress);
  return openReleaseWorld({
    cwd: host.cwd(),
    env: host.env,
    ledger: values.ledger,
    root: configRoot(values.config ?? CONFIG_PATH),
    hasConfig: existsSync(resolve(host.cwd(), values.config ?? CONFIG_PATH)),
    notice: (sentence) => say(host, sentence),
    progress,
    quiet: values.quiet,
    ...(forge === undefined ? {} : { forge }),
  });
}

function say(host: Host, sentence: string): void {
  host.stderr.write(`${visibleText(sentence)}\n`);
}

async function neededConfig(path: string | undefined): Promise<LoadedConfig> {
  const config = await loadConfig(path, nodeFiles);
  if (config !== undefined) return config;
  throw new KnownGoodError(
    'config',
    `There is no config ${JSON.stringify(CONFIG_PATH)} here, which says what is asked of a release. Run this at the repository's root, or name it with --config FILE.`,
  );
}

async function helpfulConfig(
  path: string | undefined,
  tell: (sentence: string) => void,
): Promise<LoadedConfig | undefined> {
  try {
    return await loadConfig(path, nodeFiles);
  } catch (error) {
    if (!(error instanceof KnownGoodError)) throw error;
    const [first = ''] = messageChain(error);
    const [what, where] = first.split('\n');
    tell(`The config is not usable, so the policy that the ledger holds serves: ${where ?? what ?? ''}`);
    return undefined;
  }
}

/** The policy of a lane by the config; `undefined` where there is no usable one. */
export function policyIfAny({ config }: ReleaseContext, lane: Lane): Policy | undefined {
  return policyByConfig(config, lane);
}

/** All lanes that the config has a tag and an image for. */
export function configuredLanes({ config }: ReleaseContext): { lane: Lane; policy: Policy }[] {
  return lanesByConfig(config);
}

/** A lane by its name; one that neither config nor ledger knows is a `usage` error that lists what there is. */
export async function laneOf({ config, ports }: ReleaseContext, text: string): Promise<Lane> {
  return findLane({ config, ledger: ports.ledger }, text);
}
