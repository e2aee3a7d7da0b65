import type { GitHubState } from '../github-state.ts';

/** A user as in every answer. Ids are stable for a login. */
export function userJson(state: GitHubState, login: string): Record<string, unknown> {
  const api = `${state.url}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id: idOf(login),
    node_id: `U_${idOf(login)}`,
    avatar_url: `${state.web}/avatars/${idOf(login)}`,
    gravatar_id: '',
    url: api,
    html_url: `${state.web}/${login.endsWith('[bot]') ? `apps/${login.slice(0, -5)}` : login}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: state.users.get(login)?.type ?? (login.endsWith('[bot]') ? 'Bot' : 'User'),
    site_admin: false,
  };
}

/** The real id of `github-actions[bot]`, and made-up ones for everybody else. */
function idOf(login: string): number {
  if (login === 'github-actions[bot]') return 41_898_282;
  return [...login].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 2_000_000_011, 7);
}
