import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { failureOf, openClient } from './client-desk.ts';
import { json, server } from './client-server.ts';

const TOKEN = 'ghs_aVerySecretToken';
const READ = { doing: 'read the comment', schema: z.unknown() };
const COMMENT = 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}';

describe('the GitHub client and the network', () => {
  const get = (apiUrl: string, rest: { timeoutMs?: number; pauses?: number[] } = {}) =>
    openClient({ apiUrl, ...rest }).rest(COMMENT, { ...READ, params: { comment_id: 1 } });
  const post = (apiUrl: string, rest: { timeoutMs?: number; pauses?: number[] } = {}) =>
    openClient({ apiUrl, ...rest }).rest('POST /repos/{owner}/{repo}/x', { ...READ, params: { a: 1 } });

  it('gives up on a server that does not answer, asking again only what it may', async () => {
    const { url } = await server(() => {});
    const reading: number[] = [];
    const writing: number[] = [];
    const read = await failureOf(get(url, { timeoutMs: 50, pauses: reading }));
    expect(read).toMatchObject({ status: undefined, mayHaveHappened: false });
    expect(read.message).toContain('no answer within 0.1 s');
    expect(reading).toEqual([500, 1000, 2000, 4000]);
    const wrote = await failureOf(post(url, { timeoutMs: 50, pauses: writing }));
    expect(wrote.mayHaveHappened).toBe(true);
    expect(wrote.message).toContain('It may or may not have been done: look before trying again.');
    expect(writing).toEqual([]);
  });

  it('gives up on a body that does not end, and on one that is cut', async () => {
    const endless = await server((_, response) => void response.writeHead(200).write('{'));
    expect((await failureOf(get(endless.url, { timeoutMs: 30 }))).message).toContain('no answer within');
    const cut = await server((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{');
      setImmediate(() => response.destroy());
    });
    expect((await failureOf(post(cut.url))).mayHaveHappened).toBe(true);
    expect((await failureOf(get(cut.url))).message).toContain('the answer broke off after 1 bytes');
  });

  it('knows that nothing happened where nobody listens', async () => {
    const pauses: number[] = [];
    const { url, close } = await server(() => {});
    await close();
    const error = await failureOf(post(url, { pauses }));
    expect(error.mayHaveHappened).toBe(false);
    expect(error.message).toContain('nothing listens there');
    expect(pauses).toEqual([500, 1000, 2000, 4000]);
  });

  it('reads no answer above 8 MiB', async () => {
    const { url, seen } = await server((_, response) => void response.end(Buffer.alloc(8 * 2 ** 20 + 1, 32)));
    expect((await failureOf(get(url))).message).toContain(
      'its answer is too large (more than 8388608 bytes)',
    );
    expect(seen).toHaveLength(1);
  });

  it('follows a repository that was renamed, for reads and for writes', async () => {
    const { url, seen } = await server((request, response) => {
      if (request.url?.startsWith('/repositories/1') === true) return json(200, { id: 1 })(request, response);
      const status = request.method === 'GET' ? 301 : 307;
      response.writeHead(status, { location: '/repositories/1/x' }).end();
      return undefined;
    });
    await get(url);
    await post(url);
    expect(seen.map(({ method, url: path, headers }) => [method, path, headers.authorization])).toEqual([
      ['GET', '/repos/acme/models/issues/comments/1', `token ${TOKEN}`],
      ['GET', '/repositories/1/x', `token ${TOKEN}`],
      ['POST', '/repos/acme/models/x', `token ${TOKEN}`],
      ['POST', '/repositories/1/x', `token ${TOKEN}`],
    ]);
  });

  it('follows to another host only for a download, and never with the token', async () => {
    const other = await server((_, response) => void response.end('zip'));
    const { url } = await server(
      (_, response) => void response.writeHead(302, { location: `${other.url}/a?sig=1` }).end(),
    );
    expect((await failureOf(get(url))).message).toContain(
      'it sent us to another host, which is not followed',
    );
    expect(other.seen).toHaveLength(0);
    const request = { doing: 'download it', maxBytes: 3 };
    const { data } = await openClient({ apiUrl: url }).download('GET /repos/{owner}/{repo}/zip', request);
    expect(Buffer.from(data).toString()).toBe('zip');
    expect(other.seen[0]?.headers.authorization).toBeUndefined();
    const small = openClient({ apiUrl: url }).download('GET /repos/{owner}/{repo}/zip', {
      ...request,
      maxBytes: 2,
    });
    expect((await failureOf(small)).message).toContain('too large');
  });

  it.each([
    ['in circles', 302, '/repos/acme/models/issues/comments/1'],
    ['nowhere', 302, ''],
  ])('does not follow %s', async (_, status, location) => {
    const { url } = await server((__, response) => void response.writeHead(status, { location }).end());
    expect((await failureOf(get(url))).message).toMatch(/sent us on more than|leads nowhere/);
  });

  it('does not turn a write into a read', async () => {
    const { url, seen } = await server(
      (_, response) => void response.writeHead(302, { location: '/x' }).end(),
    );
    expect((await failureOf(post(url))).message).toContain('it answered 302, which leads nowhere');
    expect(seen).toHaveLength(1);
  });
});
