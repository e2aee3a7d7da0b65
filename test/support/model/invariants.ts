import { expect } from 'vitest';
import { formatLane, type Lane } from '../../../src/core/lane.ts';
import { verifyLane } from '../../../src/app/release/verify.ts';
import { writeDocument } from '../../../src/ledger/document.ts';
import { isKnown, type Entry } from '../../../src/ledger/entry.ts';
import { applyEntry, fold } from '../../../src/ledger/fold.ts';
import { currentTenure, emptyState } from '../../../src/ledger/state.ts';
import { entriesOf, stateOf } from './ledger-of.ts';
import type { Run } from './schedule.ts';
import type { World } from './world.ts';

/** One chain, and the state file is its fold. */
export async function expectOneChain(world: World, lane: Lane): Promise<void> {
  const entries = await entriesOf(world, lane);
  entries.forEach(({ entry }, i) => {
    expect(entry.seq).toBe(i + 1);
    expect(entry.previous).toBe(entries[i - 1]?.digest ?? null);
  });
  expect(writeDocument(fold(lane, entries))).toBe(writeDocument(stateOf(world, lane)));
}

/**
 * Every unforced rollback went to a release that was proved healthy and that nobody had rolled back from; and none left one of the
 * releases that nobody saw doing harm.
 */
export async function expectKnownGoodOnly(
  world: World,
  lane: Lane,
  { quarantined, innocent }: { quarantined: readonly string[]; innocent: readonly string[] },
): Promise<void> {
  let state = emptyState(lane);
  for (const chained of await entriesOf(world, lane)) {
    const { entry } = chained;
    if (isRollback(entry) && entry.unproved !== true) {
      const healthy = state.tenures.some(
        (stay) => stay.release.digest === entry.to && stay.healthyAt !== undefined,
      );
      expect(healthy, `intent ${entry.seq} goes to a release that was never healthy`).toBe(true);
      expect([...quarantined, ...state.left.map(({ digest }) => digest)]).not.toContain(entry.to);
      expect(innocent, `intent ${entry.seq} leaves a good release`).not.toContain(entry.leaves?.digest);
    }
    state = applyEntry(state, chained);
  }
}

function isRollback(entry: Entry): entry is Extract<Entry, { kind: 'intent' }> & {
  unproved?: boolean;
  to: string;
  leaves?: { digest: string };
} {
  return entry.kind === 'intent' && 'action' in entry && entry.action === 'rollback';
}

/** No deployment of a lower number follows a higher one. */
export function expectRisingDeployments(world: World, lane: Lane): void {
  const seqs = world.deployments.filter((one) => one.lane === formatLane(lane)).map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
}

/** Where nobody died and nothing broke, the tag is where the fold says without anybody looking again. */
export function expectSettled({ world, actors }: Run, lane: Lane, tag: string): void {
  if (actors.some(({ crashed, error }) => crashed || error !== undefined)) return;
  expect(world.tags.get(tag)).toBe(currentTenure(stateOf(world, lane))?.release.digest);
}

/** At rest, after one `verify`: nothing is open, the tag is where the fold says, and the servers run it. */
export async function expectRestAfterOneVerify(run: Run, lane: Lane, tag: string): Promise<void> {
  const { world } = run;
  world.advance(world.now + 3_600_000);
  const verifier = await run.start('verifier', (ports) => verifyLane(ports, { lane, policy: undefined }));
  await run.finish(verifier);
  expect(verifier.error).toBeUndefined();
  const state = stateOf(world, lane);
  const current = currentTenure(state);
  expect(state.open).toBeUndefined();
  expect(world.tags.get(tag)).toBe(current?.release.digest);
  if (current?.trouble?.phase !== 'deploy')
    expect(world.served.get(formatLane(lane))?.digest).toBe(current?.release.digest);
}

/** What a rollback has left does not serve any more: a decision to leave is carried to its end. */
export function expectNothingLeftServes(world: World, lane: Lane): void {
  const state = stateOf(world, lane);
  expect(state.left.map(({ digest }) => digest)).not.toContain(currentTenure(state)?.release.digest);
}

/**
 * A comment was carried out once: its intents are one chain, each after the first taking over the one before it, all with the same goal;
 * and they brought at most one stay. Returns how many intents there are.
 */
export async function expectOneExecution(world: World, lane: Lane, comment: string): Promise<number> {
  const intents = (await entriesOf(world, lane)).flatMap(({ entry }) =>
    isKnown(entry) && entry.kind === 'intent' && entry.comment === comment ? [entry] : [],
  );
  intents.forEach((intent, i) => {
    const before = intents[i - 1];
    if (before !== undefined) expect(intent.takesOver, `intent ${intent.seq} begins anew`).toBe(before.id);
    expect([intent.action, intent.to]).toEqual([intents[0]?.action, intents[0]?.to]);
  });
  const seqs = intents.map(({ seq }) => seq);
  const stays = stateOf(world, lane).tenures.filter(({ seq }) => seqs.includes(seq));
  expect(stays.length, 'stays that the comment brought').toBeLessThanOrEqual(1);
  return intents.length;
}
