import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFiles } from '../../../../src/adapters/files/node-files.ts';
import { carriesArtifact } from '../../../../src/app/package/carries-artifact.ts';
import { defaultPackageTag, packageArtifact } from '../../../../src/app/package/package-artifact.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { digestOfArtifact } from '../../../../src/core/model-pack.ts';
import type { LoopbackRegistry } from '../../../support/loopback-registry.ts';
import { startLoopbackRegistry } from '../../../support/loopback-registry.ts';
import { messageOf, openHttp } from '../../../support/open-http.ts';
import { multiArchIndex, pushImage, singleImage } from '../../../support/sample-images.ts';

const FILES = {
  'model.onnx': 'weights',
  'empty.json': '',
  'deep/ünï "cödé".txt': 'x',
  'copy.onnx': 'weights',
};
let scratch: string;
let server: LoopbackRegistry;

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'known-good-package-'));
  server = await startLoopbackRegistry();
});
afterEach(async () => {
  rmSync(scratch, { recursive: true });
  await server.close();
});

function artifactAt(name: string, files: Readonly<Record<string, string>> = FILES): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(scratch, name, path)), { recursive: true });
    writeFileSync(join(scratch, name, path), text);
  }
  return join(scratch, name);
}

const ports = () => ({ files: nodeFiles, registry: openHttp(server.host).registry });

describe('packageArtifact', () => {
  it('gives the same digest for the same files, wherever and whenever they are', async () => {
    const first = await packageArtifact({ artifact: artifactAt('one') }, ports());
    const again = artifactAt('two', Object.fromEntries(Object.entries(FILES).reverse()));
    utimesSync(join(again, 'model.onnx'), 1, 1);
    expect(await packageArtifact({ artifact: `${again}/` }, ports())).toEqual({ ...first, written: false });
    expect(first.tag).toBe(defaultPackageTag(first.artifact));
  });

  it('is proved by its layers to carry what the gate measured', async () => {
    const artifact = artifactAt('one');
    const { digest } = await packageArtifact({ artifact }, ports());
    const { registry } = ports();
    expect(await registry.missing(digest)).toEqual([]);
    expect(await carriesArtifact(registry, digest)).toEqual({
      carries: 'layers',
      artifact: digestOfArtifact(await nodeFiles.listArtifact(artifact)),
      revision: undefined,
    });
  });

  it('packages a bare file', async () => {
    const artifact = join(artifactAt('one'), 'model.onnx');
    const packaged = await packageArtifact({ artifact }, ports());
    expect(packaged.artifact).toBe(digestOf('weights'));
    expect(await carriesArtifact(ports().registry, packaged.digest)).toMatchObject({
      carries: 'layers',
      artifact: packaged.artifact,
    });
  });

  it('uploads each content once, and nothing that is there', async () => {
    const artifact = artifactAt('one');
    await packageArtifact({ artifact }, ports());
    const uploads = () => server.requests.filter((request) => request.method === 'POST').length;
    expect(uploads()).toBe(4);
    await packageArtifact({ artifact }, ports());
    expect(uploads()).toBe(4);
  });

  it('writes no tag when a file changes meanwhile', async () => {
    const artifact = artifactAt('one');
    const listArtifact = async (path: string) => {
      const listed = await nodeFiles.listArtifact(path);
      writeFileSync(join(artifact, 'model.onnx'), 'WEIGHTS');
      return listed;
    };
    expect(await messageOf(packageArtifact({ artifact }, { ...ports(), files: { listArtifact } }))).toMatch(
      /The bytes to store are .* the file changed meanwhile/,
    );
    expect(server.tags.size).toBe(0);
  });
});

describe('carriesArtifact', () => {
  const artifact = digestOf('artifact');
  const labels = {
    'io.knowngood.artifact.digest': artifact,
    'org.opencontainers.image.revision': 'a'.repeat(40),
  };

  it.each([
    ['an image', singleImage('x', labels)],
    ['an index', multiArchIndex('x', labels)],
  ])('reads the labels of %s', async (_, image) => {
    const { registry } = ports();
    const digest = await pushImage(registry, image);
    expect(await carriesArtifact(registry, digest)).toEqual({
      carries: 'labels',
      artifact,
      revision: 'a'.repeat(40),
    });
  });

  it.each([
    ['no labels', singleImage('x')],
    ['a label that is no digest', singleImage('x', { 'io.knowngood.artifact.digest': 'latest' })],
  ])('proves nothing by %s', async (_, image) => {
    const { registry } = ports();
    const digest = await pushImage(registry, image);
    expect(await carriesArtifact(registry, digest)).toEqual({ carries: 'unproved', revision: undefined });
  });

  it('proves nothing where the platforms disagree', async () => {
    const { registry } = ports();
    const [labelled, bare] = [singleImage('x', labels), singleImage('y')];
    for (const image of [labelled, bare]) await pushImage(registry, image);
    const index = multiArchIndex('x', labels);
    const json = JSON.parse(new TextDecoder().decode(index.manifest.bytes));
    json.manifests = [labelled, bare].map(({ manifest }) => ({
      mediaType: manifest.mediaType,
      digest: manifest.digest,
      size: manifest.bytes.length,
    }));
    const bytes = new TextEncoder().encode(JSON.stringify(json));
    const manifest = { ...index.manifest, digest: digestOf(bytes), bytes };
    await registry.putManifest(manifest.digest, manifest, 5000);
    expect(await carriesArtifact(registry, manifest.digest)).toEqual({
      carries: 'unproved',
      revision: undefined,
    });
  });

  it('says when there is no such image', async () => {
    expect(await messageOf(carriesArtifact(ports().registry, artifact))).toMatch(/There is no image sha256/);
  });
});
