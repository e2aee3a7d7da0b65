import type { parseRemote } from '../../app/setup/parse-remote.ts';

type Variables = Readonly<Record<string, string | undefined>>;
type Remote = NonNullable<ReturnType<typeof parseRemote>>;

/** Where a token may go: to the GitHub that these variables name, or nowhere, as nobody named the host of this remote. */
export type TokenGoes = { kind: 'there'; env: Variables } | { kind: 'nowhere'; remote: Remote };

const GITHUB: readonly string[] = ['github.com', 'ssh.github.com'];
/** GitHub Enterprise Cloud with data residency: one name for each enterprise. */
const TENANT = /^[a-z0-9-]+\.ghe\.com$/;

/**
 * The variables of a run: on a machine the git remote says which repository, and on which server. Whoever wrote a remote's address is not
 * who gave the token: beside GitHub's own hosts it goes only to a host that GITHUB_API_URL, GITHUB_SERVER_URL or GH_HOST names. A
 * GITHUB_API_URL is where the API is, whatever the host; with GITHUB_REPOSITORY the remote is not looked at.
 */
export function withRemote(env: Variables, remote: Remote | undefined): TokenGoes {
  if (remote === undefined || env['GITHUB_REPOSITORY']) return { kind: 'there', env };
  const api = apiAt(remote.host, env);
  if (api === undefined) return { kind: 'nowhere', remote };
  const repository = `${remote.owner}/${remote.name}`;
  return {
    kind: 'there',
    env: { ...env, GITHUB_API_URL: env['GITHUB_API_URL'] || api, GITHUB_REPOSITORY: repository },
  };
}

function apiAt(host: string, env: Variables): string | undefined {
  if (GITHUB.includes(host)) return 'https://api.github.com';
  if (TENANT.test(host)) return `https://api.${host}`;
  const named = [env['GITHUB_API_URL'], env['GITHUB_SERVER_URL'], `https://${env['GH_HOST'] ?? ''}`];
  const url = named.map(webUrl).find((each) => each?.hostname === host);
  return url === undefined ? undefined : `${url.origin}/api/v3`;
}

function webUrl(address: string | undefined): URL | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return /^https?:$/.test(url.protocol) ? url : undefined;
}
