import type { BearerToken, TokenRequest } from './fetch-token.ts';
import { basicHeader, fetchToken } from './fetch-token.ts';
import type { Credential, FoundCredential } from './find-credential.ts';
import type { HttpAnswer } from './http-exchange.ts';
import type { Challenge } from './parse-challenges.ts';
import { parseChallenges } from './parse-challenges.ts';
import type { Redactor } from './redactor.ts';

/** What a request needs: to read, or to write as well. */
export type Actions = 'pull' | 'pull,push';

/** What an authorization works with; `find` is called at most once. */
export interface AuthorizationOptions {
  registry: URL;
  repository: string;
  redactor: Redactor;
  now(): number;
  find(): Promise<FoundCredential>;
  send: TokenRequest['send'];
}

/** A 401: what was asked for with which header, and how many milliseconds there are to do better. */
export interface Refusal {
  answer: HttpAnswer;
  actions: Actions;
  refused: string | undefined;
  timeoutMs: number;
}

interface Using {
  credential: Credential | undefined;
  timeoutMs: number;
}

/**
 * The `Authorization` header for one repository. Nothing is sent before the registry asks. With credentials the first token is asked for
 * with both rights, so that reading and then writing needs one; where that is refused, reading asks again for its own. Many requests
 * that are refused at once renew once.
 */
export class RegistryAuthorization {
  private readonly options: AuthorizationOptions;
  private readonly headers = new Map<Actions, { header: string; until: number }>();
  private readonly renewals = new Map<Actions, Promise<string | undefined>>();
  private credential: FoundCredential | undefined;

  constructor(options: AuthorizationOptions) {
    this.options = options;
  }

  /** The header to send, `undefined` when none is known to be needed. */
  header(actions: Actions): string | undefined {
    const own = this.headers.get(actions) ?? (actions === 'pull' ? this.headers.get('pull,push') : undefined);
    return own !== undefined && this.options.now() < own.until ? own.header : undefined;
  }

  /** A header other than the one that was refused; `undefined` when there is nothing else to try. */
  async renew(refusal: Refusal): Promise<string | undefined> {
    const { actions, refused } = refusal;
    const newer = this.header(actions);
    if (newer !== undefined && newer !== refused) return newer;
    const running = this.renewals.get(actions) ?? this.obtain(refusal);
    this.renewals.set(actions, running);
    const header = await running.finally(() => this.renewals.delete(actions));
    return header === refused ? undefined : header;
  }

  /** Where credentials were looked for, and whose were found; `undefined` before the registry asked. */
  lookup(): { whose: string | undefined; lookedIn: readonly string[] } | undefined {
    if (this.credential === undefined) return undefined;
    const { credential, lookedIn } = this.credential;
    return { whose: credential === undefined ? undefined : whoseOf(credential), lookedIn };
  }

  /** The right that a request needs, as registries write it. */
  scope(actions: Actions): string {
    return `repository:${this.options.repository}:${actions}`;
  }

  private async obtain({ answer, actions, timeoutMs }: Refusal): Promise<string | undefined> {
    const challenges = parseChallenges(answer.headers['www-authenticate'] ?? '');
    const bearer = challenges.find((each) => each.scheme === 'bearer' && each.parameters.has('realm'));
    const basic = challenges.some((each) => each.scheme === 'basic');
    if (bearer === undefined && !basic) return undefined;
    const { credential } = await this.find();
    if (bearer !== undefined) return this.bearer(bearer, actions, { credential, timeoutMs });
    if (credential === undefined || 'identityToken' in credential) return undefined;
    return this.keep('pull,push', basicHeader(credential), undefined);
  }

  private async find(): Promise<FoundCredential> {
    if (this.credential !== undefined) return this.credential;
    const found = await this.options.find();
    if (found.credential !== undefined)
      for (const secret of secretsOf(found.credential)) this.options.redactor.add(secret);
    this.credential = found;
    return found;
  }

  private async bearer(challenge: Challenge, actions: Actions, using: Using): Promise<string | undefined> {
    const wide: Actions = using.credential === undefined ? actions : 'pull,push';
    const token = await this.token(challenge, wide, using);
    if (token !== undefined) return this.keep(wide, `Bearer ${token.token}`, token.holdsMs);
    if (wide === actions) return undefined;
    const narrow = await this.token(challenge, actions, using);
    return narrow === undefined ? undefined : this.keep(actions, `Bearer ${narrow.token}`, narrow.holdsMs);
  }

  private token(
    challenge: Challenge,
    actions: Actions,
    { credential, timeoutMs }: Using,
  ): Promise<BearerToken | undefined> {
    const { registry, redactor, send } = this.options;
    const scope = widen(challenge.parameters.get('scope'), actions) ?? this.scope(actions);
    return fetchToken({ challenge, scope, credential, registry, redactor, send, timeoutMs });
  }

  private keep(actions: Actions, header: string, holdsMs: number | undefined): string {
    const until = holdsMs === undefined ? Number.POSITIVE_INFINITY : this.options.now() + holdsMs;
    this.headers.set(actions, { header, until });
    return header;
  }
}

/** Names that no token looks like; where a service takes its tokens as user names, they are not shown. */
const PLAIN_NAME = /^(?:_json_key(?:_base64)?|[A-Za-z0-9][A-Za-z0-9.@-]{0,38})$/;

/** The owner of a credential, as the beginning of a sentence; never the credential. */
function whoseOf(credential: Credential): string {
  if ('identityToken' in credential) return 'The identity token that was found';
  const { username } = credential;
  return PLAIN_NAME.test(username) ? `The user ${username}` : 'The user whose credentials were found';
}

function secretsOf(credential: Credential): string[] {
  if ('identityToken' in credential) return [credential.identityToken];
  return [credential.password, basicHeader(credential).slice('Basic '.length)];
}

/** The registry's own name for the repository (it may have a prefix), with the rights that we need. */
function widen(scope: string | undefined, actions: Actions): string | undefined {
  const match = /^repository:([^\s]+):([a-z*,]+)$/.exec(scope ?? '');
  return match === null
    ? undefined
    : `repository:${match[1]}:${match[2]?.includes('push') === true ? match[2] : actions}`;
}
