import * as z from 'zod';
import { KnownGoodError } from '../core/errors.ts';
import type { ForgeComment, ForgeUser } from '../core/forge.ts';
import { seen, seenPath } from '../core/seen.ts';

interface Somewhere {
  /** Who caused the event. */
  sender: ForgeUser;
  /** `owner/name`. */
  repository: string;
  defaultBranch: string;
}

/** What the bot is started by. */
export type BotEvent =
  | (Somewhere & {
      kind: 'comment';
      /** `created`, `edited`, `deleted`. */
      action: string;
      comment: ForgeComment;
      /** The issue or pull request that it stands under. */
      thread: { number: number; isPullRequest: boolean; url: string };
    })
  | (Somewhere & {
      kind: 'dispatch';
      /** The input `command`, written as in a comment. */
      command: string;
    });

/** GitHub's limit of a comment; a payload with more is none of GitHub's. */
const MOST_CHARACTERS = 65_536;
const TOO_LONG = `at most ${MOST_CHARACTERS} characters`;

/** Counted as GitHub counts, an emoji once; twice that many UTF-16 units is all that can be. */
const body = z
  .string()
  .max(2 * MOST_CHARACTERS, { error: TOO_LONG })
  .refine((text) => text.length <= MOST_CHARACTERS || Array.from(text).length <= MOST_CHARACTERS, {
    error: TOO_LONG,
  });

const short = z.string().min(1).max(255);
const url = z.string().max(2000);
const time = z.iso.datetime({ offset: true });

/** Only what the forge calls a user is one: an app, an organization and anything later counts as a bot, which must be listed. */
const user = z
  .object({ login: z.string().regex(/^[A-Za-z0-9_-]{1,100}(?:\[bot\])?$/), type: z.string().max(100) })
  .transform(({ login, type }): ForgeUser => ({ login, kind: type === 'User' ? 'user' : 'bot' }));

/** Whose account is gone is shown as this user, who is nobody. */
const GHOST: ForgeUser = { login: 'ghost', kind: 'user' };

const repositorySchema = z.object({
  full_name: z.string().regex(/^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/),
  default_branch: short,
});

const commentPayload = z.object({
  action: short,
  comment: z.object({
    id: z.int().positive(),
    body: body.nullish(),
    user: user.nullish(),
    created_at: time,
    updated_at: time,
    html_url: url,
  }),
  issue: z.object({
    number: z.int().positive(),
    pull_request: z.unknown().optional(),
    html_url: url,
  }),
  repository: repositorySchema,
  sender: user,
});

const dispatchPayload = z.object({
  inputs: z.object({ command: body }),
  repository: repositorySchema,
  sender: user,
});

/**
 * Parses the payload of `issue_comment` or `workflow_dispatch` (its input `command`); keys beside those that are needed are passed over.
 * Another event is a `usage` error, a payload that is not the forge's an `input` error that names the key. Source: GitHub's webhook events.
 */
export function parseEvent(name: string, payload: unknown): BotEvent {
  switch (name) {
    case 'issue_comment':
      return commentEvent(parsed(commentPayload, { name, payload }));
    case 'workflow_dispatch':
      return dispatchEvent(parsed(dispatchPayload, { name, payload }));
    default:
      throw new KnownGoodError(
        'usage',
        `The bot answers issue_comment and workflow_dispatch, and was started by ${seen(name)}. Change on: in its workflow.`,
      );
  }
}

function parsed<T>(schema: z.ZodType<T>, { name, payload }: { name: string; payload: unknown }): T {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const what = issue === undefined ? '' : ` ${seenPath(issue.path)}: ${issue.message}.`;
  throw new KnownGoodError('input', `The payload of ${name} is not what GitHub sends.${what}`);
}

function commentEvent(payload: z.infer<typeof commentPayload>): BotEvent {
  const { action, comment, issue, sender } = payload;
  return {
    kind: 'comment',
    action,
    comment: {
      id: String(comment.id),
      body: comment.body ?? '',
      author: comment.user ?? GHOST,
      createdAt: comment.created_at,
      updatedAt: comment.updated_at,
      url: comment.html_url,
    },
    sender,
    thread: {
      number: issue.number,
      isPullRequest: issue.pull_request !== undefined && issue.pull_request !== null,
      url: issue.html_url,
    },
    ...where(payload),
  };
}

function dispatchEvent(payload: z.infer<typeof dispatchPayload>): BotEvent {
  return { kind: 'dispatch', command: payload.inputs.command, sender: payload.sender, ...where(payload) };
}

function where({ repository }: { repository: z.infer<typeof repositorySchema> }) {
  return { repository: repository.full_name, defaultBranch: repository.default_branch };
}
