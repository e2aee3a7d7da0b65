import { describe, expect, it } from 'vitest';
import { ask, BOT, clientOf, HERE, openFake } from './fake-desk.ts';

describe('tokens of the fake', () => {
  it('must be known', async () => {
    const github = await openFake();
    const answer = await ask(github, '/repos/acme/models', { token: 'ghs_other' });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ message: 'Bad credentials' });
  });

  it('do what their permissions say, and no more', async () => {
    const github = await openFake();
    const { number } = github.openIssue();
    const token = github.token({ login: BOT, permissions: { issues: 'read', contents: 'read' } });
    const path = `/repos/acme/models/issues/${number}/comments`;
    expect((await ask(github, path, { token })).status).toBe(200);
    const refused = await ask(github, path, { token, method: 'POST', body: '{"body":"x"}' });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('x-accepted-github-permissions')).toBe('issues=write');
    expect(await refused.json()).toMatchObject({ message: 'Resource not accessible by integration' });
    expect(github.comments.size).toBe(0);
  });

  it('of workflows have no profile, those of people do', async () => {
    const github = await openFake({ users: { ann: { type: 'User', role: 'write' } } });
    await expect(clientOf(github).rest.users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
    const { data } = await clientOf(github, 'ann').rest.users.getAuthenticated();
    expect(data.login).toBe('ann');
  });
});

describe('roles of the fake', () => {
  it('are told whole, with custom ones and the four old ones', async () => {
    const users = {
      mia: { type: 'User', role: 'maintain' },
      tim: { type: 'User', role: 'triage' },
      cat: { type: 'User', role: 'release-manager', base: 'write' },
      nil: { type: 'User', role: 'none' },
      'ci[bot]': { type: 'Bot', role: 'none' },
      Copilot: { type: 'Bot', role: 'none' },
    } as const;
    const github = await openFake({ users });
    const { repos } = clientOf(github).rest;
    const told = async (username: string): Promise<string> => {
      const { data } = await repos.getCollaboratorPermissionLevel({ ...HERE, username });
      return `${data.permission} ${data.role_name}`;
    };
    expect(await told('mia')).toBe('write maintain');
    expect(await told('TIM')).toBe('read triage');
    expect(await told('cat')).toBe('write release-manager');
    expect(await told('nil')).toBe('none none');
    expect(await told('ci[bot]')).toBe('none none');
    await expect(told('Copilot')).rejects.toMatchObject({ status: 404 });
    await expect(told('nobody')).rejects.toMatchObject({ status: 404 });
    await expect(
      clientOf(github, 'tim').rest.repos.getCollaboratorPermissionLevel({ ...HERE, username: 'mia' }),
    ).rejects.toMatchObject({ status: 403 });
  });
});

describe('sizes of the fake', () => {
  it('are those of comments and descriptions', async () => {
    const github = await openFake();
    const { issues, repos } = clientOf(github).rest;
    const at = { ...HERE, issue_number: github.openIssue().number };
    const { status } = await issues.createComment({ ...at, body: 'ä'.repeat(65_536) });
    expect(status).toBe(201);
    const long = issues.createComment({ ...at, body: 'x'.repeat(65_537) });
    await expect(long).rejects.toMatchObject({ status: 422, message: expect.stringContaining('too long') });
    const given = { ...HERE, ref: 'main', auto_merge: false, required_contexts: [] };
    const wordy = repos.createDeployment({ ...given, description: 'x'.repeat(141) });
    await expect(wordy).rejects.toMatchObject({ status: 422 });
    expect(github.problems).toEqual([]);
  });

  it.each([
    ['annotations', { summary: '', annotations: Array.from({ length: 51 }, () => annotation()) }],
    ['text', { summary: 'x'.repeat(65_536) }],
  ])('are those of check runs: %s', async (_, output) => {
    const github = await openFake();
    const { checks } = clientOf(github).rest;
    const given = { ...HERE, name: 'gate', head_sha: github.head('main'), conclusion: 'success' } as const;
    await expect(checks.create({ ...given, output: { title: 'x', ...output } })).rejects.toThrow();
    expect(github.checkRuns.size).toBe(0);
    expect(github.problems).toHaveLength(1);
  });
});

function annotation() {
  return { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'x' } as const;
}

describe('the budget of the fake', () => {
  it('ends after a thousand requests and comes back after an hour', async () => {
    const github = await openFake({ now: new Date('2026-01-01T00:00:00Z') });
    github.rate.used.core = 999;
    const last = await ask(github, '/repos/acme/models');
    expect([last.status, last.headers.get('x-ratelimit-remaining')]).toEqual([200, '0']);
    expect(last.headers.get('date')).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
    const refused = await ask(github, '/repos/acme/models');
    expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    const reset = Number(refused.headers.get('x-ratelimit-reset'));
    expect(reset).toBe(Date.parse('2026-01-01T01:00:00Z') / 1000);
    github.clock.advance(3_600_000);
    expect((await ask(github, '/repos/acme/models')).status).toBe(200);
  });

  it('is another one for GraphQL, which tells with 200', async () => {
    const github = await openFake();
    github.rate.used.graphql = 1000;
    await expect(clientOf(github).graphql('{ viewer { login } }')).rejects.toMatchObject({
      errors: [{ type: 'RATE_LIMITED' }],
    });
    expect((await ask(github, '/repos/acme/models')).status).toBe(200);
  });
});
