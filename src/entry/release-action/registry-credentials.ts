import { KnownGoodError } from '../../core/errors.ts';
import type { RegistryCredentials } from '../release-ports.ts';
import type { PlaceInputs } from './action-inputs.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const GITHUB = 'https://github.com';
const PACKAGES = 'ghcr.io';

/**
 * The inputs' name and password for the one host that they are for; and for GitHub's packages, the run's actor and token, which no other host
 * gets. `hosts`: where the images of the config are; where there are none, the first registry that is opened is meant, so that a rollback
 * needs no config; `undefined` where many lanes are served and no config is read before, so that the inputs alone say whose the pair is.
 * Half a pair, and a pair that might be for several hosts, are `usage` errors.
 */
export function registryCredentials(
  inputs: PlaceInputs,
  { env, token, hosts }: { env: Variables; token: string | undefined; hosts: readonly string[] | undefined },
): RegistryCredentials {
  const { registry, 'registry-username': username, 'registry-password': password } = inputs;
  const actor = env['GITHUB_ACTOR'] || undefined;
  const isGitHub = (env['GITHUB_SERVER_URL'] ?? GITHUB) === GITHUB;
  const otherwise =
    token !== undefined && actor !== undefined && isGitHub
      ? [{ host: PACKAGES, username: actor, password: token }]
      : [];
  if (username === undefined && password === undefined) return { given: [], otherwise };
  if (username === undefined || password === undefined)
    throw usage(
      `registry-${username === undefined ? 'username' : 'password'} is empty: give both, or neither.`,
    );
  if (registry === undefined && hosts === undefined) throw nobodysPair();
  const all = [...new Set(hosts)];
  const [only] = all;
  const host = registry ?? (all.length === 1 ? only : undefined);
  if (host !== undefined) return { given: [{ host, username, password }], otherwise };
  if (all.length === 0) return { given: [], otherwise, first: { username, password } };
  throw usage(
    `Which registry are registry-username and registry-password for? The images are at ${all.join(', ')}. Name it by the input registry.`,
  );
}

function nobodysPair(): KnownGoodError {
  return usage(
    'registry-username and registry-password are given, and nothing says which registry they are for; no other may see them. Add the input registry beside them, with its host: registry: registry.example.com',
  );
}

function usage(message: string): KnownGoodError {
  return new KnownGoodError('usage', message);
}
