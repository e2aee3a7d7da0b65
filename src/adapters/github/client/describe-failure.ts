import { seen } from '../../../core/seen.ts';
import { TransportFailure } from '../../oci/http-exchange.ts';
import type { Redactor } from '../../oci/redactor.ts';
import { acceptedPermissions } from './accepted-permissions.ts';
import { messageIn } from './answer-message.ts';
import type { RawAnswer } from './exchange.ts';
import { GitHubError } from './github-error.ts';
import type { GraphqlFault } from './graphql-errors.ts';
import { isServerFault } from './graphql-errors.ts';
import type { Outcome } from './retry-exchange.ts';
import { neverSent } from './retry-exchange.ts';

/** What was asked, for the sentence. */
export interface Asked {
  /** Completes "GitHub could not …". */
  doing: string;
  /** `owner/name`. */
  repository: string;
  /** Doing it twice may do harm: what may have happened must be said. */
  isWrite: boolean;
  redactor: Redactor;
  now: Date;
}

const UNCERTAIN = ' It may or may not have been done: look before trying again.';

/** The error for an exchange that did not bring what was asked for: no answer, or a status that is no success. */
export function describeFailure({ answer, waitMs }: Outcome, asked: Asked): GitHubError {
  if (answer instanceof TransportFailure) return noAnswer(answer, asked);
  const said = saidBy(answer, asked.redactor);
  const mayHaveHappened = asked.isWrite && (answer.status >= 500 || answer.status === 408);
  if (waitMs !== undefined) return limited(answer, { said, waitMs }, asked);
  return new GitHubError(
    `GitHub could not ${whatOf(asked)}: it answered ${answer.status}, saying ${said}. ${whatToDo(answer)}${mayHaveHappened ? UNCERTAIN : ''}`,
    { status: answer.status, mayHaveHappened, said },
  );
}

/** The error for a GraphQL answer that holds errors. `waitMs` where they are a rate limit. */
export function describeGraphqlFailure(
  {
    answer,
    errors,
    waitMs,
  }: { answer: RawAnswer; errors: readonly GraphqlFault[]; waitMs?: number | undefined },
  asked: Asked,
): GitHubError {
  const kinds = errors.flatMap(({ type }) => type ?? []);
  const said = seen(asked.redactor.redact(errors.map(({ message }) => message).join('; ')), 300);
  if (waitMs !== undefined) return limited(answer, { said, waitMs, kinds }, asked);
  const mayHaveHappened =
    asked.isWrite && errors.some((error) => error.type === undefined || isServerFault(error));
  const kind = kinds[0] === undefined ? '' : ` (${seen(kinds[0], 40).slice(1, -1)})`;
  return new GitHubError(
    `GitHub could not ${whatOf(asked)}: it said ${said}${kind}. ${graphqlAdvice(kinds)}${mayHaveHappened ? UNCERTAIN : ''}`,
    { status: answer.status, mayHaveHappened, kinds, said },
  );
}

/** The error for a success that is not what it should be; a write that got one was done. */
export function describeSurprise(answer: RawAnswer, where: string, asked: Asked): GitHubError {
  const html = (answer.headers.get('content-type') ?? '').includes('html');
  const what = html ? 'an HTML page' : `something else than it should (${where})`;
  return new GitHubError(
    `GitHub could not ${whatOf(asked)}: it answered ${answer.status} with ${what}. A proxy may be in between, or the server is too old or too new; see whether the API's address is right.${asked.isWrite ? UNCERTAIN : ''}`,
    { status: answer.status, mayHaveHappened: asked.isWrite },
  );
}

function whatOf({ doing, repository }: Asked): string {
  return `${doing} in ${repository}`;
}

function saidBy(answer: RawAnswer, redactor: Redactor): string {
  const message = redactor.redact(messageIn(answer)).trim();
  return message === '' ? 'nothing' : seen(message, 300);
}

function limited(
  { status }: RawAnswer,
  { said, waitMs, kinds = [] }: { said: string; waitMs: number; kinds?: readonly string[] },
  asked: Asked,
): GitHubError {
  const retryAt = new Date(asked.now.getTime() + waitMs);
  const at = Number.isNaN(retryAt.getTime())
    ? 'later'
    : `after ${retryAt.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return new GitHubError(
    `GitHub could not ${whatOf(asked)}: it limits how often it may be asked (${status}, saying ${said}). Nothing was done by this request. Try again ${at}.`,
    { status, mayHaveHappened: false, kinds, said, retryAt },
  );
}

function noAnswer(failure: TransportFailure, asked: Asked): GitHubError {
  const mayHaveHappened = asked.isWrite && !neverSent(failure);
  return new GitHubError(
    `GitHub could not ${whatOf(asked)}: ${asked.redactor.redact(reasonOf(failure))}.${mayHaveHappened ? UNCERTAIN : ''}`,
    { mayHaveHappened, cause: failure },
  );
}

const HINTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Check the address of the API',
  ENOTFOUND: 'there is no such host. Check the address of the API',
  EAI_AGAIN: 'its name cannot be looked up now. Check the network and DNS',
  EPROTO: 'it does not speak TLS. Check the address of the API',
};
const UNTRUSTED =
  'its certificate is not trusted. If the server has a certificate of your own authority, name that file in NODE_EXTRA_CA_CERTS';

function reasonOf({ kind, code, message }: TransportFailure): string {
  if (kind === 'redirect') return `${message}. Check the address of the API and the name of the repository`;
  if (kind === 'too-large') return `its answer is too large (${message})`;
  if (kind !== 'connection') return `${message}. Check network and githubstatus.com, and run it again`;
  if (code === undefined) return 'the connection failed';
  const hint = HINTS[code] ?? (/CERT|SIGN|ISSUER/.test(code) ? UNTRUSTED : undefined);
  return hint === undefined ? `the connection failed (${code}). Run it again` : `${hint} (${code})`;
}

function whatToDo(answer: RawAnswer): string {
  const { status } = answer;
  if (status === 401)
    return 'The token is missing, wrong or expired: pass the job a fresh one (GH_TOKEN: github.token).';
  if (status === 403) {
    const needed = acceptedPermissions(answer.headers.get('x-accepted-github-permissions'));
    return needed === undefined
      ? 'The token may not do this: look at the permissions of the workflow, or of the token.'
      : `The token may not do this: put ${needed} into the workflow's permissions.`;
  }
  if (status === 404)
    return 'It is not there, or the token may not see it: look at its name, and at the permissions of the workflow.';
  if (status === 422)
    return 'What was sent does not fit what is there: look at the names of branches, commits and files.';
  if (status >= 500) return 'GitHub is in trouble: look at githubstatus.com, and run it again.';
  return 'Run it again; if it stays, look at the settings of the repository.';
}

function graphqlAdvice(kinds: readonly string[]): string {
  if (kinds.includes('FORBIDDEN') || kinds.includes('INSUFFICIENT_SCOPES'))
    return "The token may not do this: look at the workflow's permissions, and at the rules of the branch.";
  if (kinds.includes('NOT_FOUND'))
    return 'It is not there, or the token may not see it: look at its name, and at the permissions of the workflow.';
  if (kinds.some((kind) => /RULE|PROTECT/.test(kind)))
    return "A rule of the repository forbids it: let the workflow's token past the rule, for this branch.";
  return kinds.length === 0
    ? 'GitHub is in trouble: look at githubstatus.com, and run it again.'
    : 'Run it again; if it stays, look at the rules of the branch.';
}
