import { seen, seenName } from '../../core/seen.ts';
import { askCredentialHelper } from './credential-helper.ts';
import type { DockerConfig } from './docker-config.ts';
import { dockerConfigPath, loadDockerConfig } from './docker-config.ts';

/** What proves who we are: a name with a password (or token), or an identity token for the OAuth2 form of the token endpoint. */
export type Credential = { username: string; password: string } | { identityToken: string };

/** Credentials that the caller gives for one registry host; they are sent to no other. */
export type GivenCredential = Credential & { host: string };

/** Where credentials may lie. */
export interface CredentialPlaces {
  given: readonly GivenCredential[];
  /** Looked at last: what serves where nobody configured anything for a host. */
  otherwise?: readonly GivenCredential[];
  env: Readonly<Record<string, string | undefined>>;
  home: string;
}

/** What was found, and every place that was looked at, for messages. */
export interface FoundCredential {
  credential: Credential | undefined;
  lookedIn: readonly string[];
}

/**
 * Looks for the credentials of a registry host: those given, then Docker's configuration (its helpers first, as Docker does), then those that
 * serve otherwise.
 */
export async function findCredential(host: string, places: CredentialPlaces): Promise<FoundCredential> {
  const found = await findConfigured(host, places);
  const fallback = places.otherwise?.find((each) => sameHost(each.host, host));
  return found.credential === undefined && fallback !== undefined
    ? { ...found, credential: fallback }
    : found;
}

async function findConfigured(host: string, places: CredentialPlaces): Promise<FoundCredential> {
  const lookedIn = ['the credentials given'];
  const given = places.given.find((each) => sameHost(each.host, host));
  if (given !== undefined) return { credential: given, lookedIn };
  const path = dockerConfigPath(places.env, places.home);
  const config = await loadDockerConfig(path);
  if (config === undefined)
    return { credential: undefined, lookedIn: [...lookedIn, `${seenName(path)} (not there)`] };
  const helper = entryFor(config.credHelpers, host) ?? config.credsStore;
  if (helper !== undefined && helper !== '') {
    lookedIn.push(`docker-credential-${seen(helper).slice(1, -1)}`);
    const found = await askCredentialHelper({ name: helper, server: serverName(host), env: places.env });
    if (found !== undefined) return { credential: fromHelper(found), lookedIn };
  }
  lookedIn.push(seenName(path));
  return { credential: fromEntry(entryFor(config.auths, host)), lookedIn };
}

function fromHelper({ username, secret }: { username: string; secret: string }): Credential {
  return username === '<token>' ? { identityToken: secret } : { username, password: secret };
}

function fromEntry(entry: DockerConfig['auths'][string] | undefined): Credential | undefined {
  if (entry === undefined) return undefined;
  if (entry.identitytoken !== undefined && entry.identitytoken !== '')
    return { identityToken: entry.identitytoken };
  if (entry.auth !== undefined && entry.auth !== '') {
    const decoded = Buffer.from(entry.auth, 'base64').toString('utf8').replace(/\0+$/, '');
    const colon = decoded.indexOf(':');
    return colon < 0 ? undefined : { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
  }
  const { username, password } = entry;
  return username === undefined || password === undefined ? undefined : { username, password };
}

function entryFor<Entry>(entries: Readonly<Record<string, Entry>>, host: string): Entry | undefined {
  const key = Object.keys(entries).find((each) => sameHost(each, host));
  return key === undefined ? undefined : entries[key];
}

/** Docker calls its Hub by the address of an old API. */
function serverName(host: string): string {
  return host === 'docker.io' ? 'https://index.docker.io/v1/' : host;
}

function sameHost(key: string, host: string): boolean {
  return hostOf(key) === hostOf(host);
}

function hostOf(key: string): string {
  const host = key
    .replace(/^https?:\/\//, '')
    .replace(/\/(?:v[12]\/?)?$/, '')
    .toLowerCase();
  return ['index.docker.io', 'registry-1.docker.io'].includes(host) ? 'docker.io' : host;
}
