import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/oci-manifest.ts';
import { dockerList, manifestOf, multiArchIndex, singleImage } from '../../support/sample-images.ts';

const parse = (value: unknown) => parseManifest(manifestOf(value, '').bytes, 'The manifest');
const digest = `sha256:${'a'.repeat(64)}`;
const part = { mediaType: 'application/x', digest, size: 1 };

describe('parseManifest', () => {
  it('reads images, indexes and Docker lists', () => {
    expect(parseManifest(singleImage('x').manifest.bytes, 'x')).toMatchObject({
      kind: 'image',
      layers: [{}, {}],
    });
    expect(parseManifest(multiArchIndex('x').manifest.bytes, 'x')).toMatchObject({
      kind: 'index',
      manifests: [{}, {}, {}],
    });
    expect(parseManifest(dockerList('x').manifest.bytes, 'x').mediaType).toMatch(/list\.v2/);
  });

  it.each([
    [{ schemaVersion: 2, manifests: [] }, 'application/vnd.oci.image.index.v1+json'],
    [{ schemaVersion: 2, config: part, layers: [] }, 'application/vnd.oci.image.manifest.v1+json'],
  ])('takes OCI types where the bytes name none: %j', (value, type) => {
    expect(parse(value).mediaType).toBe(type);
  });

  it.each([
    [{ schemaVersion: 1, fsLayers: [] }],
    [{ schemaVersion: 2 }],
    [{ schemaVersion: 2, config: { ...part, digest: 'sha512:ab' }, layers: [] }],
    [{ schemaVersion: 2, config: { ...part, size: -1 }, layers: [] }],
    [{ schemaVersion: 2, config: { ...part, size: '1' }, layers: [] }],
    [{ schemaVersion: 2, mediaType: 'application/json', config: part, layers: [] }],
    [{ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', config: part, layers: [] }],
    [[]],
    ['text'],
    [null],
  ])('refuses %j', (value) => {
    expect(() => parse(value)).toThrow(/The manifest is no/);
  });

  it('refuses what two readers could read differently', () => {
    const twice = new TextEncoder().encode('{"schemaVersion":2,"manifests":[],"manifests":[]}');
    expect(() => parseManifest(twice, 'The manifest')).toThrow(/twice/);
    expect(() => parseManifest(Uint8Array.of(0xff, 0xfe), 'The manifest')).toThrow(/not UTF-8/);
  });
});
