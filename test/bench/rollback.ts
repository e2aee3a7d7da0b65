import { execFileSync } from 'node:child_process';
import { findRelease } from '../../src/app/release/find-release.ts';
import { loadView } from '../../src/app/release/load-lane.ts';
import { promote } from '../../src/app/release/promote.ts';
import type { ReleasePorts } from '../../src/app/release/release-ports.ts';
import { rollback } from '../../src/app/release/rollback.ts';
import { laneStatuses } from '../../src/app/release/status.ts';
import { composeCommit } from '../../src/ledger/commit.ts';
import { statePath } from '../../src/ledger/paths.ts';
import { currentTenure } from '../../src/ledger/state.ts';
import type { LaneResult } from '../../src/promotion/lane-result.ts';
import { LANE, openLane, type LaneFolder } from '../support/lane-ports.ts';
import { openLaneSite, type LaneSite } from '../support/lane-site.ts';
import { measuredRun } from './measured-run.ts';

/** Medians in milliseconds of one command on lanes with a short and with a long history, taken in turns. */
export interface CommandCost {
  command: string;
  short: number;
  long: number;
}

/** The entries of the two lanes when it begins. */
export const ENTRIES = { short: 10, long: 10_000 };
const TIMES = 7;
const RULES = { gates: undefined, defaultRef: 'refs/heads/main', actor: 'bench' };

/**
 * Status, promotion and rollback through the use cases, and rollbacks as whole processes (`cli`: the bundle), each from the command to the
 * tag read back and to its end, on a ledger in a local repository and a layout folder; nothing is deployed, one probe on loopback.
 */
export async function measureCommands(cli: string): Promise<CommandCost[]> {
  const site = await openLaneSite();
  try {
    const short = await openBench(site, ENTRIES.short);
    const long = await openBench(site, ENTRIES.long);
    const figures = new Map<string, { short: number[]; long: number[] }>();
    const note = (command: string, side: 'short' | 'long', ms: number) => {
      const both = figures.get(command) ?? { short: [], long: [] };
      both[side].push(ms);
      figures.set(command, both);
    };
    for (let i = 1; i <= TIMES; i++)
      for (const [side, bench] of [
        ['short', short],
        ['long', long],
      ] as const)
        for (const [command, ms] of await runOnce(bench, { version: `1.${i}`, cli })) note(command, side, ms);
    return [...figures].map(([command, both]) => ({
      command,
      short: median(both.short),
      long: median(both.long),
    }));
  } finally {
    await site.close();
  }
}

interface Bench {
  folder: LaneFolder;
  ports: ReleasePorts;
}

async function openBench(site: LaneSite, entries: number): Promise<Bench> {
  const versions = Array.from({ length: 2 * TIMES + 2 }, (_, i) => `1.${i}`);
  const probes = [{ method: 'GET' as const, url: site.url, status: 200, withinMs: 1000 }];
  const policy = { deploy: { kind: 'none' as const }, probes };
  const folder = await site.make({ versions, promoted: ['1.0'], policy });
  const ports = await openLane(folder, { actor: 'bench', aheadMs: 0, pace: 1 });
  await lengthen(folder, ports, entries);
  return { folder, ports };
}

/** Adds looks to the lane's history until it has so many entries, a commit each. */
async function lengthen(
  { root }: LaneFolder,
  { ledger, actor }: ReleasePorts,
  entries: number,
): Promise<void> {
  let view = await loadView(ledger, LANE);
  const digest = currentTenure(view.state)?.release.digest;
  if (digest === undefined) throw new Error('The lane has no release.');
  const commits: string[] = [];
  const [branch, now] = ['refs/heads/known-good-ledger', new Date().toISOString()];
  while (view.state.seq < entries) {
    const id = `look-${view.state.seq}`;
    const draft = { kind: 'observed', id, digest, message: '1 of 1 probes as expected.' } as const;
    const { commit, after } = composeCommit(view, { drafts: [draft], actor, now });
    const isLast = after.state.seq === entries;
    const files = Object.entries(commit.files).filter(([path]) => isLast || path !== statePath(LANE));
    const from = commits.length === 0 ? `from ${view.head ?? ''}\n` : '';
    const head = `commit ${branch}\ncommitter Known Good <known-good@localhost> 0 +0000\n${data(commit.message)}${from}`;
    commits.push(head + files.map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`).join(''));
    view = { ...after, head: view.head };
  }
  execFileSync('git', ['fast-import', '--quiet'], { cwd: root, input: commits.join('\n') });
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** One status, one promotion and its rollback inside this process; another promotion and its rollback by a process. */
async function runOnce(
  { folder, ports }: Bench,
  { version, cli }: { version: string; cli: string },
): Promise<[string, number][]> {
  const { policy, root } = folder;
  const release = (name: string) => findRelease(ports.ledger, LANE.model, name);
  const forward = async (name: string) =>
    done(await promote(ports, { lane: LANE, policy, release: await release(name), rules: RULES }));
  const [, statusMs] = await timed(() => laneStatuses(ports, [{ lane: LANE, policy }]));
  const [, promoteMs] = await timed(() => forward(version));
  const [back, rollbackMs] = await timed(async () =>
    done(await rollback(ports, { lane: LANE, policy: undefined })),
  );
  await forward(`1.${TIMES + Number(version.slice(2))}`);
  const args = [cli, 'rollback', 'bank/production', '--ledger', 'local', '--json', '--quiet'];
  const run = await measuredRun(args, root);
  if (run.code !== 0) throw new Error(`The rollback ended with ${run.code}: ${run.stdout}`);
  const inProcess = JSON.parse(run.stdout) as { movedMs?: number };
  return [
    ['status', statusMs],
    ['promote', promoteMs],
    ['rollback, to the tag read back', back.movedMs ?? Number.NaN],
    ['rollback, to its end', rollbackMs],
    ['rollback process, to the tag read back', inProcess.movedMs ?? Number.NaN],
    ['rollback process, to its exit', run.seconds * 1000],
  ];
}

function done(result: LaneResult): LaneResult {
  if (result.outcome !== 'done') throw new Error(result.message);
  return result;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
