import { describe, expect, it } from 'vitest';
import type { ArtifactFile } from '../../../src/core/digest.ts';
import { artifactDigest, digestOf } from '../../../src/core/digest.ts';
import type { ListedArtifact } from '../../../src/core/model-pack.ts';
import { artifactOfLayers, planModelPack } from '../../../src/core/model-pack.ts';
import { parseManifest } from '../../../src/core/oci-manifest.ts';
import { manifestOf } from '../../support/sample-images.ts';

const file = (path: string, text = path): ArtifactFile => ({
  path,
  size: text.length,
  digest: digestOf(text),
});
const folder = (...paths: string[]): ListedArtifact => ({
  kind: 'folder',
  files: paths.map((path) => file(path)),
});
const ODD = [
  'model.onnx',
  'ünï/cödé 模型.onnx',
  'a b/"quoted".json',
  "it's",
  '%2e%2e',
  '.hidden',
  '…',
  'Z',
  'a',
];
const reparsed = (listed: ListedArtifact) => parseManifest(planModelPack(listed).manifest.bytes, 'x');

describe('planModelPack', () => {
  it('writes what CNCF ModelPack asks for', () => {
    const pack = planModelPack(
      folder('model.onnx', 'metrics.json', 'README.md', 'golden.jsonl', 'train.py', 'what'),
    );
    const manifest = JSON.parse(new TextDecoder().decode(pack.manifest.bytes));
    expect(manifest).toMatchObject({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: 'application/vnd.cncf.model.manifest.v1+json',
      config: { mediaType: 'application/vnd.cncf.model.config.v1+json', digest: pack.config.digest },
    });
    expect(
      manifest.layers.map((layer: { mediaType: string; annotations: object }) => [
        layer.mediaType,
        layer.annotations,
      ]),
    ).toEqual([
      ['application/vnd.cncf.model.doc.v1.raw', { 'org.cncf.model.filepath': 'README.md' }],
      ['application/vnd.cncf.model.dataset.v1.raw', { 'org.cncf.model.filepath': 'golden.jsonl' }],
      ['application/vnd.cncf.model.weight.config.v1.raw', { 'org.cncf.model.filepath': 'metrics.json' }],
      ['application/vnd.cncf.model.weight.v1.raw', { 'org.cncf.model.filepath': 'model.onnx' }],
      ['application/vnd.cncf.model.code.v1.raw', { 'org.cncf.model.filepath': 'train.py' }],
      [
        'application/vnd.cncf.model.weight.v1.raw',
        { 'org.cncf.model.file.mediatype.untested': 'true', 'org.cncf.model.filepath': 'what' },
      ],
    ]);
    expect(JSON.parse(new TextDecoder().decode(pack.config.bytes))).toEqual({
      descriptor: {},
      config: { format: 'onnx' },
      modelfs: { type: 'layers', diffIds: pack.layers.map((layer) => layer.digest) },
    });
  });

  it('gives the same digest for the same files in any order, and another for any change', () => {
    const { digest } = planModelPack(folder('a', 'b', 'c')).manifest;
    expect(planModelPack(folder('c', 'a', 'b')).manifest.digest).toBe(digest);
    const others = [
      folder('a', 'b'),
      folder('a', 'b', 'C'),
      { kind: 'folder' as const, files: [file('a'), file('b'), file('c', 'changed')] },
    ];
    for (const other of others) expect(planModelPack(other).manifest.digest).not.toBe(digest);
  });
});

describe('artifactOfLayers', () => {
  it('proves the digest that the gate computed, with odd names too', () => {
    const listed = folder(...ODD);
    expect(artifactOfLayers(reparsed(listed))).toBe(artifactDigest(listed.files));
  });

  it('tells a bare file from a folder of one', () => {
    const files = [file('model.onnx')];
    expect(artifactOfLayers(reparsed({ kind: 'file', files }))).toBe(files[0]?.digest);
    expect(artifactOfLayers(reparsed({ kind: 'folder', files }))).toBe(artifactDigest(files));
  });

  it('does not believe the annotation against the layers', () => {
    const manifest = JSON.parse(new TextDecoder().decode(planModelPack(folder('a', 'b')).manifest.bytes));
    manifest.annotations['io.knowngood.artifact.digest'] = digestOf('something else');
    const lying = parseManifest(manifestOf(manifest, '').bytes, 'x');
    expect(artifactOfLayers(lying)).toBe(artifactDigest(folder('a', 'b').files));
  });

  type Json = {
    artifactType?: string;
    layers: { mediaType: string; annotations?: Record<string, string> }[];
  };
  const path = (value: string) => (manifest: Json) => {
    manifest.layers[0] = {
      ...manifest.layers[0],
      mediaType: manifest.layers[0]?.mediaType ?? '',
      annotations: { 'org.cncf.model.filepath': value },
    };
  };
  it.each<[string, (manifest: Json) => void]>([
    ['no ModelPack', (manifest) => delete manifest.artifactType],
    ['a layer without a path', (manifest) => delete manifest.layers[0]?.annotations],
    [
      'a packed layer',
      (manifest) => (manifest.layers[0]!.mediaType = 'application/vnd.cncf.model.weight.v1.tar'),
    ],
    [
      'a foreign layer',
      (manifest) => (manifest.layers[0]!.mediaType = 'application/vnd.oci.image.layer.v1.tar'),
    ],
    ['no layers', (manifest) => (manifest.layers = [])],
    ['a path twice', path('b')],
    ['a path with a line break', path('x\nsha256')],
    ['a path upwards', path('../a')],
    ['a path with a step', path('x/./a')],
    ['an absolute path', path('/a')],
    ['a backslash', path('x\\a')],
    ['an empty path', path('')],
  ])('proves nothing for %s', (_, change) => {
    const manifest = JSON.parse(new TextDecoder().decode(planModelPack(folder('a', 'b')).manifest.bytes));
    change(manifest);
    expect(artifactOfLayers(parseManifest(manifestOf(manifest, '').bytes, 'x'))).toBeUndefined();
  });
});
