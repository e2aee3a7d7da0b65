import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../../../src/core/digest.ts';
import { parseTag } from '../../../../src/core/image.ts';
import type { LoopbackRegistry, Quirk } from '../../../support/loopback-registry.ts';
import { sendError, startLoopbackRegistry } from '../../../support/loopback-registry.ts';
import { messageOf, openHttp } from '../../../support/open-http.ts';
import { manifestOf, multiArchIndex, pushImage, singleImage } from '../../../support/sample-images.ts';

const PROD = parseTag('prod');
const image = singleImage('quirks');
const { digest } = image.manifest;
let server: LoopbackRegistry;

beforeEach(async () => {
  server = await startLoopbackRegistry();
  const { registry } = openHttp(server.host);
  await pushImage(registry, image);
  await registry.putManifest(PROD, image.manifest, 5000);
  server.requests.length = 0;
});
afterEach(() => server.close());

/** Answers every read of a manifest with these headers and bytes. */
function reading(headers: Record<string, string>, body: Uint8Array = image.manifest.bytes): Quirk {
  return (request, response) => {
    if (!request.path.includes('/manifests/') || request.method === 'PUT') return false;
    response.writeHead(200, { 'content-length': String(body.length), ...headers });
    response.end(request.method === 'HEAD' ? undefined : body);
    return true;
  };
}

/** Fails the first `times` requests of a method. */
function failing(method: string, times: number, fail: (response: Parameters<Quirk>[1]) => void): Quirk {
  let left = times;
  return (request, response) => {
    if (request.method !== method || left === 0) return false;
    left -= 1;
    fail(response);
    return true;
  };
}

describe('what registries say of digests', () => {
  it('asks with HEAD, once, naming all four types in one line', async () => {
    expect(await openHttp(server.host).registry.resolve(PROD)).toBe(digest);
    expect(server.requests.map((request) => request.method)).toEqual(['HEAD']);
    expect(server.requests[0]?.accept?.split(', ')).toHaveLength(4);
  });

  it('hashes the body itself where the digest header is missing', async () => {
    server.quirk = reading({ 'content-type': image.manifest.mediaType });
    expect(await openHttp(server.host).registry.resolve(PROD)).toBe(digest);
    expect(server.requests.map((request) => request.method)).toEqual(['HEAD', 'GET']);
  });

  it('hashes the body itself where HEAD is not allowed', async () => {
    server.quirk = failing('HEAD', 1, (response) => response.writeHead(405).end());
    expect(await openHttp(server.host).registry.resolve(PROD)).toBe(digest);
  });

  it('refuses a header that names another digest than the bytes have', async () => {
    const lie = digestOf('something else');
    server.quirk = reading({ 'docker-content-digest': lie });
    expect(await messageOf(openHttp(server.host).registry.manifest(PROD))).toMatch(
      `expected ${lie}, saw ${digest}`,
    );
  });

  it('refuses other bytes under a digest', async () => {
    server.quirk = reading({}, singleImage('tampered').manifest.bytes);
    expect(await messageOf(openHttp(server.host).registry.manifest(digest))).toMatch(/gave other bytes/);
  });

  it('refuses a write that the registry confirms with another digest', async () => {
    server.quirk = (request, response) => {
      if (request.method !== 'PUT') return false;
      response.writeHead(201, { 'docker-content-digest': digestOf('else') }).end();
      return true;
    };
    const message = await messageOf(openHttp(server.host).registry.putManifest(PROD, image.manifest, 5000));
    expect(message).toMatch(/gave other bytes/);
  });
});

describe('what registries say of types and sizes', () => {
  it.each(['; charset=utf-8', '; charset=UTF-8; x=1'])(
    'keeps the bare type of one with %s',
    async (suffix) => {
      server.quirk = reading({ 'content-type': `${image.manifest.mediaType}${suffix}` });
      expect((await openHttp(server.host).registry.manifest(PROD))?.mediaType).toBe(image.manifest.mediaType);
    },
  );

  it('takes the type from the bytes where the header is useless', async () => {
    server.quirk = reading({ 'content-type': 'text/plain' });
    expect((await openHttp(server.host).registry.manifest(PROD))?.mediaType).toBe(image.manifest.mediaType);
  });

  it('finds an index, which registries hide from those who do not accept it', async () => {
    const index = multiArchIndex('quirks');
    const { registry } = openHttp(server.host);
    await pushImage(registry, index);
    await registry.putManifest(PROD, index.manifest, 5000);
    expect(await registry.resolve(PROD)).toBe(index.manifest.digest);
    expect((await registry.manifest(PROD))?.digest).toBe(index.manifest.digest);
  });

  it('refuses manifests of schema 1', async () => {
    server.quirk = reading({}, manifestOf({ schemaVersion: 1, fsLayers: [] }, 'x').bytes);
    expect(await messageOf(openHttp(server.host).registry.manifest(PROD))).toMatch(/schema 2/);
  });

  it('refuses a body of more than 4 MiB', async () => {
    server.quirk = reading({}, Buffer.alloc(4 * 2 ** 20 + 1, ' '));
    expect(await messageOf(openHttp(server.host).registry.manifest(PROD))).toMatch(/more than 4194304 bytes/);
  });

  it('refuses a body that breaks off, after trying again', async () => {
    server.quirk = (request, response) => {
      if (request.method !== 'GET') return false;
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"schemaVersion":2', () => response.destroy());
      return true;
    };
    const { registry, pauses } = openHttp(server.host);
    expect(await messageOf(registry.manifest(PROD))).toMatch(/broke off/);
    expect(pauses).toEqual([250, 500, 1000]);
  });

  it('takes a layer of another size than the manifest says for missing', async () => {
    const layer = digestOf(image.blobs[1] ?? '');
    server.blobs.set(`acme/bank@${layer}`, Buffer.from('cut'));
    expect(await openHttp(server.host).registry.missing(digest)).toEqual([{ what: 'layer', digest: layer }]);
  });

  it('names every part that is missing of an index', async () => {
    const index = multiArchIndex('holes');
    const { registry } = openHttp(server.host);
    await pushImage(registry, index);
    const [amd64, arm64] = index.children;
    const config = digestOf(amd64?.blobs[0] ?? '');
    server.blobs.delete(`acme/bank@${config}`);
    server.manifests.delete(`acme/bank@${arm64?.manifest.digest}`);
    expect(await registry.missing(index.manifest.digest)).toEqual([
      { what: 'manifest', digest: arm64?.manifest.digest },
      { what: 'config', digest: config },
    ]);
  });
});

describe('trying again', () => {
  it.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    [
      'a date',
      { 'retry-after': 'Fri, 20 Nov 2026 12:00:09 GMT', date: 'Fri, 20 Nov 2026 12:00:05 GMT' },
      4000,
    ],
    ['nothing', {}, 250],
  ])('waits after 429 as told by %s', async (_, headers, pause) => {
    server.quirk = failing('HEAD', 1, (response) => response.writeHead(429, headers).end());
    const { registry, pauses } = openHttp(server.host, undefined, 20_000);
    expect(await registry.resolve(PROD)).toBe(digest);
    expect(pauses).toEqual([pause]);
  });

  it('does not wait for longer than half a minute', async () => {
    server.quirk = failing('HEAD', 9, (response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    const { registry, pauses } = openHttp(server.host);
    expect(await messageOf(registry.resolve(PROD))).toMatch(/answered 429.*log in for a higher limit/);
    expect(pauses).toEqual([]);
  });

  it('repeats a tag write after 429, as nothing was written', async () => {
    server.quirk = failing('PUT', 1, (response) => response.writeHead(429).end());
    await openHttp(server.host).registry.putManifest(PROD, image.manifest, 5000);
    expect(server.requests.map((request) => request.method)).toEqual(['PUT', 'PUT']);
  });

  it('repeats reads after 503, at most three times', async () => {
    server.quirk = failing('GET', 2, (response) => response.writeHead(503).end());
    expect((await openHttp(server.host).registry.manifest(PROD))?.digest).toBe(digest);
    server.requests.length = 0;
    server.quirk = failing('GET', 9, (response) => response.writeHead(503).end());
    expect(await messageOf(openHttp(server.host).registry.manifest(PROD))).toMatch(/answered 503/);
    expect(server.requests).toHaveLength(4);
  });

  it('never repeats a write after 500', async () => {
    server.quirk = failing('PUT', 9, (response) => response.writeHead(500).end());
    const message = await messageOf(openHttp(server.host).registry.putManifest(PROD, image.manifest, 5000));
    expect(message).toMatch(/answered 500/);
    expect(server.requests).toHaveLength(1);
  });
});

describe('what can go wrong on the way', () => {
  it('gives up on a server that never answers, and says so of a write', async () => {
    server.quirk = () => true;
    const { registry } = openHttp(server.host, undefined, 300);
    expect(await messageOf(registry.resolve(PROD))).toMatch(/no answer within 0\.3 s/);
    expect(await messageOf(registry.putManifest(PROD, image.manifest, 300))).toMatch(
      /may or may not have been written/,
    );
  });

  it('says what to do when nothing listens', async () => {
    const { host } = server;
    await server.close();
    expect(await messageOf(openHttp(host).registry.resolve(PROD))).toMatch(
      /nothing listens there.*ECONNREFUSED/,
    );
    server = await startLoopbackRegistry();
  });

  it('says what to do when the host does not exist', async () => {
    expect(await messageOf(openHttp('registry.invalid').registry.resolve(PROD))).toMatch(
      /no such host|cannot be looked up/,
    );
  });

  it('names an HTML page as such', async () => {
    server.quirk = (_, response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html><script>alert(1)</script>');
      return true;
    };
    const message = await messageOf(openHttp(server.host).registry.manifest(PROD));
    expect(message).toMatch(/HTML page/);
    expect(message).not.toContain('script');
  });

  it('escapes and cuts what a server says', async () => {
    const said = `\u001b[31m\n::set-output name=x::1\u202e ${'A'.repeat(5000)}`;
    server.quirk = (_, response) => sendError(response, 400, { code: 'NAME_INVALID', message: said });
    const message = await messageOf(openHttp(server.host).registry.manifest(PROD));
    expect(message).toContain('\\u001b[31m\\n::set-output');
    // oxlint-disable-next-line no-control-regex
    expect(message).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(message.length).toBeLessThan(700);
  });

  it('uses a new connection where the server closed the kept one', async () => {
    const { registry } = openHttp(server.host);
    for (let i = 0; i < 3; i++) {
      expect(await registry.resolve(PROD)).toBe(digest);
      server.dropConnections();
    }
  });

  it('tells the time of the server', async () => {
    const { registry } = openHttp(server.host);
    expect(registry.serverTime()).toBeUndefined();
    server.quirk = reading({ 'docker-content-digest': digest, date: 'Fri, 20 Nov 2026 11:22:33 GMT' });
    await registry.resolve(PROD);
    expect(registry.serverTime()?.toISOString()).toBe('2026-11-20T11:22:33.000Z');
  });
});

describe('tags that may not move', () => {
  it.each([
    [
      400,
      'TAG_INVALID',
      "The image tag 'prod' already exists and cannot be overwritten because the repository is immutable.",
    ],
    [400, 'MANIFEST_INVALID', 'manifest invalid: cannot update tag prod: the tag is immutable'],
    [403, 'DENIED', 'The operation is disallowed on this registry, repository or image.'],
    [412, 'PRECONDITION', "Failed to process request due to 'bank:prod' configured as immutable."],
    [409, 'CONFLICT', 'conflict'],
  ])('says after %i %s which setting blocks', async (status, code, message) => {
    server.quirk = (request, response) =>
      request.method === 'PUT' && sendError(response, status, { code, message });
    const sentence = await messageOf(openHttp(server.host).registry.putManifest(PROD, image.manifest, 5000));
    expect(sentence).toMatch(/does not let this tag move\..*[Ii]mmutab/);
  });

  it('does not blame immutability for a bad manifest', async () => {
    server.quirk = (request, response) =>
      request.method === 'PUT' && sendError(response, 400, 'MANIFEST_BLOB_UNKNOWN');
    const sentence = await messageOf(openHttp(server.host).registry.putManifest(PROD, image.manifest, 5000));
    expect(sentence).not.toMatch(/does not let this tag move/);
  });
});
