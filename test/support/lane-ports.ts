import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleasePorts } from '../../src/app/release/release-ports.ts';
import type { Lane } from '../../src/core/lane.ts';
import type { LedgerStore } from '../../src/core/ledger-store.ts';
import type { Policy } from '../../src/core/policy.ts';
import type { Timer } from '../../src/core/ports.ts';
import type { Registry } from '../../src/core/registry.ts';
import { openReleaseWorld } from '../../src/entry/release-ports.ts';

/** The lane of every lane folder. */
export const LANE: Lane = { model: 'bank', environment: 'production' };

/** A git repository with a layout folder `registry` beside it, as any process may open it; can be sent as JSON. */
export interface LaneFolder {
  root: string;
  /** `local`, or the ledger's remote as git names it. */
  ledger: string;
  policy: Policy;
}

/** Who opens it, and how time goes for them. */
export interface LaneVisitor {
  actor: string;
  /** By how much their clock is ahead of the machine's, in milliseconds. */
  aheadMs: number;
  /** Waits take this fraction of their time; the clock moves on by the whole. 1 = the machine's own time. */
  pace: number;
}

/** The time of a visitor. `aheadMs` can be set: the clock then jumps. */
export class VisitorTimer implements Timer {
  aheadMs: number;
  private readonly pace: number;

  constructor({ aheadMs, pace }: Omit<LaneVisitor, 'actor'>) {
    this.aheadMs = aheadMs;
    this.pace = pace;
  }

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  async sleep(ms: number): Promise<void> {
    await new Promise((done) => setTimeout(done, ms * this.pace));
    this.aheadMs += ms * (1 - this.pace);
  }
}

/** The ports that the command line has in that folder, but for the time and the actor. */
export async function openLane(
  folder: LaneFolder,
  visitor: LaneVisitor & { timer?: Timer },
): Promise<ReleasePorts> {
  const { ports } = await openReleaseWorld({
    hasConfig: true,
    cwd: folder.root,
    env: { PATH: process.env['PATH'], HOME: folder.root },
    ledger: folder.ledger,
    root: '.',
    notice: () => undefined,
    progress: () => undefined,
  });
  const timer = visitor.timer ?? new VisitorTimer(visitor);
  return { ...ports, timer, actor: { name: visitor.actor, via: 'cli' } };
}

/** Is told of every effect: before it begins, and after its answer came. */
export type EffectWatch = (effect: string, moment: 'before' | 'after') => void;

/** The same ports, with every effect of an operation told: appends, manifests written, tags read back, deployments. */
export function watchEffects(ports: ReleasePorts, watch: EffectWatch): ReleasePorts {
  const told = async <T>(effect: string, work: () => Promise<T>): Promise<T> => {
    watch(effect, 'before');
    const result = await work();
    watch(effect, 'after');
    return result;
  };
  return {
    ...ports,
    ledger: watchLedger(ports.ledger, told),
    registries: { open: (image) => watchRegistry(ports.registries.open(image), told) },
    deployer: { deploy: (how, request) => told('deploy', () => ports.deployer.deploy(how, request)) },
  };
}

type Told = <T>(effect: string, work: () => Promise<T>) => Promise<T>;

function watchLedger(ledger: LedgerStore, told: Told): LedgerStore {
  return {
    read: (paths) => ledger.read(paths),
    list: (head, folder) => ledger.list(head, folder),
    readAll: (head, folder) => ledger.readAll(head, folder),
    contains: (head, ancestor) => ledger.contains(head, ancestor),
    append: (commit) => told(`append ${commit.message.split(': ')[1] ?? ''}`, () => ledger.append(commit)),
  };
}

function watchRegistry(registry: Registry, told: Told): Registry {
  return {
    resolve: (tag) => registry.resolve(tag),
    manifest: (reference) => {
      const isTag = !reference.includes(':');
      return isTag ? told('read back', () => registry.manifest(reference)) : registry.manifest(reference);
    },
    putManifest: (reference, manifest, timeoutMs) =>
      told(`put ${reference}`, () => registry.putManifest(reference, manifest, timeoutMs)),
    hasBlob: (digest) => registry.hasBlob(digest),
    blob: (digest, maxBytes) => registry.blob(digest, maxBytes),
    putBlob: (blob) => registry.putBlob(blob),
    missing: (digest) => registry.missing(digest),
  };
}

/** Notes the head of every acknowledged append in `acknowledged`, on the disk before the caller goes on. */
export function noteAcknowledged(ports: ReleasePorts, root: string): ReleasePorts {
  const { ledger } = ports;
  const append: LedgerStore['append'] = async (commit) => {
    const appended = await ledger.append(commit);
    if (appended.kind === 'appended') appendFileSync(join(root, 'acknowledged'), `${appended.head}\n`);
    return appended;
  };
  return {
    ...ports,
    ledger: {
      read: (paths) => ledger.read(paths),
      list: (head, folder) => ledger.list(head, folder),
      readAll: (head, folder) => ledger.readAll(head, folder),
      contains: (head, ancestor) => ledger.contains(head, ancestor),
      append,
    },
  };
}
