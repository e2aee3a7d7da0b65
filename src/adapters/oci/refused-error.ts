import { KnownGoodError } from '../../core/errors.ts';
import { seen } from '../../core/seen.ts';
import { answerText } from './answer-text.ts';
import type { HttpAnswer } from './http-exchange.ts';
import { immutableTagAdvice } from './immutable-tag.ts';
import type { Redactor } from './redactor.ts';
import type { Actions } from './registry-authorization.ts';

/** What was asked, for the sentence. `doing` completes "could not"; `scope` is the right that it needs, as registries write it. */
export interface Refused {
  host: string;
  repository: string;
  actions: Actions;
  doing: string;
  scope: string;
  /** Where credentials were looked for, and whose there were, as the beginning of a sentence; `undefined` when nothing asked for them. */
  credentials: { whose: string | undefined; lookedIn: readonly string[] } | undefined;
  redactor: Redactor;
}

/** The sentence for an answer that is no success, by its status. */
export function refusedError(answer: HttpAnswer, refused: Refused): KnownGoodError {
  const host = seen(refused.host, 200).slice(1, -1);
  const said = answerText(answer, refused.redactor);
  const advice = immutableTagAdvice(answer, refused.host);
  const todo =
    advice === undefined
      ? whatToDo(answer.status, refused)
      : `The registry does not let this tag move. ${advice}.`;
  return new KnownGoodError(
    'unavailable',
    `The registry ${host} could not ${refused.doing}: it answered ${answer.status}, saying ${said}. ${todo}`,
  );
}

function whatToDo(status: number, refused: Refused): string {
  if (status === 401 || status === 403) return permission(refused);
  if (status === 429) return 'It limits how often it may be asked. Wait, or log in for a higher limit.';
  if (status === 404) return 'Check the name of the repository in the config.';
  if (status === 413) return 'It takes no manifests or layers of this size; raise its limit.';
  if (status >= 500) return 'The registry is in trouble; try again later.';
  if (status >= 300 && status < 400) return 'It sends us elsewhere; name the right host in the config.';
  return 'Check the repository in the registry.';
}

/** Which permission is missing, and who has not got it. */
function permission({ host, repository, actions, scope, credentials }: Refused): string {
  const places = credentials?.lookedIn.join(', ') ?? 'nowhere, as none were asked for';
  const right = actions === 'pull' ? 'to pull from (read)' : 'to push to (write)';
  const what = `the permission ${right} ${seen(repository, 200).slice(1, -1)}, ${seen(scope, 200)}`;
  const login = `docker login ${seen(host, 200).slice(1, -1)}`;
  return credentials?.whose === undefined
    ? `No credentials were found for it; it needs ${what}. Looked in: ${places}. Log in: ${login}`
    : `${credentials.whose} has not ${what}. Give it that in the registry, or log in as somebody who has it: ${login}. Looked in: ${places}.`;
}
