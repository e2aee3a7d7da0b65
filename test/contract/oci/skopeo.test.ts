import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageArtifact } from '../../../src/app/package/package-artifact.ts';
import { retag } from '../../../src/app/registry/retag.ts';
import { nodeFiles } from '../../../src/adapters/files/node-files.ts';
import { createRegistries } from '../../../src/adapters/oci/create-registries.ts';
import { machineTimer } from '../../../src/adapters/oci/machine-timer.ts';
import { digestOf } from '../../../src/core/digest.ts';
import { parseImageRepository, parseTag } from '../../../src/core/image.ts';
import type { Registry } from '../../../src/core/registry.ts';
import type { DockerRegistry } from '../../support/docker-registry.ts';
import { isInstalled, startDockerRegistry } from '../../support/docker-registry.ts';
import type { SampleImage } from '../../support/sample-images.ts';
import {
  artifactManifest,
  dockerList,
  multiArchIndex,
  pushImage,
  singleImage,
} from '../../support/sample-images.ts';

const hasSkopeo = isInstalled('skopeo');
const [PROD, NEXT] = [parseTag('prod'), parseTag('next')];
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'known-good-skopeo-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

function skopeo(...args: string[]): Buffer {
  const run = spawnSync('skopeo', args, { env: { ...process.env, HOME: scratch }, maxBuffer: 2 ** 24 });
  if (run.status !== 0) throw new Error(`skopeo ${args.join(' ')}: ${run.stderr.toString()}`);
  return run.stdout;
}

const open = (repository: string): Registry =>
  createRegistries({ cwd: scratch, env: {}, home: scratch }).open(parseImageRepository(repository));
const move = (registry: Registry, digest: SampleImage['manifest']['digest'], tag = PROD) =>
  retag(registry, { digest, tags: [tag], timeoutMs: 10_000, sleep: (ms) => machineTimer.sleep(ms) });

/** Pushes under one tag, moves another tag there, and lets skopeo look at both. */
async function witnessed(
  registry: Registry,
  image: SampleImage,
  inspect: (tag: string) => Buffer,
): Promise<void> {
  await pushImage(registry, image);
  await registry.putManifest(NEXT, image.manifest, 10_000);
  const before = inspect(NEXT);
  expect(await move(registry, image.manifest.digest)).toEqual({ kind: 'proved' });
  expect(inspect(PROD).equals(before)).toBe(true);
  expect(digestOf(before)).toBe(image.manifest.digest);
}

describe.skipIf(!hasSkopeo)('skopeo as a witness (skipped where it is not installed)', () => {
  describe.skipIf(!isInstalled('docker-registry'))('over HTTP (needs docker-registry)', () => {
    let server: DockerRegistry;
    beforeAll(async () => {
      server = await startDockerRegistry();
    });
    afterAll(() => server.close());

    it.each([
      ['an image', singleImage('skopeo')],
      ['an index', multiArchIndex('skopeo')],
      ['a Docker list', dockerList('skopeo')],
      ['an artifact', artifactManifest('skopeo')],
    ])('sees the same bytes of %s before and after', async (_, image) => {
      const from = (tag: string) =>
        skopeo('inspect', '--raw', '--tls-verify=false', `docker://${server.host}/acme/bank:${tag}`);
      await witnessed(open(`${server.host}/acme/bank`), image, from);
    });

    it('copies a packaged artifact to a layout folder without a change', async () => {
      const artifact = join(scratch, 'model.onnx');
      writeFileSync(artifact, 'weights');
      const registry = open(`${server.host}/acme/bank`);
      const { digest, tag } = await packageArtifact({ artifact }, { files: nodeFiles, registry });
      const source = `docker://${server.host}/acme/bank:${tag}`;
      skopeo(
        'copy',
        '--all',
        '--preserve-digests',
        '--src-tls-verify=false',
        source,
        `oci:${join(scratch, 'copied')}:${tag}`,
      );
      const copied = open('oci-layout:copied');
      expect(await copied.resolve(tag)).toBe(digest);
      expect(await copied.missing(digest)).toEqual([]);
    });
  });

  it.each([
    ['an image', singleImage('folder')],
    ['an index', multiArchIndex('folder')],
  ])('sees the same bytes of %s in a layout folder', async (name, image) => {
    const path = name.replace(' ', '-');
    const from = (tag: string) => skopeo('inspect', '--raw', `oci:${join(scratch, path)}:${tag}`);
    await witnessed(open(`oci-layout:${path}`), image, from);
  });

  // Without --preserve-digests skopeo compresses layers, and so makes other images.
  it('writes into our folder, and we read it; we move its tag, and it reads that', async () => {
    const [one, two] = [multiArchIndex('written one'), singleImage('written two')];
    const source = open('oci-layout:source');
    for (const [image, tag] of [
      [one, PROD],
      [two, NEXT],
    ] as const) {
      await pushImage(source, image);
      await source.putManifest(tag, image.manifest, 10_000);
    }
    const target = join(scratch, 'target');
    const copy = (from: string, to: string) =>
      skopeo(
        'copy',
        '--all',
        '--preserve-digests',
        `oci:${join(scratch, 'source')}:${from}`,
        `oci:${target}:${to}`,
      );
    copy('prod', 'prod');
    copy('next', 'next');
    copy('next', 'prod');
    copy('prod', 'other');
    copy('next', '');
    const registry = open('oci-layout:target');
    expect(await registry.resolve(parseTag('other'))).toBe(one.manifest.digest);
    expect(await registry.missing(one.manifest.digest)).toEqual([]);
    for (const image of [one, two, one]) {
      await move(registry, image.manifest.digest);
      expect(await registry.resolve(PROD)).toBe(image.manifest.digest);
      const seen = skopeo('inspect', '--raw', `oci:${target}:prod`);
      expect(digestOf(seen)).toBe(image.manifest.digest);
    }
    copy('next', 'prod');
    expect(await registry.resolve(PROD)).toBe(two.manifest.digest);
    expect(readFileSync(join(target, 'oci-layout'), 'utf8')).toContain('1.0.0');
  });
});
