import { spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleScript, type BundledScript } from '../../support/bundle-script.ts';
import { openLaneSite, tagsIn, type LaneSite } from '../../support/lane-site.ts';
import type { LaneAnswer, LaneOrder } from '../../support/lane-worker.ts';

let script: BundledScript;
let site: LaneSite;

beforeAll(async () => {
  [script, site] = await Promise.all([bundleScript('lane-worker.ts'), openLaneSite()]);
});
afterAll(async () => {
  await Promise.all([script.remove(), site.close()]);
}, 60_000);

/** A file system of its own, where this machine lets us make one. */
const mayMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' }).status === 0;
if (!mayMount) process.stdout.write('a ledger without room: skipped, this machine does not let us mount\n');

/** Moves `.git` to a small file system that only this shell sees; `ask` has an order carried out there. */
const PRELUDE = `set -e
cd "$1"; cp -r .git ../kept; mount -t tmpfs -o size=8m none .git; cp -r ../kept/. .git; rm -r ../kept
ask() { printf '%s\\n' "$1" | "$NODE" "$WORKER"; }
head() { git for-each-ref --format='%(objectname)' refs/heads/known-good-ledger; }
`;

async function inShell(root: string, commands: string): Promise<string[]> {
  const env = { PATH: process.env['PATH'], NODE: process.execPath, WORKER: script.path };
  const orders = ['promote', 'rollback'].map((command) => order(root, command as LaneOrder['command']));
  const args = ['-m', 'sh', '-c', `${PRELUDE}${commands}`, 'sh', root, ...orders];
  const child = spawn('unshare', args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await new Promise((done) => child.once('close', done));
  return said.trim().split('\n');
}

const policyOf = () => ({
  deploy: { kind: 'none' as const },
  probes: [{ method: 'GET' as const, url: site.url, status: 200, withinMs: 300 }],
});
const HISTORY = { versions: ['1.0', '1.1', '1.2'], promoted: ['1.0', '1.1'] };
let folderOf: LaneOrder['folder'];

function order(root: string, command: LaneOrder['command']): string {
  const asked = { command, ...(command === 'promote' ? { release: '1.2' } : {}) };
  const all: LaneOrder = { ...asked, folder: { ...folderOf, root }, actor: 'ana', aheadMs: 60_000, pace: 0 };
  return JSON.stringify(all);
}

describe.skipIf(!mayMount)('a ledger that cannot be written (needs the right to mount)', () => {
  it.each([
    {
      why: 'because the disk is full',
      fill: 'cat /dev/zero > .git/fill 2> /dev/null || true',
      free: 'rm .git/fill',
      words: /full|space/,
    },
    {
      why: 'because it is read-only',
      fill: 'mount -o remount,ro .git',
      free: 'mount -o remount,rw .git',
      words: /read-only/i,
    },
  ])(
    '$why stops every command before it moves anything, and nothing is left over',
    async ({ fill, free, words }) => {
      folderOf = await site.make({ ...HISTORY, policy: policyOf() });
      const { root } = folderOf;
      const before = tagsIn(root);
      const lines = await inShell(
        root,
        `head; ${fill}; ask "$2"; ask "$3"; head; cat registry/index.json; echo; ${free}; ask "$2"; ask "$3"; git fsck --strict --no-dangling --no-progress; echo whole`,
      );
      const [head, promotion, rollback, headThen, index, again, back, end] = lines;
      for (const refused of [promotion, rollback].map((line) => JSON.parse(line ?? '') as LaneAnswer)) {
        expect(refused).toMatchObject({ code: 3 });
        expect(refused.outcome, refused.message).toBeUndefined();
        expect(refused.message).toMatch(words);
      }
      expect(headThen).toBe(head);
      expect(index).toContain(before['prod']);
      expect(index).not.toContain('"prod-9"');
      expect(JSON.parse(again ?? '')).toMatchObject({ code: 0, version: '1.2' });
      expect(JSON.parse(back ?? '')).toMatchObject({ code: 0, version: '1.1' });
      expect(end).toBe('whole');
    },
  );
});
