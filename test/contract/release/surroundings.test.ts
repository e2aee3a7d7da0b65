import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/entry/cli/run-cli.ts';
import { evidencePath } from '../../../src/ledger/paths.ts';
import { leaveOpen, openLaneDesk, type LaneDesk } from '../../support/lane-desk.ts';
import type { LaneFolder } from '../../support/lane-ports.ts';
import { openLaneSite, restOf, tagsIn, type LaneSite } from '../../support/lane-site.ts';

const A_DAY = 86_400_000;
const A_MINUTE = 60_000;
const VERSIONS = ['1.0', '1.1', '1.2'];

let site: LaneSite;

beforeAll(async () => {
  site = await openLaneSite();
});
afterAll(() => site.close(), 60_000);

function expectOrdered(times: readonly string[]): void {
  expect(times).toEqual(times.toSorted());
}

async function currentOf(folder: LaneFolder): Promise<string | undefined> {
  const { status, problems } = await restOf(folder);
  expect(problems).toEqual([]);
  expect(status.tag).toMatchObject({ kind: 'ok', found: status.current?.release.digest });
  expect(status.open).toBeUndefined();
  return status.current?.release.version;
}

describe('a clock that jumps', () => {
  it.each([
    ['a day forward and back', [A_DAY, -A_DAY]],
    ['a day back and forward', [-A_DAY, A_DAY]],
  ])('%s leaves every command to its end', async (_, jumps) => {
    const folder = await site.make({ versions: VERSIONS, promoted: ['1.0'] });
    const desk = await openLaneDesk(folder);
    for (const [i, jump] of jumps.entries()) {
      desk.timer.aheadMs += jump;
      const version = VERSIONS[i + 1] ?? '';
      expect(await desk.promote(version)).toMatchObject({ outcome: 'done' });
      expect(await desk.verify()).toMatchObject({ outcome: 'done' });
    }
    expect(await desk.rollback()).toMatchObject({ outcome: 'done', release: { version: '1.1' } });
    expect(await currentOf(folder)).toBe('1.1');
    expectOrdered((await desk.entries()).map(({ at }) => at));
    expect(desk.waitedMs()).toBeLessThan(A_MINUTE);
  });

  it('shortens no soak', async () => {
    const soakMs = 60 * A_MINUTE;
    const folder = await site.make({ versions: VERSIONS, policy: { soakMs } });
    const desk = await openLaneDesk(folder);
    await desk.promote('1.0');
    for (const jump of [A_DAY, -A_DAY, 2 * A_DAY]) {
      desk.timer.aheadMs += jump;
      const looks = await lookEvery(desk, 15 * A_MINUTE, 3);
      expect(looks).toEqual(['good', 'good', 'good']);
    }
    expect(await lookEvery(desk, 15 * A_MINUTE, 2)).toContain('healthy');
    expectOrdered((await desk.entries()).map(({ at }) => at));
  });

  // settle waits until `unsettledUntil`, which the ledger dates by the clock that was ahead, instead of 10 s at most.
  it('does not make a rollback wait for a day', async () => {
    const folder = await site.make({ versions: VERSIONS, promoted: ['1.0', '1.1'] });
    await leaveOpen(folder, { version: '1.2', aheadMs: A_DAY });
    const after = await openLaneDesk(folder);
    expect(await after.rollback()).toMatchObject({ outcome: 'done', release: { version: '1.1' } });
    expect(await currentOf(folder)).toBe('1.1');
    expect(after.waitedMs()).toBeLessThan(A_MINUTE);
  });
});

async function lookEvery(desk: LaneDesk, ms: number, times: number): Promise<(string | undefined)[]> {
  const outcomes = [];
  for (let i = 0; i < times; i++) {
    desk.timer.aheadMs += ms;
    const result = await desk.verify();
    outcomes.push('look' in result ? result.look?.outcome : result.message);
  }
  return outcomes;
}

describe('a config that was broken after the fact', () => {
  it('stops a promotion, and no rollback', async () => {
    const folder = await site.make({ versions: VERSIONS, promoted: ['1.0', '1.1'] });
    mkdirSync(join(folder.root, '.github'));
    const config = join(folder.root, '.github/known-good.yml');
    writeFileSync(config, 'models: [\n');
    const promotion = await command(folder, 'promote', 'bank/production', '1.2', '--config', config);
    expect(promotion).toMatchObject({ code: 65, said: expect.stringMatching(/known-good\.yml/) });
    expect(await currentOf(folder)).toBe('1.1');
    const back = await command(folder, 'rollback', 'bank/production', '--config', config);
    expect(back).toMatchObject({ code: 0, said: expect.stringMatching(/config is not usable/) });
    expect(await currentOf(folder)).toBe('1.0');
  });
});

/** The command line, inside this process. */
async function command({ root }: LaneFolder, ...args: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const stream = { write: (text: string) => (said += text) };
  const env = { PATH: process.env['PATH'], HOME: root };
  const code = await runCli(args, { env, stdout: stream, stderr: stream, cwd: () => root });
  return { code, said: said.replace(/\s+/g, ' ') };
}

describe('evidence that was deleted by hand', () => {
  it('makes a rollback pass the release over, and say so', async () => {
    const policy = { requires: ['gate' as const] };
    const folder = await site.make({ versions: VERSIONS, promoted: VERSIONS, gated: true, policy });
    const desk = await openLaneDesk(folder);
    const ofTheOneBefore = (await restOf(folder)).status.rollbackTo?.evidence[0]?.digest;
    if (ofTheOneBefore === undefined) throw new Error('There is no evidence.');
    removeFile(folder, evidencePath(ofTheOneBefore));
    expect((await restOf(folder)).problems.join(' ')).toMatch(/evidence|verdict/);
    const result = await desk.rollback();
    expect(result).toMatchObject({ outcome: 'done', release: { version: '1.0' } });
    const passedOver = 'passedOver' in result ? (result.passedOver ?? []) : [];
    const rejected = passedOver.find(({ release }) => release.version === '1.1')?.rejected;
    expect(rejected).toMatchObject({ rule: 'evidence-gone' });
    expect(rejected?.message).toMatch(/1\.1 .* has lost its evidence/);
  });
});

/** Takes a file out of the ledger's branch with git alone. */
function removeFile({ root }: LaneFolder, path: string): void {
  const branch = 'refs/heads/known-good-ledger';
  const env = {
    PATH: process.env['PATH'],
    GIT_INDEX_FILE: join(root, 'scratch-index'),
    GIT_AUTHOR_NAME: 'm',
    GIT_AUTHOR_EMAIL: 'm@example.org',
    GIT_COMMITTER_NAME: 'm',
    GIT_COMMITTER_EMAIL: 'm@example.org',
  };
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, env, encoding: 'utf8' }).trim();
  git('read-tree', branch);
  git('update-index', '--force-remove', path);
  const commit = git('commit-tree', git('write-tree'), '-p', branch, '-m', 'by hand');
  git('update-ref', branch, commit);
}

describe('a tag that was moved by hand', () => {
  const drifted = async () => {
    const folder = await site.make({ versions: VERSIONS, promoted: ['1.0', '1.1'] });
    const desk = await openLaneDesk(folder);
    pointTag(folder, 'prod-1');
    return { folder, desk, head: (await restOf(folder)).heads[0] };
  };

  it('stops a promotion, and status says what settles it', async () => {
    const { folder, desk, head } = await drifted();
    const refused = await desk.promote('1.2');
    expect(refused).toMatchObject({ outcome: 'refused', reasons: [{ code: 'drift' }] });
    const { status, heads } = await restOf(folder);
    expect(heads[0]).toBe(head);
    expect(status.tag.kind).toBe('drift');
    expect(status.tag.settle.join(' ')).toMatch(/rollback bank\/production.* adopt bank\/production/);
  });

  it('is pointed back by a rollback', async () => {
    const { folder, desk } = await drifted();
    expect(await desk.rollback()).toMatchObject({ outcome: 'done', release: { version: '1.1' } });
    expect(await currentOf(folder)).toBe('1.1');
  });

  it('is taken over by adopt', async () => {
    const { folder, desk } = await drifted();
    expect(await desk.adopt('hotfix')).toMatchObject({ outcome: 'done', release: { version: '1.0' } });
    expect(await currentOf(folder)).toBe('1.0');
    expect(await desk.promote('1.2')).toMatchObject({ outcome: 'done' });
  });
});

/** Points `prod` where another tag points, in the layout's index. */
function pointTag({ root }: LaneFolder, from: string): void {
  const path = join(root, 'registry/index.json');
  const { prod, [from]: other } = tagsIn(root);
  if (prod === undefined || other === undefined) throw new Error('The layout lacks a tag.');
  const index = JSON.parse(readFileSync(path, 'utf8')) as {
    manifests: { digest: string; annotations?: Record<string, string> }[];
  };
  for (const each of index.manifests)
    if (each.annotations?.['org.opencontainers.image.ref.name'] === 'prod') each.digest = other;
  writeFileSync(path, JSON.stringify(index));
}
