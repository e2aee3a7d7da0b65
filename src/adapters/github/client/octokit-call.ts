/** One request, before Octokit makes a URL and a body of it. */
export interface Call {
  method: string;
  /** With places such as `{owner}`, or a whole address. */
  url: string;
  /** Completes "GitHub could not …". */
  doing: string;
  parameters: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, string>> | undefined;
  repeatable: boolean;
  graphql?: boolean;
  maxBytes?: number;
  elsewhere?: boolean;
  patienceMs?: number | undefined;
}

/** The version of the REST API that the routes are written for. */
const API_VERSION = '2022-11-28';

/** Options for Octokit's `request`. The body is a text of our own, so that what is sent is what was given. */
export function octokitCall({ method, url, parameters, headers }: Call) {
  const shared = {
    method: method as 'GET',
    url,
    headers: { 'x-github-api-version': API_VERSION, ...headers },
  };
  const places = [...url.matchAll(/\{\+?(\w+)\}/g)].map((match) => match[1] ?? '');
  const entries = Object.entries(parameters);
  const inUrl = Object.fromEntries(entries.filter(([key]) => places.includes(key)));
  const others = entries.filter(([key]) => !places.includes(key));
  if (others.length === 0) return { ...inUrl, ...shared };
  const rest = Object.fromEntries(others);
  return method === 'GET'
    ? { ...rest, ...inUrl, ...shared }
    : { ...inUrl, ...shared, data: JSON.stringify(rest) };
}
