import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findRelease } from '../../../src/app/release/find-release.ts';
import type { Digest } from '../../../src/core/digest.ts';
import { openLaneDesk, type LaneDesk } from '../../support/lane-desk.ts';
import { LANE, type LaneFolder } from '../../support/lane-ports.ts';
import { openLaneSite, restOf, tagsIn, type LaneSite } from '../../support/lane-site.ts';
import { startLoopbackRegistry, type LoopbackRegistry, type Quirk } from '../../support/loopback-registry.ts';

const HISTORY = { versions: ['1.0', '1.1', '1.2'], promoted: ['1.0', '1.1'] };

let site: LaneSite;

beforeAll(async () => {
  site = await openLaneSite();
});
afterAll(() => site.close(), 60_000);

async function digestOfVersion({ ports }: LaneDesk, version: string): Promise<Digest> {
  return (await findRelease(ports.ledger, LANE.model, version)).digest;
}

const blobIn = ({ root }: LaneFolder, digest: string) =>
  join(root, 'registry/blobs/sha256', digest.slice('sha256:'.length));

/** The digest of an image's last layer. */
function layerOf(folder: LaneFolder, digest: string): string {
  const { layers } = JSON.parse(readFileSync(blobIn(folder, digest), 'utf8')) as {
    layers: { digest: string }[];
  };
  return layers.at(-1)?.digest ?? '';
}

type Tampering = (folder: LaneFolder, digest: string) => void;

const TAMPERINGS: [string, Tampering, RegExp][] = [
  [
    'other bytes of the same length under its digest',
    (folder, digest) => {
      const path = blobIn(folder, digest);
      writeFileSync(
        path,
        readFileSync(path, 'utf8').replace('amd64', 'arm64').replace('"size": 3', '"size": 4'),
      );
    },
    /holds other bytes than its name says: they are sha256:[0-9a-f]{64}\. The folder was altered/,
  ],
  [
    'a truncated manifest',
    (folder, digest) => truncateSync(blobIn(folder, digest), 40),
    /holds other bytes than its name says/,
  ],
  [
    'a truncated layer',
    (folder, digest) => truncateSync(blobIn(folder, layerOf(folder, digest)), 3),
    /1\.2 .* cannot be pulled from oci-layout:\.\/registry: layer sha256:[0-9a-f]{12} is not there/,
  ],
  [
    'a lost layer',
    (folder, digest) => rmSync(blobIn(folder, layerOf(folder, digest))),
    /1\.2 .* cannot be pulled from oci-layout:\.\/registry: layer/,
  ],
];

describe.each(TAMPERINGS)('a layout folder with %s', (_, tamper, sentence) => {
  it('stops the promotion of that release, changes nothing, and another one still moves', async () => {
    const folder = await site.make(HISTORY);
    const desk = await openLaneDesk(folder);
    const before = { tags: tagsIn(folder.root), heads: (await restOf(folder)).heads };
    tamper(folder, await digestOfVersion(desk, '1.2'));
    const { outcome, message } = await desk.promote('1.2');
    expect(['refused', 'rejected'], message).toContain(outcome);
    expect(message).toMatch(sentence);
    expect({ tags: tagsIn(folder.root), heads: (await restOf(folder)).heads }).toEqual(before);
    expect(await desk.rollback()).toMatchObject({ outcome: 'done', release: { version: '1.0' } });
  });

  const passesOver = async () => {
    const folder = await site.make({ ...HISTORY, promoted: HISTORY.versions });
    const desk = await openLaneDesk(folder);
    tamper(folder, await digestOfVersion(desk, '1.1'));
    return { folder, desk };
  };

  it('makes a rollback pass that release over', async () => {
    const { desk } = await passesOver();
    expect(await desk.rollback()).toMatchObject({ outcome: 'done', release: { version: '1.0' } });
  });

  it('leaves a rollback to a named release as it is', async () => {
    const { folder, desk } = await passesOver();
    expect(await desk.rollback('1.0')).toMatchObject({ outcome: 'done', release: { version: '1.0' } });
    expect((await restOf(folder)).status.tag.kind).toBe('ok');
  });
});

describe('a registry over HTTP that lies', () => {
  let registry: LoopbackRegistry;
  let folder: LaneFolder;
  let desk: LaneDesk;

  beforeEach(async () => {
    registry = await startLoopbackRegistry();
    folder = await site.make({ ...HISTORY, policy: { image: `${registry.host}/acme/bank` } });
    desk = await openLaneDesk(folder);
  });
  afterEach(() => registry.close());

  /** What the registry holds under a digest, answered wrongly. */
  const lie =
    (digest: string, answer: (bytes: Buffer, isHead: boolean) => ReturnType<typeof wrong>): Quirk =>
    (request, response) => {
      const found = registry.manifests.get(`acme/bank@${digest}`);
      if (request.method === 'PUT' || !request.path.endsWith(`/manifests/${digest}`) || found === undefined)
        return false;
      const { bytes, length, header } = answer(found.bytes, request.method === 'HEAD');
      response.writeHead(200, {
        'content-type': found.type,
        'content-length': length,
        'docker-content-digest': header ?? digest,
      });
      response.write(request.method === 'HEAD' ? '' : bytes, () => response.destroy());
      return true;
    };
  const wrong = (bytes: Buffer, length = bytes.length, header?: string) => ({ bytes, length, header });

  it.each<[string, (bytes: Buffer) => ReturnType<typeof wrong>]>([
    [
      'other bytes under the digest',
      (bytes) => wrong(Buffer.from(bytes.toString('utf8').replace(/[0-9a-f]{8}"/, '00000000"'))),
    ],
    ['a truncated body', (bytes) => wrong(bytes.subarray(0, 50), bytes.length)],
    ['a shorter body that says so', (bytes) => wrong(bytes.subarray(0, 50))],
    ['the wrong digest in the header', (bytes) => wrong(bytes, bytes.length, `sha256:${'0'.repeat(64)}`)],
  ])('with %s cannot have that release promoted, and changes nothing', async (_, answer) => {
    const before = { tags: Object.fromEntries(registry.tags), heads: (await restOf(folder)).heads };
    registry.quirk = lie(await digestOfVersion(desk, '1.2'), answer);
    const { outcome, message } = await desk.promote('1.2');
    const after = { tags: Object.fromEntries(registry.tags), heads: (await restOf(folder)).heads };
    expect(['refused', 'rejected'], message).toContain(outcome);
    expect(message).toMatch(/sha256:|truncated|cut off|bytes/);
    expect(after).toEqual(before);
    expect(await desk.rollback()).toMatchObject({ outcome: 'done', release: { version: '1.0' } });
  });

  it('with a tag that names another digest than its bytes have is told from what was promoted', async () => {
    const before = (await restOf(folder)).heads;
    registry.quirk = (request, response) => {
      if (request.method !== 'HEAD' || !request.path.endsWith('/manifests/prod')) return false;
      const header = { 'docker-content-digest': `sha256:${'0'.repeat(64)}`, 'content-length': 10 };
      response
        .writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json', ...header })
        .end();
      return true;
    };
    const refused = await desk.promote('1.2');
    expect(refused).toMatchObject({ outcome: 'refused', reasons: [{ code: 'drift' }] });
    expect((await restOf(folder)).heads).toEqual(before);
    registry.quirk = undefined;
    expect(await desk.promote('1.2')).toMatchObject({ outcome: 'done' });
  });
});
