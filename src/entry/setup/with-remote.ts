import type { parseRemote } from '../../app/setup/parse-remote.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The variables of a run: on a machine the git remote says which repository, and on which server. */
export function withRemote(env: Variables, remote: ReturnType<typeof parseRemote>): Variables {
  if (remote === undefined || env['GITHUB_REPOSITORY']) return env;
  const api = remote.host === 'github.com' ? {} : { GITHUB_API_URL: `https://${remote.host}/api/v3` };
  return { ...api, ...env, GITHUB_REPOSITORY: `${remote.owner}/${remote.name}` };
}
