import { Octokit } from '@octokit/rest';
import type * as z from 'zod';
import { KnownGoodError } from '../../../core/errors.ts';
import type { Timer } from '../../../core/ports.ts';
import { seen, seenPath } from '../../../core/seen.ts';
import { TransportFailure } from '../../oci/http-exchange.ts';
import { Redactor } from '../../oci/redactor.ts';
import { jsonOf } from './answer-message.ts';
import { describeFailure, describeGraphqlFailure, describeSurprise } from './describe-failure.ts';
import type { Asked } from './describe-failure.ts';
import { exchange } from './exchange.ts';
import type { RawAnswer } from './exchange.ts';
import type {
  DownloadRequest,
  GitHubAnswer,
  GitHubClient,
  GraphqlRequest,
  RestRequest,
} from './github-client.ts';
import { errorsIn } from './graphql-errors.ts';
import { graphqlOf, httpUrl } from './api-address.ts';
import { octokitCall } from './octokit-call.ts';
import type { Call } from './octokit-call.ts';
import { retryExchange } from './retry-exchange.ts';
import type { Outcome } from './retry-exchange.ts';

/** Where GitHub is, and who asks. */
export interface GitHubOptions {
  token: string;
  /** Without a slash at its end: `https://api.github.com`, or `https://HOST/api/v3`. */
  apiUrl: string;
  /** Found from `apiUrl` when absent. */
  graphqlUrl?: string | undefined;
  /** `owner/name`. */
  repository: string;
  timer: Timer;
  /** The program and its version. */
  userAgent: string;
  /** Milliseconds for one try; 10,000 when absent. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 8 * 2 ** 20;
const HALF_A_SECOND = 500;
const NEWS_MS = 1500;
const REPOSITORY = /^([A-Za-z0-9][\w-]{0,99})\/(?!\.{1,2}$)([\w.-]{1,100})$/;

/** A client for one repository. A repository that is not `owner/name`, or an address that is no http URL, is an `input` error. */
export function createGitHubClient(options: GitHubOptions): GitHubClient {
  const [, owner, repo] = REPOSITORY.exec(options.repository) ?? [];
  if (owner === undefined || repo === undefined)
    throw new KnownGoodError('input', `${seen(options.repository)} is no repository: write owner/name.`);
  const apiUrl = httpUrl(options.apiUrl);
  const graphqlUrl = httpUrl(options.graphqlUrl ?? graphqlOf(apiUrl));
  return new RepositoryClient({ ...options, apiUrl, graphqlUrl }, { owner, repo });
}

class RepositoryClient implements GitHubClient {
  readonly owner: string;
  readonly repo: string;
  aheadMs = 0;
  private readonly options: GitHubOptions & { graphqlUrl: string };
  private readonly octokit: Octokit;
  private readonly redactor = new Redactor();

  constructor(
    options: GitHubOptions & { graphqlUrl: string },
    { owner, repo }: { owner: string; repo: string },
  ) {
    this.owner = owner;
    this.repo = repo;
    this.options = options;
    this.redactor.add(options.token.trim());
    const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };
    this.octokit = new Octokit({
      auth: options.token,
      baseUrl: options.apiUrl,
      userAgent: options.userAgent,
      log: silent,
      request: { log: silent },
    });
  }

  async rest<T>(route: string, request: RestRequest<T>): Promise<GitHubAnswer<T>> {
    const call = this.routed(route, request);
    const answer = await this.ask(call);
    return validated(answer, { data: jsonOf(answer), schema: request.schema, asked: this.asked(call) });
  }

  async graphql<T>(
    query: string,
    { doing, variables = {}, schema }: GraphqlRequest<T>,
  ): Promise<GitHubAnswer<T>> {
    const [, kind, operationName] = /^\s*(query|mutation)\s+(\w+)/.exec(query) ?? [];
    if (kind === undefined) throw new KnownGoodError('internal', 'A GraphQL operation must have a name.');
    const parameters = { query, operationName, variables };
    const url = this.options.graphqlUrl;
    const call = { method: 'POST', url, doing, parameters, repeatable: kind === 'query', graphql: true };
    const answer = await this.ask(call);
    const data = (jsonOf(answer) as { data?: unknown } | undefined)?.data;
    return validated(answer, { data, schema, asked: this.asked(call) });
  }

  async download(
    route: string,
    { maxBytes, ...request }: DownloadRequest,
  ): Promise<GitHubAnswer<Uint8Array>> {
    const answer = await this.ask({ ...this.routed(route, request), maxBytes, elsewhere: true });
    return { ...factsOf(answer), data: answer.body };
  }

  private routed(route: string, request: Omit<RestRequest<unknown>, 'schema'>): Call {
    const [method = '', url = ''] = route.split(' ');
    const { doing, params = {}, headers, repeatable = method === 'GET', patienceMs } = request;
    const own = url.startsWith('/repos/{owner}/{repo}') ? { owner: this.owner, repo: this.repo } : {};
    const parameters = { ...params, ...own };
    if (Object.values(parameters).some((value) => value === '.' || value === '..'))
      throw new KnownGoodError('input', `A dot alone cannot be part of a request: asked to ${doing}.`);
    return { method, url, doing, parameters, headers, repeatable, patienceMs };
  }

  /** An answer with a status of success, and without GraphQL errors. */
  private async ask(call: Call): Promise<RawAnswer> {
    const { timer, timeoutMs = TIMEOUT_MS } = this.options;
    const { repeatable, patienceMs, graphql = false } = call;
    const rules = { timer, timeoutMs, repeatable, patienceMs, graphql };
    const outcome = await retryExchange((limit) => this.once(call, limit), rules);
    return this.accepted(outcome, call);
  }

  private accepted(outcome: Outcome, call: Call): RawAnswer {
    const { answer, waitMs } = outcome;
    const asked = this.asked(call);
    if (answer instanceof TransportFailure || answer.status < 200 || answer.status >= 300)
      throw describeFailure(outcome, asked);
    const errors = call.graphql === true ? errorsIn(answer) : [];
    if (errors.length > 0) throw describeGraphqlFailure({ answer, errors, waitMs }, asked);
    return answer;
  }

  /** Octokit makes the request of a route; the exchange itself is ours, and so is the reading of its answer. */
  private async once(call: Call, timeoutMs: number): Promise<RawAnswer> {
    const { maxBytes = MOST_BYTES, elsewhere = false } = call;
    let outcome: RawAnswer | TransportFailure | undefined;
    const send = async (
      url: string,
      init: { method: string; headers: Record<string, string>; body?: string },
    ) => {
      outcome = await exchange(new URL(url), init, { timeoutMs, maxBytes, elsewhere }).catch(failureOf);
      return new Response(undefined, { status: 204 });
    };
    await this.octokit.request({ ...octokitCall(call), request: { fetch: send } });
    if (outcome !== undefined && !(outcome instanceof TransportFailure)) this.learnClock(outcome);
    if (outcome === undefined || outcome instanceof TransportFailure)
      throw outcome ?? new KnownGoodError('internal', 'A request to GitHub was never sent.');
    return outcome;
  }

  /** What the header says is the second in which the answer was made. */
  private learnClock({ headers }: RawAnswer): void {
    const second = Date.parse(headers.get('date') ?? '');
    const aheadMs = second + HALF_A_SECOND - this.options.timer.now().getTime();
    // What seconds alone explain is no news: a clock that jumps to and fro is worse than one that is a little off.
    if (Math.abs(aheadMs - this.aheadMs) > NEWS_MS) this.aheadMs = aheadMs;
  }

  private asked({ doing, repeatable }: Call): Asked {
    const { timer, repository } = this.options;
    return { doing, repository, isWrite: !repeatable, redactor: this.redactor, now: timer.now() };
  }
}

function failureOf(error: unknown): TransportFailure {
  if (error instanceof TransportFailure) return error;
  throw error;
}

function validated<T>(
  answer: RawAnswer,
  { data, schema, asked }: { data: unknown; schema: z.ZodType<T>; asked: Asked },
): GitHubAnswer<T> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return { ...factsOf(answer), data: parsed.data };
  const where = seenPath(parsed.error.issues[0]?.path ?? []);
  throw describeSurprise(answer, `at ${where}`, asked);
}

function factsOf({ status, headers }: RawAnswer): Omit<GitHubAnswer<unknown>, 'data'> {
  const date = new Date(headers.get('date') ?? '');
  return {
    status,
    headers: Object.fromEntries(headers),
    date: Number.isNaN(date.getTime()) ? undefined : date,
  };
}

function ignore(): void {}
