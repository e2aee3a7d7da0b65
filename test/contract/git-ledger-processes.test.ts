import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitLedger } from '../../src/adapters/git/ledger/create-git-ledger.ts';
import type { Head, LedgerStore } from '../../src/core/ledger-store.ts';
import { seededRandom } from '../../src/stats/random.ts';
import { bundleScript } from '../support/bundle-script.ts';
import type { BundledScript } from '../support/bundle-script.ts';
import { shimGit } from '../support/git-shim.ts';
import { testRepository } from '../support/ledger-repository.ts';
import type { TestRepository } from '../support/ledger-repository.ts';
import { startWriter } from '../support/start-writer.ts';

const BRANCH = 'refs/heads/known-good-ledger';
const now = () => new Date('2026-01-02T03:04:05Z');
let script: BundledScript;

beforeAll(async () => {
  script = await bundleScript('ledger-writer.ts');
});
afterAll(() => script.remove());

/** The heads of the branch, oldest first, after a check that it is one whole chain with one entry a commit. */
function chain({ git }: TestRepository): string[] {
  git('fsck', '--strict', '--no-dangling', '--no-progress');
  const lines = git('log', '--reverse', '--format=%H %P|%s', BRANCH).split('\n');
  const heads = lines.map((line) => line.split(' ')[0] ?? '');
  lines.forEach((line, i) => {
    expect(line.split('|')[0]?.trim()).toBe([heads[i], ...heads.slice(Math.max(0, i - 1), i)].join(' '));
    expect(line.split('|')[1]).toMatch(new RegExp(`^${i + 1} by `));
  });
  expect(git('show', `${BRANCH}:state.json`)).toBe(String(heads.length));
  expect(git('ls-tree', '-r', '--name-only', BRANCH).split('\n')).toHaveLength(heads.length + 1);
  return heads;
}

async function race(rounds: number, repository: TestRepository, writers: readonly string[][]) {
  const both = writers.map((args) => startWriter(script.path, args));
  const won: string[] = [];
  for (let round = 0; round < rounds; round++) {
    expect(await Promise.all(both.map((each) => each.ask('read')))).toEqual(['ready', 'ready']);
    const answers = await Promise.all(both.map((each) => each.ask('append')));
    expect(answers.map((answer) => answer.split(' ')[0]).sort()).toEqual(['appended', 'lost']);
    won.push(answers.find((answer) => answer !== 'lost')?.split(' ')[1] ?? '');
  }
  expect(chain(repository)).toEqual(won);
}

describe('two processes appending at the same head', () => {
  it('have one winner each time, in one repository', async () => {
    const repository = testRepository();
    await race(50, repository, [
      [repository.root, '-', 'a'],
      [repository.root, '-', 'b'],
    ]);
  });

  it('have one winner each time, at a remote, from two clones', async () => {
    const remote = testRepository('--bare');
    const [a, b] = [testRepository(), testRepository()];
    await race(50, remote, [
      [a.root, remote.root, 'a'],
      [b.root, `file://${remote.root}`, 'b'],
    ]);
  });

  it('have one winner each time, at a remote, from the same clone', async () => {
    const [remote, clone] = [testRepository('--bare'), testRepository()];
    await race(15, remote, [
      [clone.root, remote.root, 'a'],
      [clone.root, remote.root, 'b'],
    ]);
  });
});

interface Next {
  head: Head | undefined;
  entry: Record<string, string>;
  message: string;
}

async function nextEntry(ledger: LedgerStore): Promise<Next> {
  const { head, files } = await ledger.read(['state.json']);
  const next = Number(files['state.json'] ?? 0) + 1;
  const entry = { [`entries/${Math.floor(next / 10)}/${next}`]: 'c', 'state.json': String(next) };
  return { head, entry, message: `${next} by c` };
}

function write(ledger: LedgerStore, { head, entry, message }: Next) {
  return ledger.append({ parent: head, files: entry, message });
}

/** Appends one entry whatever was left behind: locks, and a git that still ends its work. Returns how many locks had to go. */
async function appendOne(ledger: LedgerStore, root: string): Promise<number> {
  let locks = 0;
  for (let attempt = 0; attempt < 6; attempt++)
    try {
      if ((await write(ledger, await nextEntry(ledger))).kind === 'appended') return locks;
    } catch (error) {
      removeLock(error, root);
      locks += 1;
    }
  throw new Error('The ledger takes no more appends.');
}

function removeLock(error: unknown, root: string): void {
  const lock = / left (\S+\.lock) in the repository/.exec(String(error))?.[1] ?? '(no lock named)';
  const file = lock.startsWith('.git/') ? join(root, lock) : join(root, '..', lock);
  expect(existsSync(file), `${String(error)} ${file}`).toBe(true);
  rmSync(file);
}

describe('a ledger whose writer is killed', () => {
  it.each([
    ['locally', 25, false],
    ['at a remote', 10, true],
  ])('is one whole chain, and takes the next append, %s', async (_, kills, remotely) => {
    const [random, clone, remote] = [seededRandom(11), testRepository(), testRepository('--bare')];
    const target = remotely ? remote : clone;
    const at = remotely ? remote.root : '-';
    const ledger = createGitLedger({ folder: clone.root, now, ...(remotely && { remote: remote.root }) });
    const told: string[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const writer = startWriter(script.path, [clone.root, at, 'k']);
      writer.tell('loop');
      await writer.saidAtLeast(1);
      await new Promise((done) => setTimeout(done, random.below(remotely ? 400 : 60)));
      await writer.kill();
      told.push(...writer.said.map((line) => line.split(' ')[1] ?? line));
      await appendOne(ledger, clone.root);
    }
    const heads = chain(target);
    expect(told.filter((head) => !heads.includes(head))).toEqual([]);
    expect(told.length).toBeGreaterThanOrEqual(kills);
  });

  it('is one whole chain, and takes the next append, when git itself is killed', async () => {
    const repository = testRepository();
    const ledger = createGitLedger({ folder: repository.root, now });
    let locks = 0;
    for (let round = 0; round < 40; round++) {
      const entry = await nextEntry(ledger);
      const path = process.env['PATH'];
      shimGit(`exec timeout -s KILL ${(1 + (round % 13)) / 1000} "$GIT" "$@"`);
      await write(ledger, entry).catch((error: unknown) =>
        expect(error).toMatchObject({ code: 'unavailable' }),
      );
      process.env['PATH'] = path;
      locks += await appendOne(ledger, repository.root);
    }
    expect(chain(repository).length).toBeGreaterThanOrEqual(40);
    process.stdout.write(`locks left by 40 rounds of killed git: ${locks}\n`);
  });
});
