import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LayoutRegistry } from '../../../../src/adapters/oci/layout-registry.ts';
import { machineTimer } from '../../../../src/adapters/oci/machine-timer.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { parseTag } from '../../../../src/core/image.ts';
import { messageOf } from '../../../support/open-http.ts';
import { pushImage, singleImage } from '../../../support/sample-images.ts';

const PROD = parseTag('prod');
const REF_NAME = 'org.opencontainers.image.ref.name';
const [one, two] = [singleImage('one'), singleImage('two')];
let parent: string;
let root: string;
let registry: LayoutRegistry;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'known-good-layout-'));
  root = join(parent, 'new/registry');
  registry = new LayoutRegistry(root, machineTimer);
});
afterEach(() => rmSync(parent, { recursive: true }));

interface Entry {
  digest: string;
  mediaType: string;
  size: number;
  annotations?: Record<string, string>;
}
const indexPath = () => join(root, 'index.json');
const readIndex = () =>
  JSON.parse(readFileSync(indexPath(), 'utf8')) as { manifests: Entry[]; note?: string };
const writeIndex = (manifests: unknown[], more: object = {}) =>
  writeFileSync(indexPath(), JSON.stringify({ schemaVersion: 2, ...more, manifests }));
const entry = ({ manifest }: typeof one, annotations?: Record<string, string>) => ({
  mediaType: manifest.mediaType,
  digest: manifest.digest,
  size: manifest.bytes.length,
  ...(annotations === undefined ? {} : { annotations }),
});
const pathOf = (digest: string) => join(root, 'blobs/sha256', digest.slice(7));

async function pushBoth(): Promise<void> {
  for (const image of [one, two]) await pushImage(registry, image);
}

describe('a layout folder', () => {
  it('is created by the first write, not by a read, which says that it is not there', async () => {
    await expect(registry.resolve(PROD)).rejects.toThrow(/There is no image layout folder at /);
    expect(existsSync(join(parent, 'new'))).toBe(false);
    await pushImage(registry, one);
    await registry.putManifest(PROD, one.manifest, 5000);
    expect(readdirSync(root).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
    expect(readFileSync(join(root, 'oci-layout'), 'utf8')).toBe('{"imageLayoutVersion":"1.0.0"}');
    expect(readIndex().manifests).toEqual([entry(one, { [REF_NAME]: 'prod' })]);
  });

  it('keeps fields, annotations and entries of other tools', async () => {
    await pushBoth();
    const foreign = [
      entry(one),
      entry(one, { 'com.example.note': 'x' }),
      { mediaType: 'application/x', digest: 'sha512:ab', size: 3, urls: ['https://example.org'] },
      {
        ...entry(two, { [REF_NAME]: 'other', 'com.example.note': 'y' }),
        platform: { os: 'linux', architecture: 'arm' },
      },
    ];
    writeIndex(foreign, { note: 'kept', annotations: { a: 'b' } });
    await registry.putManifest(PROD, one.manifest, 5000);
    expect(readIndex()).toEqual({
      schemaVersion: 2,
      note: 'kept',
      annotations: { a: 'b' },
      manifests: [...foreign, entry(one, { [REF_NAME]: 'prod' })],
    });
  });

  it('takes the first of several entries of one tag, and leaves one', async () => {
    await pushBoth();
    const named = { [REF_NAME]: 'prod' };
    writeIndex([
      { ...entry(one, named), mediaType: 'application/vnd.example+json' },
      entry(two, named),
      entry(one, { ...named, 'com.example.note': 'x' }),
    ]);
    expect(await registry.resolve(PROD)).toBe(two.manifest.digest);
    await registry.putManifest(PROD, one.manifest, 5000);
    expect(await registry.resolve(PROD)).toBe(one.manifest.digest);
    expect(readIndex().manifests.filter((each) => each.annotations?.[REF_NAME] === 'prod')).toEqual([
      entry(one, named),
    ]);
    expect(readIndex().manifests).toContainEqual(entry(one, { 'com.example.note': 'x' }));
    expect(readIndex().manifests).toContainEqual(entry(two));
  });

  it('does not grow when a tag moves to and fro', async () => {
    await pushBoth();
    for (const anchor of [parseTag('prod-1'), parseTag('prod-2')])
      await registry.putManifest(anchor, anchor === 'prod-1' ? one.manifest : two.manifest, 5000);
    for (let i = 0; i < 6; i++)
      await registry.putManifest(PROD, i % 2 === 0 ? one.manifest : two.manifest, 5000);
    expect(readIndex().manifests).toHaveLength(3);
  });

  it('keeps an entry for what a tag leaves, where nothing else names it', async () => {
    await pushBoth();
    for (const image of [one, two]) await registry.putManifest(PROD, image.manifest, 5000);
    expect(readIndex().manifests).toEqual([entry(one), entry(two, { [REF_NAME]: 'prod' })]);
  });

  it('writes nothing when the tag is there already', async () => {
    await pushBoth();
    await registry.putManifest(PROD, one.manifest, 5000);
    writeIndex([entry(one, { [REF_NAME]: 'prod' })], { note: 'as it was' });
    await registry.putManifest(PROD, one.manifest, 5000);
    expect(readIndex().note).toBe('as it was');
  });

  it('may be reached by a link', async () => {
    await pushBoth();
    symlinkSync(root, join(parent, 'link'));
    const linked = new LayoutRegistry(join(parent, 'link'), machineTimer);
    await linked.putManifest(PROD, one.manifest, 5000);
    expect(await registry.resolve(PROD)).toBe(one.manifest.digest);
  });
});

describe('a folder that is not as it should be', () => {
  it.each([
    [
      'other bytes of the same size',
      (bytes: Buffer) => Buffer.from(bytes.toString().replace('linux', 'LINUX').replace('size', 'SIZE')),
    ],
    ['a cut file', (bytes: Buffer) => bytes.subarray(0, 40)],
  ])('is told by the digest: %s', async (_, change) => {
    await pushBoth();
    await registry.putManifest(PROD, one.manifest, 5000);
    const path = pathOf(one.manifest.digest);
    writeFileSync(path, change(readFileSync(path)));
    for (const reference of [PROD, one.manifest.digest])
      expect(await messageOf(registry.manifest(reference))).toMatch(/holds other bytes than its name says/);
  });

  it('has missing parts where blobs are gone or cut', async () => {
    await pushBoth();
    const [config, layer] = one.blobs.map((bytes) => digestOf(bytes));
    rmSync(pathOf(config ?? ''));
    writeFileSync(pathOf(layer ?? ''), 'cut');
    expect(await registry.missing(one.manifest.digest)).toEqual([
      { what: 'config', digest: config },
      { what: 'layer', digest: layer },
    ]);
  });

  it('refuses links that leave it', async () => {
    await pushBoth();
    const path = pathOf(one.manifest.digest);
    renameSync(path, join(parent, 'outside'));
    symlinkSync(join(parent, 'outside'), path);
    expect(await messageOf(registry.manifest(one.manifest.digest))).toMatch(
      /link that leaves the layout folder/,
    );
    rmSync(join(root, 'blobs'), { recursive: true });
    mkdirSync(join(parent, 'blobs'));
    symlinkSync(join(parent, 'blobs'), join(root, 'blobs'));
    expect(await messageOf(pushImage(registry, singleImage('three')))).toMatch(/link that leaves/);
    expect(readdirSync(join(parent, 'blobs'))).toEqual([]);
  });

  it('refuses a folder of other files, and leaves it alone', async () => {
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, 'model.onnx'), 'x');
    expect(await messageOf(pushImage(registry, one))).toMatch(/not an OCI image layout folder/);
    expect(readdirSync(root)).toEqual(['model.onnx']);
  });

  it('refuses a file in its place', async () => {
    mkdirSync(join(parent, 'new'));
    writeFileSync(root, 'a file');
    expect(await messageOf(pushImage(registry, one))).toMatch(/a file stands in the way/);
    expect(await messageOf(registry.resolve(PROD))).toMatch(/a file stands in the way/);
    expect(readFileSync(root, 'utf8')).toBe('a file');
  });

  it.each([
    ['{"schemaVersion":2,"manifests":[', /expected a value/],
    ['[]', /is not the index of an OCI image layout/],
    ['{"schemaVersion":2,"manifests":[{"digest":7}]}', /manifests\.0/],
  ])('refuses an index like %s, for reading and writing', async (text, expected) => {
    await pushBoth();
    writeFileSync(indexPath(), text);
    expect(await messageOf(registry.resolve(PROD))).toMatch(expected);
    expect(await messageOf(registry.putManifest(PROD, one.manifest, 5000))).toMatch(expected);
    expect(readFileSync(indexPath(), 'utf8')).toBe(text);
  });

  it('refuses another version of the layout', async () => {
    await pushBoth();
    writeFileSync(join(root, 'oci-layout'), '{"imageLayoutVersion":"2.0.0"}');
    expect(await messageOf(registry.resolve(PROD))).toMatch(/only OCI image layouts of version 1\.0\.0/);
  });

  it('leaves nothing behind of a blob that is not what it says', async () => {
    await pushBoth();
    const before = readdirSync(root).sort();
    const blob = { digest: digestOf('promised'), size: 8, source: { bytes: Buffer.from('gave you') } };
    expect(await messageOf(registry.putBlob(blob))).toMatch(/The bytes to store are/);
    expect(readdirSync(root).sort()).toEqual(before);
  });
});
