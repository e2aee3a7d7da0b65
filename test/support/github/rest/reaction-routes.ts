import type { GitHubState } from '../github-state.ts';
import { stamp } from '../github-state.ts';
import type { ReactionRecord } from '../records.ts';
import { writesThread } from './comment-routes.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { notFound, page, reads } from './route.ts';
import { userJson } from './user-json.ts';

const REACTIONS = '/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';

/** Reactions to comments: a second one of the same user and kind is the first one. */
export const reactionRoutes: readonly Route[] = [
  { operation: `GET ${REACTIONS}`, needs: reads('issues', 'pull_requests'), answer: listReactions },
  { operation: `POST ${REACTIONS}`, needs: writesThread, answer: createReaction },
];

function listReactions(call: RestCall): RestReply {
  const { state, params, query } = call;
  const comment = Number(params['comment_id']);
  if (!state.comments.has(comment)) return notFound();
  const all = [...state.reactions.values()].filter(
    (each) => each.comment === comment && (query['content'] ?? each.content) === each.content,
  );
  const path = `${repositoryPath(state)}/issues/comments/${comment}/reactions`;
  return page(
    call,
    path,
    all.map((each) => reactionJson(state, each)),
  );
}

function createReaction({ state, token, params, body }: RestCall): RestReply {
  const comment = Number(params['comment_id']);
  if (!state.comments.has(comment)) return notFound();
  const { content } = body as { content: string };
  const { login } = token;
  const before = [...state.reactions.values()].find(
    (each) => each.comment === comment && each.login === login && each.content === content,
  );
  if (before !== undefined) return { status: 200, body: reactionJson(state, before) };
  const reaction = { id: state.nextId(), comment, login, content, createdAt: stamp(state) };
  state.reactions.set(reaction.id, reaction);
  return { status: 201, body: reactionJson(state, reaction) };
}

function reactionJson(state: GitHubState, { id, login, content, createdAt }: ReactionRecord): unknown {
  return { id, node_id: `REA_${id}`, user: userJson(state, login), content, created_at: createdAt };
}
