import { describe, expect, it } from 'vitest';
import { formatImageRepository, parseImageRepository, parseTag } from '../../../src/core/image.ts';

describe('parseImageRepository', () => {
  it.each([
    ['ghcr.io/acme/bank', 'ghcr.io', 'acme/bank'],
    ['ghcr.io/acme', 'ghcr.io', 'acme'],
    ['localhost/bank', 'localhost', 'bank'],
    ['localhost:5000/acme/bank', 'localhost:5000', 'acme/bank'],
    ['[::1]:5000/bank', '[::1]:5000', 'bank'],
    ['127.0.0.1:5000/a/b/c', '127.0.0.1:5000', 'a/b/c'],
    ['bank', 'docker.io', 'library/bank'],
    ['acme/bank', 'docker.io', 'acme/bank'],
    ['docker.io/bank', 'docker.io', 'library/bank'],
    ['ghcr.io/a_b/c__d/e-f--g/h.i', 'ghcr.io', 'a_b/c__d/e-f--g/h.i'],
  ])('reads %s', (text, host, name) => {
    const image = parseImageRepository(text);
    expect(image).toEqual({ kind: 'registry', host, name });
    expect(parseImageRepository(formatImageRepository(image))).toEqual(image);
  });

  it.each(['./registry/bank', '/abs/olute', 'with spaces & ünïcode', '..'])('reads the folder %s', (path) => {
    const image = parseImageRepository(`oci-layout:${path}`);
    expect(image).toEqual({ kind: 'layout', path });
    expect(parseImageRepository(formatImageRepository(image))).toEqual(image);
  });

  it.each([
    '',
    '/',
    'ghcr.io/',
    'ghcr.io/Acme/bank',
    'ghcr.io/acme/bank:1.0',
    `ghcr.io/acme/bank@sha256:${'a'.repeat(64)}`,
    'https://ghcr.io/acme/bank',
    'ghcr.io//bank',
    'ghcr.io/acme/bank/',
    'ghcr.io/../bank',
    'ghcr.io/a_-b',
    'user@ghcr.io/acme/bank',
    'ghcr.io/acme/bank?x=1',
    'ghcr.io/acme/bank#x',
    'ghcr.io:99999999/bank',
    '-evil.example/bank',
    `ghcr.io/${'a'.repeat(256)}`,
    'oci-layout:',
    'oci-layout:a\u0000b',
    'acme bank',
    'ghcr.io/acme\n/bank',
  ])('refuses %j', (text) => {
    expect(() => parseImageRepository(text)).toThrow(/Not an image repository/);
  });
});

describe('parseTag', () => {
  it.each(['prod', 'v1.8.0', '_x', 'A-b_c.d', 'a'.repeat(128)])('reads %s', (text) => {
    expect(parseTag(text)).toBe(text);
  });

  it.each(['', '.x', '-x', 'a/b', 'a:b', 'a b', 'a\n', 'ä', 'a'.repeat(129), `sha256:${'a'.repeat(64)}`])(
    'refuses %j',
    (text) => {
      expect(() => parseTag(text)).toThrow(/Not a tag/);
    },
  );
});
