import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { adopt } from '../../src/app/release/adopt.ts';
import { findRelease } from '../../src/app/release/find-release.ts';
import { promote } from '../../src/app/release/promote.ts';
import type { ReleasePorts } from '../../src/app/release/release-ports.ts';
import { rollback } from '../../src/app/release/rollback.ts';
import { verifyLane } from '../../src/app/release/verify.ts';
import { messageChain } from '../../src/core/errors.ts';
import type { ImageRepository } from '../../src/core/image.ts';
import type { Registry } from '../../src/core/registry.ts';
import { readEntry } from '../../src/ledger/document.ts';
import { laneFolder } from '../../src/ledger/paths.ts';
import type { KnownEntry } from '../../src/ledger/entry.ts';
import type { LaneResult } from '../../src/promotion/lane-result.ts';
import { LANE, openLane, VisitorTimer, type LaneFolder } from './lane-ports.ts';

/** How a command ended; `rejected` where it could not tell. */
export type DeskResult = LaneResult | { outcome: 'rejected'; message: string };

/** One person at a lane folder, inside this process, with a clock that can be set. */
export interface LaneDesk {
  timer: VisitorTimer;
  ports: ReleasePorts;
  /** Milliseconds waited by their own clock. */
  waitedMs(): number;
  promote(version: string): Promise<DeskResult>;
  rollback(version?: string): Promise<DeskResult>;
  verify(): Promise<DeskResult>;
  adopt(reason: string): Promise<DeskResult>;
  /** The lane's entries in order. */
  entries(): Promise<KnownEntry[]>;
}

const RULES = { gates: undefined, defaultRef: 'refs/heads/main', actor: 'ana' };

export async function openLaneDesk(folder: LaneFolder): Promise<LaneDesk> {
  const { policy } = folder;
  const timer = new CountingTimer({ aheadMs: 0, pace: 0 });
  const ports = await openLane(folder, { actor: 'ana', aheadMs: 0, pace: 0, timer });
  const find = (version: string) => findRelease(ports.ledger, LANE.model, version);
  return {
    timer,
    ports,
    waitedMs: () => timer.waitedMs,
    promote: (version) =>
      settled(async () => promote(ports, { lane: LANE, policy, release: await find(version), rules: RULES })),
    rollback: (version) =>
      settled(async () => {
        const release = version === undefined ? undefined : await find(version);
        return rollback(ports, { lane: LANE, policy: undefined, release });
      }),
    verify: () => settled(() => verifyLane(ports, { lane: LANE, policy })),
    adopt: (reason) => settled(() => adopt(ports, { lane: LANE, policy, reason })),
    entries: () => entriesOf(ports),
  };
}

class CountingTimer extends VisitorTimer {
  waitedMs = 0;

  override sleep(ms: number): Promise<void> {
    this.waitedMs += ms;
    return super.sleep(ms);
  }
}

async function settled(work: () => Promise<LaneResult>): Promise<DeskResult> {
  return work().catch((error: unknown) => ({ outcome: 'rejected', message: messageChain(error).join(' ') }));
}

async function entriesOf({ ledger }: ReleasePorts): Promise<KnownEntry[]> {
  const { head } = await ledger.read([]);
  if (head === undefined) return [];
  const files = await ledger.readAll(head, `${laneFolder(LANE)}/entries`);
  const entries = [...files].map(([path, text]) => readEntry(text, path).entry as KnownEntry);
  return entries.toSorted((a, b) => a.seq - b.seq);
}

/** Begins a promotion, by a clock of its own, whose process is gone before the tag is written: its intent stays open. */
export async function leaveOpen(
  folder: LaneFolder,
  { version, aheadMs }: { version: string; aheadMs: number },
): Promise<void> {
  const ports = await openLane(folder, { actor: 'ana', aheadMs, pace: 0 });
  const { policy } = folder;
  const release = await findRelease(ports.ledger, LANE.model, version);
  const { pid } = spawnSync(process.execPath, ['-e', '0']);
  const owner = { kind: 'process', host: hostname(), pid, startedAt: '' } as const;
  await new Promise<void>((atPut) => {
    const putManifest = () => {
      atPut();
      return new Promise<void>(() => undefined);
    };
    const open = (image: ImageRepository): Registry =>
      Object.assign(Object.create(ports.registries.open(image)) as Registry, { putManifest });
    const owners = { ...ports.owners, self: () => owner };
    void promote({ ...ports, owners, registries: { open } }, { lane: LANE, policy, release, rules: RULES });
  });
}
