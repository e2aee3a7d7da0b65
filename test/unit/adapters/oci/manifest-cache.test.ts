import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManifestCache } from '../../../../src/adapters/oci/manifest-cache.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { startLoopbackRegistry, type LoopbackRegistry } from '../../../support/loopback-registry.ts';
import { openHttp } from '../../../support/open-http.ts';
import { pushImage, singleImage } from '../../../support/sample-images.ts';

const manifestOf = (fill: number, size: number) => {
  const bytes = new Uint8Array(size).fill(fill);
  return { digest: digestOf(bytes), mediaType: 'model', bytes };
};

describe('ManifestCache', () => {
  it('gives what was kept, and nothing else', () => {
    const cache = new ManifestCache();
    const [one, other] = [manifestOf(1, 10), manifestOf(2, 10)];
    cache.keep(one);
    expect([cache.get(one.digest), cache.get(other.digest)]).toEqual([one, undefined]);
  });

  it('drops the oldest above 4 MiB, and keeps nothing larger than that', () => {
    const cache = new ManifestCache();
    const [one, two, three] = [1, 2, 3].map((fill) => manifestOf(fill, 2 ** 21));
    for (const each of [one, two, two, three]) if (each !== undefined) cache.keep(each);
    expect(
      [one, two, three].map((each) => each !== undefined && cache.get(each.digest) !== undefined),
    ).toEqual([false, true, true]);
    const huge = manifestOf(4, 2 ** 22 + 1);
    cache.keep(huge);
    expect(cache.get(huge.digest)).toBeUndefined();
  });
});

describe('a registry that is asked for a digest again', () => {
  const image = singleImage('cached');
  const { digest } = image.manifest;
  let server: LoopbackRegistry;
  beforeEach(async () => {
    server = await startLoopbackRegistry();
    await pushImage(openHttp(server.host).registry, image);
    server.requests.length = 0;
  });
  afterEach(() => server.close());
  const reads = () =>
    server.requests.filter(({ method, path }) => method === 'GET' && path.includes('/manifests/'));

  it('has the bytes that it asked for when it looked whether all is there', async () => {
    const { registry } = openHttp(server.host);
    expect(await registry.missing(digest)).toEqual([]);
    expect((await registry.manifest(digest))?.digest).toBe(digest);
    expect(reads()).toHaveLength(1);
  });

  it('is asked every time whether it is still there', async () => {
    const { registry } = openHttp(server.host);
    await registry.manifest(digest);
    server.quirk = ({ method }, response) => method === 'GET' && (response.writeHead(404).end(), true);
    expect(await registry.missing(digest)).toEqual([{ what: 'manifest', digest }]);
  });
});
