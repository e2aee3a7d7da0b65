import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { retag } from '../../../../src/app/registry/retag.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { parseTag } from '../../../../src/core/image.ts';
import type { LoopbackRegistry } from '../../../support/loopback-registry.ts';
import { sendError, startLoopbackRegistry } from '../../../support/loopback-registry.ts';
import { messageOf, openHttp } from '../../../support/open-http.ts';
import { pushImage, singleImage } from '../../../support/sample-images.ts';

const PROD = parseTag('prod');
const image = singleImage('auth');
const { digest } = image.manifest;
const ADA = { username: 'ada', password: 'correct horse: battery' };
const BASIC = Buffer.from('ada:correct horse: battery').toString('base64');
let server: LoopbackRegistry;

beforeEach(async () => {
  server = await startLoopbackRegistry();
  await pushImage(openHttp(server.host).registry, image);
  server.requests.length = 0;
});
afterEach(() => server.close());

const move = (registry: ReturnType<typeof openHttp>['registry'], tags: [string, ...string[]] = ['prod']) =>
  retag(registry, {
    digest,
    tags: tags.map(parseTag) as [ReturnType<typeof parseTag>],
    timeoutMs: 5000,
    sleep: () => Promise.resolve(),
  });
const asked = () => server.requests.map((request) => `${request.method} ${request.path.split('?')[0]}`);

describe('the requests of a retag', () => {
  it('are three without authorization', async () => {
    expect(await move(openHttp(server.host).registry)).toEqual({ kind: 'proved' });
    expect(asked()).toEqual([
      `GET /v2/acme/bank/manifests/${digest}`,
      'PUT /v2/acme/bank/manifests/prod',
      'GET /v2/acme/bank/manifests/prod',
    ]);
  });

  it('are one more with an anchor', async () => {
    await move(openHttp(server.host).registry, ['prod-12', 'prod']);
    expect(asked()).toHaveLength(4);
    expect(server.tags.get('acme/bank:prod-12')).toBe(digest);
  });

  it('are five with a cold token, two with a warm one and bytes that were fetched before', async () => {
    server.auth = { kind: 'bearer', ...ADA };
    const { registry } = openHttp(server.host, ADA);
    await move(registry);
    expect(asked()).toHaveLength(5);
    expect(asked()[1]).toBe('GET /token');
    await move(registry);
    expect(asked()).toHaveLength(7);
  });

  it('are one when the tag is already there', async () => {
    const { registry } = openHttp(server.host);
    await move(registry);
    server.requests.length = 0;
    expect(await registry.resolve(PROD)).toBe(digest);
    expect(asked()).toEqual(['HEAD /v2/acme/bank/manifests/prod']);
  });

  it('are more looks where the registry shows a write late', async () => {
    let hidden = 2;
    server.quirk = (request, response) =>
      request.method === 'GET' &&
      request.path.endsWith('/prod') &&
      hidden-- > 0 &&
      sendError(response, 404, 'MANIFEST_UNKNOWN');
    expect(await move(openHttp(server.host).registry)).toEqual({ kind: 'proved' });
    expect(asked()).toHaveLength(5);
  });

  it('end with what was seen where the write never shows', async () => {
    server.quirk = (request, response) =>
      request.method === 'PUT' && response.writeHead(201).end() !== undefined;
    expect(await move(openHttp(server.host).registry)).toEqual({
      kind: 'unseen',
      tag: 'prod',
      saw: undefined,
    });
  });
});

describe('Basic', () => {
  it('is sent when asked for, and from then on at once', async () => {
    server.auth = { kind: 'basic', ...ADA };
    const { registry } = openHttp(server.host, ADA);
    await move(registry);
    expect(server.requests.map((request) => request.authorization !== undefined)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it('is refused with where credentials were looked for', async () => {
    server.auth = { kind: 'basic', ...ADA };
    const wrong = await messageOf(
      openHttp(server.host, { ...ADA, password: 'wrong horse' }).registry.resolve(PROD),
    );
    expect(wrong).toMatch(
      /The user ada has not the permission to pull from \(read\) acme\/bank, "repository:acme\/bank:pull"\. Give it that/,
    );
    expect(wrong).not.toContain('wrong horse');
    const none = await messageOf(openHttp(server.host).registry.resolve(PROD));
    expect(none).toMatch(
      /No credentials were found.*Looked in: the credentials given\. Log in: docker login 127/,
    );
  });
});

describe('Bearer', () => {
  it.each(['token', 'access_token'] as const)('reads the token from %s', async (field) => {
    server.auth = { kind: 'bearer', ...ADA, field };
    expect(await move(openHttp(server.host, ADA).registry)).toEqual({ kind: 'proved' });
  });

  it('asks anonymously for the right to read alone', async () => {
    server.auth = { kind: 'bearer' };
    const { registry } = openHttp(server.host);
    expect((await registry.manifest(digest))?.digest).toBe(digest);
    expect(`${server.requests[1]?.path}&`).toContain('scope=repository%3Aacme%2Fbank%3Apull&');
    expect(server.requests[1]?.authorization).toBeUndefined();
  });

  it('trades an identity token by POST', async () => {
    server.auth = {
      kind: 'bearer',
      username: 'x',
      identityToken: 'refresh-me-please',
      field: 'access_token',
    };
    expect(await move(openHttp(server.host, { identityToken: 'refresh-me-please' }).registry)).toEqual({
      kind: 'proved',
    });
    expect(server.requests[1]?.method).toBe('POST');
    expect(server.requests[1]?.path).toBe('/token');
    expect(server.requests[1]?.body.toString()).toContain('grant_type=refresh_token');
  });

  it('renews a token once when it is refused', async () => {
    server.auth = { kind: 'bearer', ...ADA };
    const { registry } = openHttp(server.host, ADA);
    await registry.resolve(PROD);
    server.expireTokens();
    await registry.resolve(PROD);
    expect(asked().filter((request) => request === 'GET /token')).toHaveLength(2);
  });

  it('stops when the new token is refused as well', async () => {
    server.auth = { kind: 'bearer', ...ADA, readOnly: true };
    const { registry } = openHttp(server.host, ADA);
    await registry.manifest(digest);
    const message = await messageOf(registry.putManifest(PROD, image.manifest, 5000));
    expect(message).toMatch(
      /answered 401.*The user ada has not the permission to push to \(write\) acme\/bank, "repository:acme\/bank:pull,push"/,
    );
    expect(server.requests.length).toBeLessThan(8);
  });

  it('renews once for many requests at a time', async () => {
    server.auth = { kind: 'bearer', ...ADA };
    const { registry } = openHttp(server.host, ADA);
    await Promise.all(Array.from({ length: 6 }, () => registry.manifest(digest)));
    expect(asked().filter((request) => request === 'GET /token')).toHaveLength(1);
    expect(asked()).toHaveLength(8);
  });

  it('lets the others go where the first is refused for good', async () => {
    server.auth = { kind: 'bearer', ...ADA };
    const { registry } = openHttp(server.host, { ...ADA, password: 'wrong' });
    const all = await Promise.all(Array.from({ length: 3 }, () => messageOf(registry.manifest(digest))));
    for (const message of all) expect(message).toMatch(/answered 401/);
  });

  it('asks for no token where it could be read on the way', async () => {
    for (const realm of ['http://token.example/token', 'ftp://127.0.0.1/token', '//', '']) {
      server.auth = { kind: 'bearer', ...ADA, realm };
      expect(await messageOf(openHttp(server.host, ADA).registry.resolve(PROD))).toMatch(
        /which is not safe.*Nothing was sent/,
      );
    }
  });

  it('takes no token that would end the header', async () => {
    server.auth = { kind: 'bearer', ...ADA };
    server.quirk = (request, response) => {
      if (!request.path.startsWith('/token')) return false;
      response.end(JSON.stringify({ token: 'a\r\nx-evil: 1' }));
      return true;
    };
    expect(await messageOf(openHttp(server.host, ADA).registry.resolve(PROD))).toMatch(/gave no token/);
  });
});

describe('secrets', () => {
  it('do not follow a redirect to another port', async () => {
    const storage = await startLoopbackRegistry();
    try {
      const blob = Buffer.from('stored elsewhere');
      server.auth = { kind: 'basic', ...ADA };
      storage.quirk = (_, response) => response.writeHead(200).end(blob) !== undefined;
      server.quirk = (request, response) => {
        if (!request.path.includes('/blobs/') || request.authorization === undefined) return false;
        response.writeHead(307, { location: `http://${storage.host}/bucket?X-Signature=s3cret` }).end();
        return true;
      };
      const { registry } = openHttp(server.host, ADA);
      expect(await registry.blob(digestOf(blob), 1000)).toEqual(blob);
      expect(storage.requests.map((request) => request.authorization)).toEqual([undefined]);
    } finally {
      await storage.close();
    }
  });

  it('do not come back by a second redirect to the registry', async () => {
    const storage = await startLoopbackRegistry();
    try {
      server.auth = { kind: 'basic', ...ADA };
      storage.quirk = (_, response) =>
        response.writeHead(302, { location: `http://${server.host}/back` }).end() !== undefined;
      server.quirk = (request, response) => {
        if (!request.path.includes('/blobs/') || request.authorization === undefined) return false;
        response.writeHead(302, { location: `http://${storage.host}/away` }).end();
        return true;
      };
      await messageOf(openHttp(server.host, ADA).registry.blob(digest, 1000));
      expect(server.requests.find((request) => request.path === '/back')?.authorization).toBeUndefined();
    } finally {
      await storage.close();
    }
  });

  it('are not followed out of encryption or into other schemes', async () => {
    for (const location of ['http://registry.example/x?sig=s3cret', 'file:///etc/passwd', 'http://[']) {
      server.quirk = (_, response) => response.writeHead(307, { location }).end() !== undefined;
      const message = await messageOf(openHttp(server.host, ADA).registry.manifest(PROD));
      expect(message).toMatch(/not safe to follow/);
      expect(message).not.toContain('s3cret');
    }
  });

  it('are not sent to the host of an upload that is not the registry', async () => {
    const storage = await startLoopbackRegistry();
    try {
      server.auth = { kind: 'basic', ...ADA };
      storage.quirk = (_, response) => response.writeHead(201).end() !== undefined;
      server.quirk = (request, response) => {
        if (request.method !== 'POST' || request.authorization === undefined) return false;
        response.writeHead(202, { location: `http://${storage.host}/upload?_state=abc` }).end();
        return true;
      };
      const bytes = Buffer.from('layer');
      const blob = { digest: digestOf(bytes), size: bytes.length, source: { bytes } };
      await openHttp(server.host, ADA).registry.putBlob(blob);
      expect(storage.requests[0]?.authorization).toBeUndefined();
      expect(storage.requests[0]?.path).toContain('_state=abc&digest=sha256%3A');
    } finally {
      await storage.close();
    }
  });

  it('are taken out of what a server echoes', async () => {
    server.auth = { kind: 'basic', ...ADA };
    server.quirk = (request, response) =>
      request.authorization !== undefined &&
      sendError(response, 400, {
        code: 'ECHO',
        message: `You sent ${request.authorization}, that is ${ADA.password}`,
      });
    const message = await messageOf(openHttp(server.host, ADA).registry.manifest(PROD));
    expect(message).toContain('You sent Basic ***, that is ***');
    expect(message).not.toContain(BASIC);
    expect(message).not.toContain('horse');
  });

  it('are taken out of what a server echoes, tokens as well', async () => {
    server.auth = { kind: 'bearer', ...ADA };
    server.quirk = (request, response) =>
      request.authorization?.startsWith('Bearer ') === true &&
      sendError(response, 400, { code: 'ECHO', message: request.authorization });
    expect(await messageOf(openHttp(server.host, ADA).registry.manifest(PROD))).toContain('ECHO: Bearer ***');
  });
});
