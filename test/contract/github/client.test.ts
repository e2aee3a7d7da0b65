import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createGitHubClient } from '../../../src/adapters/github/client/create-github-client.ts';
import { unlessMissing } from '../../../src/adapters/github/client/github-error.ts';
import { NOW, clientDesk, failureOf, openClient } from './client-desk.ts';
import { json, server } from './client-server.ts';

const TOKEN = 'ghs_aVerySecretToken';
const anything = z.unknown();
const READ = { doing: 'read the comment', schema: anything };
const COMMENT = 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}';

describe('the GitHub client', () => {
  it('fills in the repository, sends its token, and gives what the schema takes, the status and the time', async () => {
    const { url, seen } = await server(
      json(200, { id: 7, more: 1 }, { date: 'Fri, 02 Jan 2026 03:04:05 GMT' }),
    );
    const answer = await openClient({ apiUrl: `${url}/` }).rest(COMMENT, {
      ...READ,
      params: { comment_id: 7, per_page: 1 },
      schema: z.object({ id: z.int() }),
    });
    expect(answer).toMatchObject({ status: 200, data: { id: 7 }, date: NOW });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(seen[0]?.url).toBe('/repos/acme/models/issues/comments/7?per_page=1');
    expect(seen[0]?.headers).toMatchObject({
      authorization: `token ${TOKEN}`,
      'x-github-api-version': '2022-11-28',
    });
    expect(seen[0]?.headers['user-agent']).toMatch(/^known-good\/0\.0\.0 /);
  });

  it('sends a body exactly as it was given, without what stands in the route', async () => {
    const { url, seen } = await server((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => void response.writeHead(201).end(Buffer.concat(chunks)));
    });
    const params = { comment_id: 7, body: '"123n" \u{1f600} 12345678901234567890', list: [] };
    const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
    const { data } = await openClient({ apiUrl: url }).rest(route, { ...READ, params });
    expect(data).toEqual({ body: params.body, list: [] });
    expect(seen[0]?.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('finds GraphQL beside REST, names the operation, and gives its data', async () => {
    const { url, seen } = await server(json(200, { data: { viewer: { login: 'x' } } }));
    for (const apiUrl of [`${url}/api/v3`, url]) {
      const answer = await openClient({ apiUrl }).graphql('query whoAmI { viewer { login } }', READ);
      expect(answer.data).toEqual({ viewer: { login: 'x' } });
    }
    expect(seen.map((request) => request.url)).toEqual(['/api/graphql', '/graphql']);
    const unnamed = openClient({ apiUrl: url }).graphql('{ viewer { login } }', READ);
    await expect(unnamed).rejects.toMatchObject({ code: 'internal' });
  });

  it('gives nothing for an answer without a body', async () => {
    const { url } = await server((_, response) => void response.writeHead(204).end());
    const answer = await openClient({ apiUrl: url }).rest('DELETE /repos/{owner}/{repo}/x', {
      ...READ,
      schema: z.undefined(),
    });
    expect(answer).toMatchObject({ status: 204, data: undefined });
  });

  it('refuses repositories, addresses and parameters that lead elsewhere', async () => {
    const made = (options: object) => () =>
      createGitHubClient({
        token: TOKEN,
        apiUrl: 'https://api.github.com',
        repository: 'acme/models',
        timer: { now: () => NOW, sleep: async () => {} },
        userAgent: 'x',
        ...options,
      });
    for (const repository of ['', 'acme', 'acme/', 'a/b/c', '../x', 'acme/..', 'acme/a b', 'acme/x\n'])
      expect(made({ repository }), repository).toThrow(/write owner\/name/);
    for (const apiUrl of ['', 'api.github.com', 'file:///etc/passwd'])
      expect(made({ apiUrl })).toThrow(/no address/);
    const { url, seen } = await server(json(200, {}));
    for (const comment_id of ['..', '.'])
      await expect(
        openClient({ apiUrl: url }).rest(COMMENT, { ...READ, params: { comment_id } }),
      ).rejects.toMatchObject({ code: 'input' });
    await openClient({ apiUrl: url }).rest(COMMENT, { ...READ, params: { comment_id: '../../x?y#z' } });
    expect(seen.map((request) => request.url)).toEqual([
      '/repos/acme/models/issues/comments/..%2F..%2Fx%3Fy%23z',
    ]);
  });
});

describe('what the GitHub client says', () => {
  it.each([
    [401, 'The token is missing, wrong or expired'],
    [404, 'It is not there, or the token may not see it'],
    [422, 'What was sent does not fit what is there'],
    [500, 'GitHub is in trouble'],
    [418, 'Run it again'],
  ])('of %i', async (status, advice) => {
    const { url } = await server(json(status, { message: 'Some reason' }));
    const error = await failureOf(
      openClient({ apiUrl: url }).rest(COMMENT, { ...READ, params: { comment_id: 1, secret: 'q' } }),
    );
    expect(error.message).toContain(
      `GitHub could not read the comment in acme/models: it answered ${status}, saying "Some reason". ${advice}`,
    );
    expect(error).toMatchObject({
      status,
      code: 'unavailable',
      said: '"Some reason"',
      mayHaveHappened: false,
    });
  });

  it('of 403 names the permission that the workflow needs', async () => {
    const { client, open } = await clientDesk({ users: { bob: { type: 'User', role: 'write' } } });
    const error = await failureOf(
      open({}).rest('POST /repos/{owner}/{repo}/git/blobs', { ...READ, params: { content: 'x' } }),
    );
    expect(error.message).toBe(
      `GitHub could not read the comment in acme/models: it answered 403, saying "Resource not accessible by integration". The token may not do this: put contents: write into the workflow's permissions.`,
    );
    expect(client.owner).toBe('acme');
  });

  it('is harmless, cut, and never holds the token', async () => {
    const message = `::set-output name=x::1\n\u202e${TOKEN} ${'x'.repeat(1000)}`;
    const { url } = await server(json(404, { message }));
    const error = await failureOf(
      openClient({ apiUrl: url }).rest(COMMENT, { ...READ, params: { comment_id: 1 } }),
    );
    expect(error.message).not.toContain(TOKEN);
    expect(error.message).not.toMatch(/[\n\u202e]/);
    expect(error.message).toContain('"::set-output name=x::1\\n\\u202e*** xxx');
    expect(error.message.length).toBeLessThan(700);
    const page = await server(
      (_, response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<b>'),
    );
    expect((await failureOf(openClient({ apiUrl: page.url }).rest(COMMENT, READ))).message).toContain(
      'an HTML page',
    );
  });

  it('of a limit is when to try again', async () => {
    const { url, seen } = await server(
      json(403, { message: 'API rate limit exceeded' }, { 'retry-after': '1800' }),
    );
    const pauses: number[] = [];
    const error = await failureOf(
      openClient({ apiUrl: url, pauses }).rest(COMMENT, { ...READ, params: { comment_id: 1 } }),
    );
    expect(error.message).toBe(
      'GitHub could not read the comment in acme/models: it limits how often it may be asked (403, saying "API rate limit exceeded"). Nothing was done by this request. Try again after 2026-01-02 03:34:05 UTC.',
    );
    expect(error.retryAt).toEqual(new Date('2026-01-02T03:34:05Z'));
    expect({ asked: seen.length, pauses }).toEqual({ asked: 1, pauses: [] });
  });

  it('of a limit of GraphQL is when to try again, too', async () => {
    const body = { errors: [{ type: 'RATE_LIMITED', message: 'limit' }] };
    const { url } = await server(json(200, body, { 'retry-after': '90' }));
    const error = await failureOf(openClient({ apiUrl: url }).graphql('mutation doIt { x }', READ));
    expect(error).toMatchObject({ kinds: ['RATE_LIMITED'], mayHaveHappened: false });
    expect(error.message).toContain('Try again after 2026-01-02 03:05:35 UTC.');
  });

  it('of a success that is none is what it could not read', async () => {
    const { url } = await server(json(200, { id: 'seven' }));
    const request = { ...READ, schema: z.object({ id: z.int() }), params: { comment_id: 1 } };
    const read = await failureOf(openClient({ apiUrl: url }).rest(COMMENT, request));
    expect(read.message).toContain('it answered 200 with something else than it should (at id)');
    expect(read.mayHaveHappened).toBe(false);
    const wrote = await failureOf(openClient({ apiUrl: url }).rest('POST /repos/{owner}/{repo}/x', request));
    expect(wrote.mayHaveHappened).toBe(true);
  });

  it('of GraphQL errors is their kinds; untyped ones leave open what happened', async () => {
    const { url } = await server(
      json(200, { data: null, errors: [{ type: 'STALE_DATA', message: 'Pull and try again.' }] }),
    );
    const stale = await failureOf(openClient({ apiUrl: url }).graphql('mutation doIt { x }', READ));
    expect(stale).toMatchObject({ kinds: ['STALE_DATA'], mayHaveHappened: false, status: 200 });
    const other = await server(json(200, { data: { x: 1 }, errors: [{ message: 'Oh' }] }));
    expect(
      await failureOf(openClient({ apiUrl: other.url }).graphql('mutation doIt { x }', READ)),
    ).toMatchObject({
      kinds: [],
      mayHaveHappened: true,
    });
  });
});

describe('unlessMissing', () => {
  it('is nothing after 404, and passes on everything else', async () => {
    const { url } = await server((request, response) =>
      json(request.url === '/a' ? 404 : 403, {})(request, response),
    );
    const client = openClient({ apiUrl: url });
    expect(await unlessMissing(client.rest('GET /a', READ))).toBeUndefined();
    await expect(unlessMissing(client.rest('GET /b', READ))).rejects.toMatchObject({ status: 403 });
  });
});
