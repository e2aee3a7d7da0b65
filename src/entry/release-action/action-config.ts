import { dirname } from 'node:path';
import { gitRepository } from '../../adapters/git/git-repository.ts';
import { CONFIG_PATH, loadConfig, type LoadedConfig } from '../../app/gate/request-from-config.ts';
import { configOrigin } from '../../app/release/config-origin.ts';
import type { ConfigOrigin } from '../../core/config-origin.ts';
import { digestOf } from '../../core/digest.ts';
import type { DefaultBranch } from '../../core/forge.ts';
import type { Files } from '../../core/ports.ts';

/** The config of a step, and where it is from. */
export interface ActionConfig {
  loaded: LoadedConfig | undefined;
  /** The default branch as a ref, where it was read from there. */
  ref: string | undefined;
  origin(): Promise<ConfigOrigin | undefined>;
}

/** What a config is read by. */
export interface ConfigPlace {
  /** The input `config`. */
  path: string | undefined;
  /** Whether the checkout is a pull request's: then nothing that it says decides. */
  isPullRequest: boolean;
  cwd: string;
  files: Files;
  /** Absent where nothing of the forge is used. */
  branch: DefaultBranch | undefined;
}

/**
 * The checkout's config where there is one, else the default branch's; on pull requests the default branch's alone. None at all is
 * `undefined`; one that is wrong is a `config` error.
 */
export async function loadActionConfig(place: ConfigPlace): Promise<ActionConfig> {
  const { path = CONFIG_PATH, isPullRequest, branch } = place;
  if (branch !== undefined && isPullRequest) return fromBranch(path, branch, place.files);
  const loaded = await fromCheckout(place, path);
  if (loaded.loaded !== undefined || branch === undefined) return loaded;
  return fromBranch(path, branch, place.files);
}

async function fromCheckout(place: ConfigPlace, path: string): Promise<ActionConfig> {
  const isElsewhere = place.branch !== undefined && (await place.files.readText(path, 2 ** 20)) === undefined;
  const loaded = isElsewhere ? undefined : await loadConfig(place.path, place.files);
  const origin = async () =>
    loaded === undefined
      ? undefined
      : configOrigin(gitRepository(place.cwd, undefined, dirname(loaded.path)), loaded);
  return { loaded, ref: undefined, origin };
}

async function fromBranch(path: string, branch: DefaultBranch, files: Files): Promise<ActionConfig> {
  const { text, ref, commit } = await branch.file(path);
  if (text === undefined) return { loaded: undefined, ref, origin: () => Promise.resolve(undefined) };
  const loaded = await loadConfig(path, { ...files, readText: () => Promise.resolve(text) });
  const origin: ConfigOrigin = { digest: digestOf(text), commit, state: 'committed' };
  return { loaded, ref, origin: () => Promise.resolve(origin) };
}
