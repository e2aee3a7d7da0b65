import * as z from 'zod';
import { KnownGoodError } from '../../core/errors.ts';
import { seen } from '../../core/seen.ts';
import { answerText } from './answer-text.ts';
import type { Credential } from './find-credential.ts';
import type { ExchangeLimits, HttpAnswer, HttpRequest } from './http-exchange.ts';
import type { Challenge } from './parse-challenges.ts';
import type { Redactor } from './redactor.ts';
import { mayLeadTo } from './registry-origin.ts';

const MOST_BYTES = 2 ** 20;
const schema = z.object({
  token: z.string().optional(),
  access_token: z.string().optional(),
  expires_in: z.number().nonnegative().nullish(),
});

/** What a token is asked for. `send` retries what may be retried, and never takes credentials along a redirect. */
export interface TokenRequest {
  challenge: Challenge;
  scope: string;
  credential: Credential | undefined;
  registry: URL;
  timeoutMs: number;
  redactor: Redactor;
  send(request: HttpRequest, limits: ExchangeLimits): Promise<HttpAnswer>;
}

/** A bearer token, and for how many milliseconds it holds where the server said so. */
export interface BearerToken {
  token: string;
  holdsMs: number | undefined;
}

/**
 * Gets a bearer token from the realm that a challenge names; `undefined` when that refuses (401 or 403). An identity token goes by POST
 * (OAuth2 refresh token grant), a password by Basic, nothing otherwise. A realm that is not https (or on this machine, for a registry on
 * this machine) is refused: the token would be read on the way. Source: distribution "Token Authentication", "OAuth2 Token Authentication".
 */
export async function fetchToken(request: TokenRequest): Promise<BearerToken | undefined> {
  const realm = realmOf(request);
  const limits = { timeoutMs: request.timeoutMs, maxBytes: MOST_BYTES };
  const answer = await request.send(tokenExchange(request, realm), limits);
  if (answer.status === 401 || answer.status === 403) return undefined;
  const parsed = answer.status === 200 ? schema.safeParse(tryParse(answer.body)) : undefined;
  const token = parsed?.data?.token ?? parsed?.data?.access_token;
  if (token === undefined || !/^[\x21-\x7e]{1,65536}$/.test(token)) throw noToken(answer, realm, request);
  request.redactor.add(token);
  const seconds = parsed?.data?.expires_in ?? undefined;
  return { token, holdsMs: seconds === undefined ? undefined : seconds * 1000 };
}

function realmOf({ challenge, registry }: TokenRequest): URL {
  const text = challenge.parameters.get('realm') ?? '';
  const realm = URL.canParse(text) ? new URL(text) : undefined;
  if (realm !== undefined && mayLeadTo(registry, realm)) return realm;
  throw new KnownGoodError(
    'unavailable',
    `The registry ${registry.host} sends us for a token to ${seen(text.replace(/[?#][^]*/, ''), 200)}, which is not safe: ` +
      'only https is, or this machine for a registry on this machine. Nothing was sent there.',
  );
}

function tokenExchange({ challenge, scope, credential }: TokenRequest, realm: URL): HttpRequest {
  const service = challenge.parameters.get('service');
  const asked = { ...(service === undefined ? {} : { service }), scope };
  if (credential !== undefined && 'identityToken' in credential) {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: credential.identityToken,
      client_id: 'known-good',
      ...asked,
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    return {
      method: 'POST',
      url: realm,
      headers,
      body: { bytes: new TextEncoder().encode(form.toString()) },
    };
  }
  const url = new URL(realm);
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  const headers = { accept: 'application/json' };
  if (credential === undefined) return { method: 'GET', url, headers };
  url.searchParams.set('account', credential.username);
  return { method: 'GET', url, headers: { ...headers, authorization: basicHeader(credential) } };
}

/** The `Authorization` header of RFC 7617. */
export function basicHeader({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function tryParse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function noToken(answer: HttpAnswer, realm: URL, { redactor }: TokenRequest): KnownGoodError {
  const said = answer.status === 200 ? 'an answer without a token' : answerText(answer, redactor);
  return new KnownGoodError(
    'unavailable',
    `The token server ${realm.host} gave no token: it answered ${answer.status}, saying ${said}. Try again later, or check the registry.`,
  );
}
