import { describe, expect, it } from 'vitest';
import { BOT, clientOf, HERE, openFake } from './fake-desk.ts';

describe('git data of the fake', () => {
  it('creates an orphan branch once', async () => {
    const github = await openFake();
    const { git } = clientOf(github).rest;
    const { data: blob } = await git.createBlob({ ...HERE, content: '{}' });
    const tree = [{ path: 'lanes/a.json', mode: '100644', type: 'blob', sha: blob.sha }] as const;
    const { data: made } = await git.createTree({ ...HERE, tree: [...tree] });
    const { data: commit } = await git.createCommit({ ...HERE, tree: made.sha, message: 'first' });
    const ref = { ...HERE, ref: 'refs/heads/ledger', sha: commit.sha };
    expect((await git.createRef(ref)).status).toBe(201);
    await expect(git.createRef(ref)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('Reference already exists'),
    });
    expect(github.files('ledger')).toEqual({ 'lanes/a.json': '{}' });
    const { data: read } = await git.getRef({ ...HERE, ref: 'heads/ledger' });
    expect(read.object.sha).toBe(github.head('ledger'));
    expect(github.problems).toEqual([]);
  });

  it('reads files and folders of any commit', async () => {
    const github = await openFake({ files: { '.github/known-good.yml': 'version: 1\n', 'm/a': 'x' } });
    const { repos } = clientOf(github).rest;
    const before = github.head('main');
    github.push('main', { '.github/known-good.yml': 'version: 2\n' });
    const path = '.github/known-good.yml';
    const { data: now } = await repos.getContent({ ...HERE, path });
    expect(now).toMatchObject({ encoding: 'base64', content: 'dmVyc2lvbjogMgo=\n' });
    const { data: then } = await repos.getContent({ ...HERE, path, ref: before });
    expect(then).toMatchObject({ content: 'dmVyc2lvbjogMQo=\n' });
    const { data: folder } = await repos.getContent({ ...HERE, path: 'm' });
    expect(folder).toMatchObject([{ name: 'a', type: 'file', size: 1 }]);
    await expect(repos.getContent({ ...HERE, path: 'none' })).rejects.toMatchObject({ status: 404 });
    expect(github.problems).toEqual([]);
  });

  it('compares commits', async () => {
    const github = await openFake();
    const first = github.head('main');
    const second = github.push('main', { a: '1' });
    const { repos } = clientOf(github).rest;
    const status = async (basehead: string) =>
      (await repos.compareCommitsWithBasehead({ ...HERE, basehead })).data.status;
    expect(await status(`${first}...${second}`)).toBe('ahead');
    expect(await status(`${second}...${first}`)).toBe('behind');
    expect(await status(`main...${second}`)).toBe('identical');
    await expect(status(`${first}...${'0'.repeat(40)}`)).rejects.toMatchObject({ status: 404 });
    expect(github.problems).toEqual([]);
  });
});

describe('threads of the fake', () => {
  it('let anybody who may write edit any comment, and nobody change its author', async () => {
    const github = await openFake({ users: { eve: { type: 'User', role: 'write' } } });
    const { issues } = clientOf(github).rest;
    const { number } = github.openIssue();
    const { data: made } = await issues.createComment({ ...HERE, issue_number: number, body: 'ours' });
    expect(made.user).toMatchObject({ login: BOT, type: 'Bot' });
    const theirs = clientOf(github, 'eve').rest.issues;
    await theirs.updateComment({ ...HERE, comment_id: made.id, body: 'forged' });
    const { data: read } = await issues.getComment({ ...HERE, comment_id: made.id });
    expect(read).toMatchObject({ body: 'forged', user: { login: BOT } });
    expect(github.editComment(made.id, 'again', 'eve').updated_at > made.updated_at).toBe(true);
    const { created_at } = github.comment(number, { login: 'ann', body: 'first' });
    github.clock.set(new Date(created_at));
    const { id } = github.comment(number, { login: 'ann', body: 'first' });
    const hidden = github.editComment(id, 'second', { login: 'ann', sameSecond: true });
    expect(hidden).toMatchObject({ body: 'second', created_at, updated_at: created_at });
  });

  it('give comments in pages, oldest first', async () => {
    const github = await openFake();
    const { number } = github.openIssue();
    for (let index = 0; index < 45; index += 1) github.comment(number, { login: 'ann', body: `${index}` });
    const octokit = clientOf(github);
    const all = await octokit.paginate(octokit.rest.issues.listComments, { ...HERE, issue_number: number });
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 45 }, (_, index) => `${index}`));
    expect(github.requests).toHaveLength(2);
  });

  it('keep one reaction of a kind a user', async () => {
    const github = await openFake();
    const { id } = github.comment(undefined, { login: 'ann', body: '/help' });
    const { reactions } = clientOf(github).rest;
    const eyes = { ...HERE, comment_id: id, content: 'eyes' } as const;
    const first = await reactions.createForIssueComment(eyes);
    const second = await reactions.createForIssueComment(eyes);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.data.id).toBe(first.data.id);
  });

  it('tell of a comment as the event does', async () => {
    const github = await openFake();
    const pull = github.openPull({ branch: 'better', files: { a: '1' }, login: 'ann' });
    const comment = github.comment(pull.number, { login: 'ann', body: '/promote prod' });
    expect(github.event(comment)).toMatchObject({
      action: 'created',
      comment: { id: comment.id, body: '/promote prod', user: { login: 'ann', type: 'User' } },
      issue: { number: pull.number, pull_request: { merged_at: null } },
      repository: { full_name: 'acme/models', default_branch: 'main' },
      sender: { login: 'ann' },
    });
  });
});

describe('pull requests of the fake', () => {
  it('are found by head, by commit and by what they were merged as', async () => {
    const github = await openFake();
    const fork = github.openPull({ branch: 'better', files: { a: '1' }, fork: 'eve/models' });
    const own = github.openPull({ branch: 'better', files: { b: '1' } });
    const { pulls, repos } = clientOf(github).rest;
    const { data: found } = await pulls.list({ ...HERE, head: 'eve:better' });
    expect(found.map(({ number }) => number)).toEqual([fork.number]);
    const merged = github.mergePull(own.number, { squash: true });
    const { data: brought } = await repos.listPullRequestsAssociatedWithCommit({
      ...HERE,
      commit_sha: merged,
    });
    expect(brought).toMatchObject([{ number: own.number, merge_commit_sha: merged, state: 'closed' }]);
    expect(github.files('main')).toMatchObject({ b: '1' });
    const { data: open } = await pulls.get({ ...HERE, pull_number: fork.number });
    expect(open).toMatchObject({
      merged: false,
      head: { sha: fork.head.sha, repo: { full_name: 'eve/models' } },
    });
    expect(github.problems).toEqual([]);
  });
});
