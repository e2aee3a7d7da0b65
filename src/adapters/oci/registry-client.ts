import type { Timer } from '../../core/ports.ts';
import { connectionError } from './connection-error.ts';
import type { FoundCredential } from './find-credential.ts';
import { followRedirects } from './follow-redirects.ts';
import type { HttpAnswer, HttpRequest, RequestBody, Send } from './http-exchange.ts';
import { TransportFailure } from './http-exchange.ts';
import { Redactor } from './redactor.ts';
import { refusedError } from './refused-error.ts';
import type { Actions } from './registry-authorization.ts';
import { RegistryAuthorization } from './registry-authorization.ts';
import { registryOrigin } from './registry-origin.ts';
import { retryRequests } from './retry-request.ts';

/** Milliseconds for one question and its answer, unless said otherwise. */
export const USUAL_TIMEOUT_MS = 30_000;

/** What a client of one repository needs. `find` looks for credentials when the registry asks for them. */
export interface ClientOptions {
  host: string;
  name: string;
  timer: Timer;
  send: Send;
  find(): Promise<FoundCredential>;
  /** Milliseconds for one question and its answer; 30 s if not said. */
  timeoutMs?: number;
}

/** One question to the registry. */
export interface RegistryRequest {
  method: HttpRequest['method'];
  /** Below `/v2/NAME/`, or whole. */
  at: string | URL;
  actions: Actions;
  /** Completes "could not" in messages. */
  doing: string;
  /** The statuses that are answers; others are errors. */
  expect: readonly number[];
  /** Whether another answer is one as well. */
  accepts?(answer: HttpAnswer): boolean;
  headers?: Readonly<Record<string, string>>;
  body?: RequestBody;
  maxBytes?: number;
  timeoutMs?: number;
  idleMs?: number;
}

/** Asks one repository of one registry: authorization, redirects, retries and sentences for everything that goes wrong. */
export class RegistryClient {
  readonly origin: URL;
  private readonly options: ClientOptions;
  private readonly authorization: RegistryAuthorization;
  private readonly redactor = new Redactor();
  private readonly exchange: Send;
  private date: Date | undefined;
  /** Until the registry has said whether it asks for a token, and that one is here: others wait, and need not be refused as well. */
  private opened: Promise<void> | undefined;

  constructor(options: ClientOptions) {
    this.options = options;
    this.origin = registryOrigin(options.host);
    this.exchange = retryRequests(followRedirects(options.send), options.timer);
    this.authorization = new RegistryAuthorization({
      registry: this.origin,
      repository: options.name,
      redactor: this.redactor,
      now: () => performance.now(),
      find: () => options.find(),
      send: this.exchange,
    });
  }

  /** The time of the registry's last answer by its own clock; `undefined` before the first. */
  serverTime(): Date | undefined {
    return this.date;
  }

  /** Sends a request; an answer of another status than expected is an `unavailable` error. */
  async send(request: RegistryRequest): Promise<HttpAnswer> {
    const { host } = this.options;
    try {
      const answer = await this.authorized(request);
      if (request.expect.includes(answer.status) || request.accepts?.(answer) === true) return answer;
      const { actions, doing } = request;
      const scope = this.authorization.scope(actions);
      const credentials = this.authorization.lookup();
      const asked = { host, repository: this.options.name, actions, doing, scope };
      throw refusedError(answer, { ...asked, credentials, redactor: this.redactor });
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      const uncertain = isManifestWrite(request) && error.code !== 'ECONNREFUSED';
      throw connectionError(error, { host, doing: request.doing, uncertain });
    }
  }

  private async authorized(request: RegistryRequest): Promise<HttpAnswer> {
    if (this.opened !== undefined) {
      await this.opened;
      return this.attempt(request, () => undefined);
    }
    let open = () => undefined as void;
    this.opened = new Promise((resolve) => (open = resolve));
    return this.attempt(request, open).finally(open);
  }

  /** `settled` is called once it is clear which header this repository takes. */
  private async attempt(request: RegistryRequest, settled: () => void): Promise<HttpAnswer> {
    const timeoutMs = request.timeoutMs ?? this.options.timeoutMs ?? USUAL_TIMEOUT_MS;
    const until = performance.now() + timeoutMs;
    const header = this.authorization.header(request.actions);
    const answer = await this.once(request, header, timeoutMs);
    if (answer.status !== 401) return answer;
    const refusal = { answer, actions: request.actions, refused: header };
    const renewed = await this.authorization.renew({
      ...refusal,
      timeoutMs: Math.max(1, until - performance.now()),
    });
    settled();
    return renewed === undefined ? answer : this.once(request, renewed, until - performance.now());
  }

  private async once(
    request: RegistryRequest,
    header: string | undefined,
    timeoutMs: number,
  ): Promise<HttpAnswer> {
    const { method, at, body, idleMs, maxBytes = 2 ** 20 } = request;
    const url = typeof at === 'string' ? new URL(`v2/${this.options.name}/${at}`, this.origin) : at;
    // Uploads may go to another host; our authorization is for the registry alone.
    const own = header !== undefined && url.origin === this.origin.origin ? { authorization: header } : {};
    const headers = { 'user-agent': 'known-good', 'accept-encoding': 'identity', ...request.headers, ...own };
    const answer = await this.exchange(
      { method, url, headers, ...(body === undefined ? {} : { body }) },
      { timeoutMs, maxBytes, ...(idleMs === undefined ? {} : { idleMs }) },
    );
    const date = new Date(answer.headers.date ?? '');
    if (answer.url.origin === this.origin.origin && !Number.isNaN(date.getTime())) this.date = date;
    return answer;
  }
}

function isManifestWrite({ method, at }: RegistryRequest): boolean {
  return method === 'PUT' && typeof at === 'string';
}
