import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleScript, type BundledScript } from '../support/bundle-script.ts';
import { rollback } from '../../src/app/release/rollback.ts';
import type { LedgerStore } from '../../src/core/ledger-store.ts';
import { leaveOpen, openLaneDesk } from '../support/lane-desk.ts';
import { LANE, watchEffects, type LaneFolder } from '../support/lane-ports.ts';
import { deploymentsIn, openLaneSite, restOf, type LaneSite } from '../support/lane-site.ts';
import type { LaneAnswer, LaneOrder } from '../support/lane-worker.ts';
import { startWriter } from '../support/start-writer.ts';

const VERSIONS = ['1.0', '1.1', '1.2'] as const;
const ACTORS = ['ana', 'ben'] as const;

let script: BundledScript;
let site: LaneSite;

beforeAll(async () => {
  [script, site] = await Promise.all([bundleScript('lane-worker.ts'), openLaneSite()]);
});
afterAll(async () => {
  await Promise.all([script.remove(), site.close()]);
}, 60_000);

type Asked = Pick<LaneOrder, 'command' | 'release'>;
type Both = [LaneAnswer, LaneAnswer];

/** Two processes, ana's and ben's, that are asked at the same moment. */
function startBoth(): (folder: LaneFolder, orders: readonly [Asked, Asked]) => Promise<Both> {
  const workers = ACTORS.map(() => startWriter(script.path, []));
  return async (folder, orders) => {
    const lines = workers.map((worker, i) => {
      const visitor = { actor: ACTORS[i] ?? '', aheadMs: 0, pace: 0.2 };
      return worker.ask(JSON.stringify({ ...visitor, ...(orders[i] as Asked), folder } satisfies LaneOrder));
    });
    return (await Promise.all(lines)).map((line) => JSON.parse(line) as LaneAnswer) as Both;
  };
}

/** What the lane has; nothing is open, tag = ledger = servers, the ledger is whole. */
async function currentOf(folder: LaneFolder, where: string): Promise<string> {
  const { status, problems } = await restOf(folder);
  const release = status.current?.release;
  expect(problems, where).toEqual([]);
  expect(status.tag, where).toMatchObject({ kind: 'ok', found: release?.digest });
  expect(status.open, where).toBeUndefined();
  const deployed = deploymentsIn(folder.root);
  const seqs = deployed.map(({ seq }) => seq);
  expect(deployed.at(-1)?.digest, where).toBe(release?.digest);
  expect(seqs, where).toEqual(seqs.toSorted((a, b) => a - b));
  return release?.version ?? 'none';
}

/** Kinds of the entries of all commits, oldest first. */
function kindsOf({ root }: LaneFolder): string[] {
  const log = ['log', '--reverse', '--format=%s', 'refs/heads/known-good-ledger'];
  const lines = execFileSync('git', log, { cwd: root, encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => line.startsWith('bank/production: '))
    .map((line) => line.split(': ')[1] ?? '');
}

describe('two processes that promote different releases at once', () => {
  it('have one winner each time, and the other one says who', async () => {
    const folder = await site.make({ versions: VERSIONS, promoted: ['1.0'] });
    const ask = startBoth();
    const count = { one: 0, inTurn: 0, ana: 0 };
    let current = '1.0';
    let kinds = kindsOf(folder).length;
    for (let round = 0; round < 50; round++) {
      const wanted = VERSIONS.filter((version) => version !== current) as [string, string];
      const answers = await ask(folder, [
        { command: 'promote', release: wanted[0] },
        { command: 'promote', release: wanted[1] },
      ]);
      const where = `round ${round}: ${JSON.stringify(answers)}`;
      const written = kindsOf(folder).slice(kinds);
      current = await currentOf(folder, where);
      kinds += written.length;
      const winner = answers.findIndex(({ code }) => code === 0);
      const loser = answers[1 - winner];
      if (loser?.code === 0) {
        expect(
          written.filter((kind) => kind !== 'healthy'),
          where,
        ).toEqual(turns(2));
        count.inTurn += 1;
        continue;
      }
      expect([1, 2], where).toContain(loser?.code);
      expect(loser?.message, where).toMatch(
        new RegExp(`${ACTORS[winner]} is at work on .*promote to ${wanted[winner]}`),
      );
      expect(current, where).toBe(wanted[winner]);
      expect(written, where).toEqual([...turns(1), 'healthy']);
      count.one += 1;
      count.ana += winner === 0 ? 1 : 0;
    }
    expect(count.one).toBeGreaterThan(0);
    process.stdout.write(
      `two promotions at once: ${count.one} rounds with one winner (ana ${count.ana}), ${count.inTurn} one after the other\n`,
    );
  });
});

/** What whole operations write, one after the other. */
function turns(count: number): string[] {
  return Array.from({ length: count }, () => ['intent', 'moved', 'deployed']).flat();
}

describe('two processes that roll back at once', () => {
  it('end at the same release, and go back once', async () => {
    const template = await site.make({ versions: VERSIONS, promoted: VERSIONS });
    const ask = startBoth();
    const count = { same: 0, refused: 0 };
    for (let round = 0; round < 12; round++) {
      const folder = site.copy(template);
      const before = kindsOf(folder).length;
      const answers = await ask(folder, [{ command: 'rollback' }, { command: 'rollback' }]);
      const where = `round ${round}: ${JSON.stringify(answers)}`;
      expect(await currentOf(folder, where), where).toBe('1.1');
      expect(kindsOf(folder).slice(before), where).toEqual([...turns(1), 'healthy']);
      const winner = answers.findIndex(({ outcome }) => outcome === 'done');
      const other = answers[1 - winner];
      expect(other?.message, where).toMatch(new RegExp(`rolled back to 1\\.1 .* by ${ACTORS[winner]} at`));
      expect([0, 1], where).toContain(other?.code);
      count[other?.code === 0 ? 'same' : 'refused'] += 1;
      rmSync(folder.root, { recursive: true });
    }
    process.stdout.write(
      `two rollbacks at once: ${count.same} followed the other, ${count.refused} came after its end\n`,
    );
  });
});

describe('a promotion and a rollback at once', () => {
  it('leave a lane at rest that is what the ledger says', async () => {
    const template = await site.make({ versions: VERSIONS, promoted: ['1.0', '1.1'] });
    const ask = startBoth();
    const ends: string[] = [];
    for (let round = 0; round < 8; round++) {
      const folder = site.copy(template);
      const answers = await ask(folder, [{ command: 'promote', release: '1.2' }, { command: 'rollback' }]);
      const where = `round ${round}: ${JSON.stringify(answers)}`;
      ends.push(await currentOf(folder, where));
      expect([0, 1, 2], where).toContain(answers[0].code);
      expect([0, 1], where).toContain(answers[1].code);
      rmSync(folder.root, { recursive: true });
    }
    process.stdout.write(`a promotion of 1.2 and a rollback at once ended at ${ends.join(', ')}\n`);
  });
});

describe('a rollback that a promotion overtakes before its intent', () => {
  // The sentence names the release that was there before, and says that it came after the question.
  it('says which promotion that was', async () => {
    const folder = await site.make({ versions: VERSIONS, promoted: ['1.0', '1.1'] });
    const { ports } = await openLaneDesk(folder);
    let isFirst = true;
    const watched = watchEffects(ports, () => undefined);
    const append: LedgerStore['append'] = async (commit) => {
      if (isFirst) await leaveOpen(folder, { version: '1.2', aheadMs: 0 });
      isFirst = false;
      return watched.ledger.append(commit);
    };
    const { message } = await rollback(
      { ...watched, ledger: { ...watched.ledger, append } },
      { lane: LANE, policy: undefined },
    );
    expect(message).not.toMatch(/1\.1 .* arrived by/);
    expect(message).toMatch(/1\.2/);
  });
});
