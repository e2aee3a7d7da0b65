import { describe, expect, it } from 'vitest';
import { decideEvent } from '../../../src/commands/decide-event.ts';
import { parseEvent, type BotEvent } from '../../../src/commands/event.ts';

const REPOSITORY = { id: 1, full_name: 'acme/models', default_branch: 'main', private: true };
const ALICE = { login: 'alice', id: 7, type: 'User', site_admin: false };

/** As GitHub sends it, with keys that are not needed. */
const commentPayload = (comment: object = {}, more: object = {}) => ({
  action: 'created',
  issue: {
    number: 12,
    html_url: 'https://github.com/acme/models/pull/12',
    title: '/rollback production',
    pull_request: { url: 'https://api.github.com/repos/acme/models/pulls/12' },
  },
  comment: {
    id: 3_000_000_123,
    node_id: 'IC_x',
    html_url: 'https://github.com/acme/models/pull/12#issuecomment-3000000123',
    user: ALICE,
    created_at: '2026-01-02T03:04:05Z',
    updated_at: '2026-01-02T03:04:05Z',
    author_association: 'OWNER',
    body: '/rollback production',
    ...comment,
  },
  repository: REPOSITORY,
  sender: ALICE,
  ...more,
});

const dispatchPayload = (command: unknown, more: object = {}) => ({
  inputs: { command, other: 'x' },
  ref: 'refs/heads/main',
  repository: REPOSITORY,
  sender: ALICE,
  ...more,
});

const EVENT: BotEvent = {
  kind: 'comment',
  action: 'created',
  comment: {
    id: '3000000123',
    body: '/rollback production',
    author: { login: 'alice', kind: 'user' },
    createdAt: '2026-01-02T03:04:05Z',
    updatedAt: '2026-01-02T03:04:05Z',
    url: 'https://github.com/acme/models/pull/12#issuecomment-3000000123',
  },
  sender: { login: 'alice', kind: 'user' },
  thread: { number: 12, isPullRequest: true, url: 'https://github.com/acme/models/pull/12' },
  repository: 'acme/models',
  defaultBranch: 'main',
};

describe('parseEvent', () => {
  it('reads a comment', () => expect(parseEvent('issue_comment', commentPayload())).toStrictEqual(EVENT));

  it.each([{}, { pull_request: undefined }, { pull_request: null }])('under an issue: %j', (given) => {
    const issue = { number: 3, html_url: 'https://github.com/acme/models/issues/3', ...given };
    const event = parseEvent('issue_comment', commentPayload({}, { issue }));
    expect(event).toHaveProperty('thread', { number: 3, isPullRequest: false, url: issue.html_url });
  });

  it.each([null, undefined, ''])('takes the body %s as empty', (body) => {
    expect(parseEvent('issue_comment', commentPayload({ body }))).toMatchObject({ comment: { body: '' } });
  });

  it.each([
    ['User', 'user'],
    ['Bot', 'bot'],
    ['Organization', 'bot'],
    ['Mannequin', 'bot'],
  ])('a sender of type %s is a %s', (type, kind) => {
    const sender = { login: 'x[bot]', type };
    expect(parseEvent('issue_comment', commentPayload({}, { sender }))).toMatchObject({
      sender: { login: 'x[bot]', kind },
    });
  });

  it('takes a comment whose author is gone', () => {
    const event = parseEvent('issue_comment', commentPayload({ user: null }, { action: 'edited' }));
    expect(event).toMatchObject({ comment: { author: { login: 'ghost', kind: 'user' } } });
  });

  it('reads a dispatch', () => {
    expect(parseEvent('workflow_dispatch', dispatchPayload('/rollback production'))).toStrictEqual({
      kind: 'dispatch',
      command: '/rollback production',
      sender: { login: 'alice', kind: 'user' },
      repository: 'acme/models',
      defaultBranch: 'main',
    });
  });

  it('takes as many characters as a comment can have, emoji counted once', () => {
    const read = (body: string) => () => parseEvent('issue_comment', commentPayload({ body }));
    expect(read('x'.repeat(65_536))).not.toThrow();
    expect(read('🙂'.repeat(65_536))).not.toThrow();
    expect(read('x'.repeat(65_537))).toThrow('comment.body: at most 65536 characters');
    expect(read('🙂'.repeat(65_537))).toThrow('comment.body: at most 65536 characters');
    expect(() => parseEvent('workflow_dispatch', dispatchPayload('x'.repeat(65_537)))).toThrow(
      'inputs.command',
    );
  });

  it.each([
    ['issue_comment', null, '(document)'],
    ['issue_comment', [], '(document)'],
    ['issue_comment', {}, 'action'],
    ['issue_comment', commentPayload({ id: '3' }), 'comment.id'],
    ['issue_comment', commentPayload({ id: 2 ** 53 }), 'comment.id'],
    ['issue_comment', commentPayload({ id: -1 }), 'comment.id'],
    ['issue_comment', commentPayload({ created_at: 'yesterday' }), 'comment.created_at'],
    ['issue_comment', commentPayload({ body: 5 }), 'comment.body'],
    ['issue_comment', commentPayload({}, { sender: null }), 'sender'],
    ['issue_comment', commentPayload({}, { sender: { login: '../x', type: 'User' } }), 'sender.login'],
    ['issue_comment', commentPayload({}, { sender: { login: 'alice' } }), 'sender.type'],
    [
      'issue_comment',
      commentPayload({}, { repository: { ...REPOSITORY, full_name: 'a/b/c' } }),
      'repository.full_name',
    ],
    ['workflow_dispatch', dispatchPayload(undefined), 'inputs.command'],
    ['workflow_dispatch', dispatchPayload('/help', { inputs: null }), 'inputs'],
  ])('%s: refuses what GitHub does not send', (name, payload, place) => {
    expect(() => parseEvent(name, payload)).toThrow(
      expect.objectContaining({
        code: 'input',
        message: expect.stringMatching(
          new RegExp(
            `^The payload of ${name} is not what GitHub sends. ${place.replace(/[.()]/g, '\\$&')}: `,
          ),
        ) as string,
      }),
    );
  });

  it('answers no other event', () => {
    expect(() => parseEvent('push', {})).toThrow(
      expect.objectContaining({
        code: 'usage',
        message:
          'The bot answers issue_comment and workflow_dispatch, and was started by "push". Change on: in its workflow.',
      }),
    );
  });
});

describe('decideEvent', () => {
  const decide = (payload: object, listedBots: readonly string[] = []) =>
    decideEvent(parseEvent('issue_comment', payload), { listedBots });
  const bot = { login: 'renovate[bot]', type: 'Bot' };

  it('looks at a new comment by its author', () => expect(decide(commentPayload())).toBe('go'));

  it('compares logins without regard to case', () => {
    expect(decide(commentPayload({ user: { ...ALICE, login: 'Alice' } }))).toBe('go');
  });

  it.each(['edited', 'deleted', 'pinned', 'Created', 'constructor'])(
    'passes over a comment that was %s',
    (action) => {
      expect(decide(commentPayload({}, { action }))).toEqual({
        skip: `The comment was "${action}"; only new ones are commands. Write a new one.`,
      });
    },
  );

  it.each([{ ...ALICE, login: 'bob' }, null])('passes over a comment of somebody else: %j', (user) => {
    expect(decide(commentPayload({ user }))).toEqual({
      skip: `The comment is by ${user?.login ?? 'ghost'}, and alice caused the event; a command counts only from its author.`,
    });
  });

  it('passes over bots, unless listed', () => {
    const payload = commentPayload({ user: bot }, { sender: bot });
    const skip = 'renovate[bot] is a bot. To let it give commands, add it to the input bots.';
    expect(decide(payload)).toEqual({ skip });
    expect(decide(payload, ['renovate', 'other[bot]'])).toEqual({ skip });
    expect(decide(payload, ['Renovate[bot]'])).toBe('go');
    expect(decide(payload, ['@renovate[bot]'])).toBe('go');
  });

  it('looks at a dispatch, unless by a bot', () => {
    const dispatch = (sender: object) =>
      decideEvent(parseEvent('workflow_dispatch', dispatchPayload('/help', { sender })), { listedBots: [] });
    expect(dispatch(ALICE)).toBe('go');
    expect(dispatch(bot)).toHaveProperty('skip');
  });
});
