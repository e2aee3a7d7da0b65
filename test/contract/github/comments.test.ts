import { describe, expect, it } from 'vitest';
import { createComments } from '../../../src/adapters/github/comments.ts';
import { BOT, connected } from './connected.ts';

const MARKER = '<!-- known-good:reply%3A7 -->';

async function onIssue(login = BOT) {
  const scene = await connected({ login });
  const { number } = scene.github.openIssue();
  const first = scene.github.comment(number, { login: 'alice', body: '/promote prod' });
  return { ...scene, comments: createComments(scene.client), number, first };
}

describe('comments', () => {
  it('are read as they are now, and are absent where there is none', async () => {
    const { comments, first } = await onIssue();
    expect(await comments.read(String(first.id))).toEqual({
      id: String(first.id),
      author: { login: 'alice', kind: 'user' },
      body: '/promote prod',
      createdAt: first.created_at,
      updatedAt: first.updated_at,
      url: first.html_url,
    });
    expect(await comments.read('99999999')).toBeUndefined();
  });

  it('are created, found again by marker and author, and changed in place', async () => {
    const { github, comments, number } = await onIssue();
    const { id, url } = await comments.create(number, `${MARKER}\nworking`);
    expect(url).toContain(`#issuecomment-${id}`);
    expect(await comments.update(id, `${MARKER}\ndone`)).toBe('changed');
    expect(await comments.findOwn(number, MARKER)).toMatchObject({ id, url, body: `${MARKER}\ndone` });
    expect(github.comments.size).toBe(2);
  });

  it('of others are never taken for own ones, whatever they begin with', async () => {
    const { github, comments, number } = await onIssue();
    github.comment(number, { login: 'mallory', body: `${MARKER}\nspoofed` });
    github.comment(number, { login: 'github-actions', body: `${MARKER}\nspoofed by name` });
    github.comment(number, { login: 'dependabot[bot]', body: `${MARKER}\nanother bot` });
    github.comment(number, { login: BOT, body: `> quoted\n${MARKER}\nnot at its beginning` });
    expect(await comments.findOwn(number, MARKER)).toBeUndefined();
    const own = await comments.create(number, `${MARKER}\nown`);
    await comments.create(number, `${MARKER}\nown, later`);
    expect(await comments.findOwn(number, MARKER)).toMatchObject({ id: own.id });
  });

  it('are found behind many others, and no further than a thousand', async () => {
    const { github, comments, number } = await onIssue();
    for (let i = 1; i < 250; i++) github.comment(number, { login: 'bob', body: `number ${i}` });
    const own = await comments.create(number, `${MARKER}\nown`);
    expect(await comments.findOwn(number, MARKER)).toMatchObject({ id: own.id });
    for (let i = 0; i < 900; i++) github.comment(number, { login: 'bob', body: 'more' });
    await comments.create(number, '<!-- known-good:late -->');
    const before = github.requests.length;
    expect(await comments.findOwn(number, '<!-- known-good:late -->')).toBeUndefined();
    expect(github.requests.length - before).toBe(10);
  });

  it('are found behind a thousand others, where it is known since when they can be there', async () => {
    const { github, comments, number } = await onIssue();
    for (let i = 0; i < 1000; i++) github.comment(number, { login: 'bob', body: 'before' });
    github.clock.advance(1000);
    const asking = github.comment(number, { login: 'alice', body: '/status' });
    const own = await comments.create(number, `${MARKER}\nown`);
    expect(await comments.findOwn(number, MARKER)).toBeUndefined();
    const before = github.requests.length;
    expect(await comments.findOwn(number, MARKER, asking.created_at)).toMatchObject({ id: own.id });
    expect(github.requests.length - before).toBe(1);
  });

  it('that were deleted meanwhile are told from those that cannot be written', async () => {
    const { github, comments, number } = await onIssue();
    const { id } = await comments.create(number, `${MARKER}\nworking`);
    github.comments.delete(Number(id));
    expect(await comments.update(id, `${MARKER}\ndone`)).toBe('gone');
    github.fault(({ method }) => (method === 'PATCH' ? { status: 403 } : undefined));
    await expect(comments.update(id, `${MARKER}\ndone`)).rejects.toMatchObject({ status: 403 });
  });

  it('ask once whose token it is', async () => {
    const { github, comments, number } = await onIssue();
    await comments.findOwn(number, MARKER);
    await comments.findOwn(number, MARKER);
    expect(github.requests.filter(({ graphql }) => graphql !== undefined)).toHaveLength(1);
  });

  it('are cut at a line where they are too long, with a note, and with their code fence closed', async () => {
    const { github, comments, number } = await onIssue();
    const line = `${'ä'.repeat(99)}\n`;
    const { id } = await comments.create(number, `${MARKER}\n\`\`\`\n${line.repeat(700)}`);
    const { body = '' } = github.comments.get(Number(id)) ?? {};
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.length).toBeGreaterThan(65_000);
    expect(body).toMatch(/ä\n```\n\n_The rest was left out/);
    await comments.update(id, 'x'.repeat(70_000));
    expect(github.comments.get(Number(id))?.body.length).toBeLessThanOrEqual(65_536);
  });
});

describe('a comment whose reply was lost', () => {
  it('is looked for, and not written a second time', async () => {
    const { github, comments, number } = await onIssue();
    github.fault(({ method, path }) =>
      method === 'POST' && path.endsWith('/comments') && github.comments.size === 1
        ? 'lost-reply'
        : undefined,
    );
    const { id } = await comments.create(number, `${MARKER}\nown`);
    expect(github.comments.get(Number(id))?.body).toBe(`${MARKER}\nown`);
    expect(github.comments.size).toBe(2);
  });

  it('is found behind a thousand others, where it is known since when it can be there', async () => {
    const { github, comments, number } = await onIssue();
    for (let i = 0; i < 1000; i++) github.comment(number, { login: 'bob', body: 'before' });
    github.clock.advance(1000);
    const asking = github.comment(number, { login: 'alice', body: '/status' });
    const many = github.comments.size;
    github.fault(({ method, path }) =>
      method === 'POST' && path.endsWith('/comments') && github.comments.size === many
        ? 'lost-reply'
        : undefined,
    );
    await comments.create(number, `${MARKER}\nown`, asking.created_at);
    expect(github.comments.size).toBe(many + 1);
  });

  it('is written again where it is not there', async () => {
    const { github, comments, number } = await onIssue();
    let posts = 0;
    github.fault(({ method, path }) =>
      method === 'POST' && path.endsWith('/comments') && ++posts === 1 ? 'reset' : undefined,
    );
    await comments.create(number, `${MARKER}\nown`);
    expect([...github.comments.values()].map(({ body }) => body)).toEqual([
      '/promote prod',
      `${MARKER}\nown`,
    ]);
  });

  it('is an error where nothing tells it from others', async () => {
    const { github, comments, number } = await onIssue();
    github.fault(({ path, method }) =>
      method === 'POST' && path.endsWith('/comments') ? 'lost-reply' : undefined,
    );
    await expect(comments.create(number, 'no marker')).rejects.toThrow(
      /could not write a comment on #.*may or may not/,
    );
    expect(github.comments.size).toBe(2);
  });
});

describe('a reaction', () => {
  it('is given, may be there already, and survives a lost reply', async () => {
    const { github, comments, first } = await onIssue();
    await comments.react(String(first.id), 'eyes');
    await comments.react(String(first.id), 'eyes');
    let lost = 0;
    github.fault(({ path }) => (path.endsWith('/reactions') && lost++ === 0 ? 'lost-reply' : undefined));
    await comments.react(String(first.id), '+1');
    expect([...github.reactions.values()].map(({ content }) => content)).toEqual(['eyes', '+1']);
  });

  it('without the permission says which one is missing', async () => {
    const { github, client } = await connected({ permissions: { issues: 'read' } });
    const { id } = github.comment(github.openIssue().number, { login: 'alice', body: 'x' });
    await expect(createComments(client).react(String(id), 'eyes')).rejects.toMatchObject({
      name: 'GitHubError',
      code: 'unavailable',
      status: 403,
    });
  });
});
