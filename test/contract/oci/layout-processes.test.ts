import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LayoutRegistry } from '../../../src/adapters/oci/layout-registry.ts';
import { machineTimer } from '../../../src/adapters/oci/machine-timer.ts';
import { parseTag } from '../../../src/core/image.ts';
import type { BundledScript } from '../../support/bundle-script.ts';
import { bundleScript } from '../../support/bundle-script.ts';
import { messageOf } from '../../support/open-http.ts';
import { pushImage, singleImage } from '../../support/sample-images.ts';

const PROD = parseTag('prod');
const image = singleImage('processes');
let writer: BundledScript;
let root: string;
let registry: LayoutRegistry;

beforeAll(async () => {
  writer = await bundleScript('layout-writer.ts');
});
afterAll(() => writer.remove());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'known-good-layout-'));
  registry = new LayoutRegistry(root, machineTimer);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Starts a writer; `tags` fills as they are written. */
function start(prefix: string, count: number) {
  const child = spawn(process.execPath, [writer.path, root, prefix, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const tags: string[] = [];
  const waiting: (() => void)[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    tags.push(...chunk.trim().split('\n'));
    for (const wake of waiting.splice(0)) wake();
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const another = () => new Promise<void>((done) => waiting.push(done));
  return { child, tags, ended, another };
}

const indexedTags = () => {
  const { manifests } = JSON.parse(readFileSync(join(root, 'index.json'), 'utf8')) as {
    manifests: { annotations?: Record<string, string> }[];
  };
  return manifests.map((each) => each.annotations?.['org.opencontainers.image.ref.name']).sort();
};

describe('several processes on one layout folder', () => {
  it('lose no tag, and no reader sees half a file', async () => {
    const writers = ['a', 'b', 'c'].map((prefix) => start(prefix, 15));
    const all = Promise.all(writers.map((each) => each.ended));
    const isOver = all.then(() => true);
    const pause = async () => machineTimer.sleep(2).then(() => false);
    for (let reads = 0; reads < 2000; reads++) {
      await registry.resolve(parseTag('a-0'));
      if (await Promise.race([isOver, pause()])) break;
    }
    expect(await all).toEqual([0, 0, 0]);
    expect(indexedTags()).toEqual(writers.flatMap((each) => each.tags).sort());
    expect(indexedTags()).toHaveLength(45);
  });

  it('may all create it, and find the same abandoned lock, at once', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    for (let round = 0; round < 6; round++) {
      rmSync(root, { recursive: true });
      mkdirSync(root);
      writeFileSync(join(root, '.known-good-lock'), `abandoned-${round}\n${pid}\n${hostname()}\n\n`);
      const writers = ['a', 'b', 'c'].map((prefix) => start(prefix, 2));
      expect(await Promise.all(writers.map((each) => each.ended))).toEqual([0, 0, 0]);
      expect(indexedTags()).toEqual(['a-0', 'a-1', 'b-0', 'b-1', 'c-0', 'c-1']);
    }
  });

  it('go on after one was killed at any moment, with everything that it had confirmed', async () => {
    await pushImage(registry, image);
    for (let round = 0; round < 8; round++) {
      const victim = start(`r${round}`, 1000);
      for (let seen = 0; seen <= round % 3; seen++) await victim.another();
      victim.child.kill('SIGKILL');
      await victim.ended;
      await registry.putManifest(parseTag(`after-${round}`), image.manifest, 5000);
      expect(indexedTags()).toEqual(expect.arrayContaining([...victim.tags, `after-${round}`]));
      expect(readdirSync(root).filter((name) => name.includes('lock'))).toEqual([]);
    }
  });
});

describe('the lock', () => {
  const lock = () => join(root, '.known-good-lock');
  const ownedBy = (pid: number, host = hostname()) => `some-token\n${pid}\n${host}\n\n`;

  it('of a live process is waited for, and named', async () => {
    await pushImage(registry, image);
    writeFileSync(lock(), ownedBy(process.pid));
    expect(await messageOf(registry.putManifest(PROD, image.manifest, 200))).toMatch(
      `is held by process ${process.pid} on`,
    );
    expect(await registry.resolve(PROD)).toBeUndefined();
    rmSync(lock());
    await registry.putManifest(PROD, image.manifest, 5000);
  });

  it('of an ended process is taken over', async () => {
    await pushImage(registry, image);
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    writeFileSync(lock(), ownedBy(pid));
    writeFileSync(`${lock()}-of-some-token`, ownedBy(pid).replace('some', 'other'));
    await registry.putManifest(PROD, image.manifest, 5000);
    expect(readdirSync(root).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
  });

  it('of a process whose number another one has now is taken over', async () => {
    await pushImage(registry, image);
    writeFileSync(lock(), ownedBy(process.pid).replace(/\n\n$/, '\n1\n'));
    const outcome = await messageOf(registry.putManifest(PROD, image.manifest, 300));
    expect(outcome).toMatch(process.platform === 'linux' ? 'nothing went wrong' : /is held by/);
  });

  it('of another machine is waited for while it is young', async () => {
    await pushImage(registry, image);
    writeFileSync(lock(), ownedBy(1, 'elsewhere'));
    expect(await messageOf(registry.putManifest(PROD, image.manifest, 200))).toMatch(/on "elsewhere"/);
  });
});

/** A file system of its own, where this machine lets us make one. */
const mayMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' }).status === 0;

describe.skipIf(!mayMount)('a full or read-only disk (needs the right to mount)', () => {
  const inMount = (script: string) =>
    spawnSync(
      'unshare',
      [
        '-m',
        'sh',
        '-c',
        `mount -t tmpfs -o size=256k none "$1" && ${script}`,
        'sh',
        root,
        process.execPath,
        writer.path,
      ],
      { encoding: 'utf8' },
    );

  it('leaves the tags as they were when the disk is full', () => {
    const { stdout, stderr } = inMount(
      '"$2" "$3" "$1" a 2 && cp "$1/index.json" "$1.kept" && head -c 1000000 /dev/zero > "$1/fill" 2> /dev/null;' +
        '"$2" "$3" "$1" b 1; echo "code $?"; cmp "$1/index.json" "$1.kept" && echo same; rm -f "$1.kept"; ls -A "$1"',
    );
    expect(stderr).toMatch(/cannot be written \(the disk is full.*Its tags are as they were/);
    expect(stdout.split('\n')).toEqual([
      'a-0',
      'a-1',
      'code 3',
      'same',
      'blobs',
      'fill',
      'index.json',
      'oci-layout',
      '',
    ]);
  });

  it('says so when the file system is read-only, and still reads', () => {
    const { stdout, stderr } = inMount(
      '"$2" "$3" "$1" a 1 && mount -o remount,ro "$1" && "$2" "$3" "$1" b 1; echo "code $?"',
    );
    expect(stderr).toMatch(/cannot be written \(the file system is read-only/);
    expect(stdout).toBe('a-0\ncode 3\n');
  });
});
