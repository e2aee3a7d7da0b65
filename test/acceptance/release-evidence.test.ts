import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeReleasePlace, type Ended, type ReleasePlace } from '../support/release-place.ts';

const CONFIG = '.github/known-good.yml';
const LEDGER = 'known-good-ledger';

let place: ReleasePlace;
let commit: string;

beforeAll(async () => {
  place = await makeReleasePlace();
  commit = commitConfig(place.read(CONFIG));
});
afterAll(async () => {
  await place.close();
});

function commitConfig(text: string): string {
  place.write(CONFIG, text);
  place.repository.git('add', CONFIG);
  place.repository.git('commit', '-q', '-m', 'config');
  return place.repository.git('rev-parse', 'HEAD').slice(0, 7);
}

function expectEnd(ended: Ended, code: number, ...words: (string | RegExp)[]): void {
  const said = `${ended.stdout}\n${ended.stderr}`;
  expect(ended.code, said).toBe(code);
  const unbroken = said.replace(/\s+/g, ' ');
  for (const word of words) expect(unbroken).toMatch(word);
}

/** Rewrites files of the ledger's branch by hand, as who can push to it could; returns how to take it back. */
function tamper(pattern: RegExp, change: (text: string) => string | undefined): () => void {
  const { git } = place.repository;
  const before = git('rev-parse', LEDGER);
  const folder = join(place.cwd, 'tampering');
  git('worktree', 'add', '-q', '--detach', folder, LEDGER);
  const paths = git('ls-tree', '-r', '--name-only', LEDGER)
    .split('\n')
    .filter((path) => pattern.test(path));
  expect(paths).not.toEqual([]);
  for (const path of paths.map((each) => join(folder, each))) {
    const text = change(readFileSync(path, 'utf8'));
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
  git('-C', folder, 'commit', '-qam', 'nothing to see here');
  git('update-ref', `refs/heads/${LEDGER}`, git('-C', folder, 'rev-parse', 'HEAD'));
  git('worktree', 'remove', '--force', folder);
  return () => place.repository.git('update-ref', `refs/heads/${LEDGER}`, before);
}

it('a promotion says by which config, and why says it later', async () => {
  expectEnd(await place.build('1.0.0'), 0);
  expectEnd(await place.run('promote', 'staging'), 0, `decided by the config of ${commit}`);
  expectEnd(await place.run('why', 'staging'), 0, `decided by the config of ${commit}`);
  place.write(CONFIG, `${place.read(CONFIG)}# later\n`);
  const dirty = await place.run('promote', 'production');
  expectEnd(dirty, 0, RegExp(`a config that is not committed \\(sha256:\\w{12}, changed since ${commit}\\)`));
  place.repository.git('checkout', '-q', CONFIG);
});

interface Tampering {
  files: RegExp;
  change(text: string): string | undefined;
  message: RegExp;
}

it.each<[string, Tampering]>([
  [
    'a record that tells another story than its verdict',
    {
      files: /\/digests\//,
      change: (text) => text.replace('"outcome":"pass"', '"outcome":"hold"'),
      message:
        /says of its gate verdict sha256:\w{12} outcome hold, and the verdict says pass: .* \(evidence-altered\)/,
    },
  ],
  [
    'a verdict that was altered',
    {
      files: /^evidence\//,
      change: (text) => text.replace('"outcome":', '"outcome" :'),
      message: /was altered in the ledger: its bytes are sha256:\w{12} now\. .* \(evidence-altered\)/,
    },
  ],
  [
    'a verdict that is gone',
    {
      files: /^evidence\//,
      change: () => undefined,
      message: /is not in the ledger any more\. .* \(evidence-missing\)/,
    },
  ],
])('refuses %s, and ledger verify finds it', async (_, { files, change, message }) => {
  expectEnd(await place.build('1.1.0'), 0);
  const takeBack = tamper(files, change);
  const refused = await place.run('promote', 'staging', '1.1.0');
  expectEnd(refused, 1, message, /Nothing was changed/, /→ known-good ledger verify/);
  expectEnd(await place.run('ledger', 'verify'), 1, /these are what the entries add up to/);
  takeBack();
  expectEnd(await place.run('promote', 'staging', '1.1.0', '--dry-run'), 0, /Would promote 1\.1\.0/);
});

it('says of a rollback what is true where the state was altered', async () => {
  const takeBack = tamper(/lanes\/small\/production\/state\.json/, (text) => text.replace('Ana', 'Eve'));
  const found = await place.run('ledger', 'verify');
  expectEnd(
    found,
    1,
    /no longer prove for small\/production/,
    /→ known-good rollback small\/production --dry-run/,
  );
  expect(found.stdout).not.toContain('still works');
  takeBack();
});

it('says what was pushed where the registration was refused', async () => {
  place.write('artifact/README.md', 'Another one.\n');
  const refused = await place.run('package', '--model', 'small', '--version', '1.0.0');
  expectEnd(refused, 1, /The artifact is in the registry, and no release was registered/, /version-taken/);
  expect(refused.stdout).toMatch(/digest +sha256:[0-9a-f]{64}/);
});

it('a strict environment takes no config that is not committed; a rollback goes all the same', async () => {
  const config = place.read(CONFIG);
  expectEnd(await place.run('promote', 'staging', '1.1.0'), 0);
  const strict = config.replace(
    '    tag: staging',
    '    evidence: { from: default-branch }\n    tag: staging',
  );
  place.write(CONFIG, strict);
  const refused = await place.run('promote', 'staging', '1.0.0');
  expectEnd(refused, 1, /not committed .* Commit the config and have it reviewed.* \(config-not-committed\)/);
  const back = await place.run('rollback', 'staging', '--reason', 'wrong answers');
  expectEnd(back, 0, /is rolled back to 1\.0\.0/, /decided by the policy that the ledger holds/);
  commit = commitConfig(strict);
  const committed = await place.run('promote', 'staging', '1.1.0');
  expectEnd(committed, 1, /\(evidence-origin\)/);
  expect(committed.stdout).not.toContain('config-not-committed');
});
