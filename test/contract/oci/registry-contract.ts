import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { retag } from '../../../src/app/registry/retag.ts';
import { machineTimer } from '../../../src/adapters/oci/machine-timer.ts';
import { digestOf } from '../../../src/core/digest.ts';
import { parseTag } from '../../../src/core/image.ts';
import type { Registry } from '../../../src/core/registry.ts';
import {
  artifactManifest,
  dockerList,
  multiArchIndex,
  pushImage,
  singleImage,
} from '../../support/sample-images.ts';

/** A registry to try, and how to end it. */
export interface OpenedRegistry {
  registry: Registry;
  close(): Promise<void>;
}

const PROD = parseTag('prod');
const NOWHERE = digestOf('nowhere');
const sleep = (milliseconds: number) => machineTimer.sleep(milliseconds);
const encode = (text: string) => new TextEncoder().encode(text);

/** What every registry does, whatever is behind it. */
export function registryContract(name: string, open: () => Promise<OpenedRegistry>): void {
  describe(`the registry port: ${name}`, () => {
    let opened: OpenedRegistry;
    let registry: Registry;
    beforeAll(async () => {
      opened = await open();
      registry = opened.registry;
    });
    afterAll(() => opened.close());

    it('says of absent things that they are absent', async () => {
      expect(await registry.resolve(parseTag('never'))).toBeUndefined();
      expect(await registry.manifest(parseTag('never'))).toBeUndefined();
      expect(await registry.manifest(NOWHERE)).toBeUndefined();
      expect(await registry.hasBlob(NOWHERE)).toBe(false);
      expect(await registry.blob(NOWHERE, 100)).toBeUndefined();
      expect(await registry.missing(NOWHERE)).toEqual([{ what: 'manifest', digest: NOWHERE }]);
    });

    it.each([
      ['a single image', singleImage('contract')],
      ['a multi-arch index with an attestation', multiArchIndex('contract')],
      ['a Docker manifest list', dockerList('contract')],
      ['an artifact', artifactManifest('contract')],
    ])('keeps the very bytes of %s under digest and tag', async (_, image) => {
      const digest = await pushImage(registry, image);
      expect(await retag(registry, { digest, tags: [PROD], timeoutMs: 10_000, sleep })).toEqual({
        kind: 'proved',
      });
      expect(await registry.resolve(PROD)).toBe(digest);
      for (const reference of [PROD, digest]) {
        const found = await registry.manifest(reference);
        expect(found?.digest).toBe(digest);
        expect(found?.mediaType).toBe(image.manifest.mediaType);
        expect(Buffer.from(found?.bytes ?? []).equals(Buffer.from(image.manifest.bytes))).toBe(true);
      }
      expect(await registry.missing(digest)).toEqual([]);
    });

    it('moves a tag on and back, and leaves other tags alone', async () => {
      const [one, two] = [singleImage('one'), singleImage('two')];
      for (const image of [one, two]) await pushImage(registry, image);
      const other = parseTag('other');
      const moves: [typeof one, typeof PROD][] = [
        [one, other],
        [one, PROD],
        [two, PROD],
        [one, PROD],
        [two, PROD],
      ];
      for (const [image, tag] of moves) await registry.putManifest(tag, image.manifest, 10_000);
      expect(await registry.resolve(PROD)).toBe(two.manifest.digest);
      expect(await registry.resolve(other)).toBe(one.manifest.digest);
    });

    it('stores a blob from bytes and from a file, and gives it back', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'known-good-blob-'));
      try {
        const large = Buffer.alloc(3_000_000, 'model ');
        await writeFile(join(folder, 'model.onnx'), large);
        const blobs = [
          { bytes: encode('bytes'), source: { bytes: encode('bytes') } },
          { bytes: large, source: { path: join(folder, 'model.onnx') } },
          { bytes: encode(''), source: { bytes: encode('') } },
        ];
        for (const { bytes, source } of blobs) {
          const digest = digestOf(bytes);
          await registry.putBlob({ digest, size: bytes.length, source });
          await registry.putBlob({ digest, size: bytes.length, source });
          expect(await registry.hasBlob(digest)).toBe(true);
          const found = await registry.blob(digest, 4_000_000);
          expect(Buffer.from(found ?? encode('absent')).equals(Buffer.from(bytes))).toBe(true);
        }
        await expect(registry.blob(digestOf(large), 1000)).rejects.toThrow(/1000/);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it('refuses a blob of other bytes than its digest', async () => {
      const digest = digestOf('promised');
      const source = { bytes: encode('gave you') };
      await expect(registry.putBlob({ digest, size: 8, source })).rejects.toThrow(/The bytes to store are/);
      expect(await registry.hasBlob(digest)).toBe(false);
    });

    it('refuses a manifest under the digest of another', async () => {
      const { manifest } = singleImage('contract');
      await expect(registry.putManifest(NOWHERE, manifest, 10_000)).rejects.toThrow(NOWHERE);
    });

    it('stores two tags at once without losing one', async () => {
      const { manifest } = singleImage('contract');
      const tags = Array.from({ length: 10 }, (_, at) => parseTag(`at-once-${at}`));
      await Promise.all(tags.map((tag) => registry.putManifest(tag, manifest, 10_000)));
      expect(await Promise.all(tags.map((tag) => registry.resolve(tag)))).toEqual(
        tags.map(() => manifest.digest),
      );
    });
  });
}
