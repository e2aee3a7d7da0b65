import { KnownGoodError } from '../../../core/errors.ts';
import { seen } from '../../../core/seen.ts';

/** An address of the API without slashes at its end; one that is no http URL is an `input` error. */
export function httpUrl(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, '');
  throw new KnownGoodError(
    'input',
    `${seen(url)} is no address of GitHub's API: write one such as https://api.github.com.`,
  );
}

/** Where GraphQL is: `/api/graphql` beside `/api/v3` of GitHub Enterprise Server, else `/graphql`. */
export function graphqlOf(apiUrl: string): string {
  return apiUrl.endsWith('/api/v3') ? apiUrl.replace(/v3$/, 'graphql') : `${apiUrl}/graphql`;
}
