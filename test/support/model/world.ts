import type { Digest } from '../../../src/core/digest.ts';
import { digestOf } from '../../../src/core/digest.ts';
import type { Head, LedgerCommit, LedgerView, Appended } from '../../../src/core/ledger-store.ts';
import type { MemoryLedger } from '../memory-ledger.ts';
import type { Policy } from '../../../src/core/policy.ts';
import type { Release } from '../../../src/core/release.ts';

/** A write of a tag whose sender gave up waiting: it lands at some time up to `deadline`, or never. */
export interface LateWrite {
  tag: string;
  digest: Digest;
  deadline: number;
}

/** By how much a read of the ledger may lag. */
const MOST_LAG_MS = 2000;

/** Everything outside of the actors: ledger, registry, servers, clock. Plain data, changed only by the scheduler. */
export class World {
  now = Date.parse('2026-03-01T00:00:00.000Z');
  readonly ledger: MemoryLedger;
  /** Heads of the ledger so far, oldest first: what a stale read may show. */
  heads: { head: Head | undefined; at: number }[];
  /** Nobody can tell whether an owner lives: only its lease counts. */
  blind = false;
  tags = new Map<string, Digest>();
  late: LateWrite[] = [];
  /** By lane: what the servers run, and with which number it came. */
  served = new Map<string, { digest: Digest; seq: number }>();
  /** Every deployment that was accepted, in order. */
  deployments: { lane: string; digest: Digest; seq: number }[] = [];
  /** When an actor's operation was ended by somebody. */
  endedAt = new Map<string, number>();
  /** Tag writes that no open operation was behind, later than a late write can be. */
  strangeWrites: string[] = [];
  /** Digests that answer wrongly when they are served. */
  bad = new Set<Digest>();

  constructor(ledger: MemoryLedger, head?: Head) {
    this.ledger = ledger;
    ledger.restore(head);
    this.heads = [{ head, at: this.now }];
  }

  /** Reads the branch as it is, or as it was before a commit of the last two seconds. */
  readFiles(paths: readonly string[], stale: boolean): LedgerView {
    const now = this.ledger.head();
    const last = this.heads.at(-1);
    if (stale && last !== undefined && this.now - last.at <= MOST_LAG_MS && this.heads.length > 1) {
      this.ledger.restore(this.heads.at(-2)?.head);
    }
    const view = this.ledger.readNow(paths);
    this.ledger.restore(now);
    return view;
  }

  appendCommit(commit: LedgerCommit): Appended {
    const appended = this.ledger.appendNow(commit);
    if (appended.kind === 'appended') this.heads.push({ head: appended.head, at: this.now });
    return appended;
  }

  /** A deployment is refused when a later one was accepted before: what the starter workflow does. */
  deploy(lane: string, digest: Digest, seq: number): boolean {
    if ((this.served.get(lane)?.seq ?? 0) > seq) return false;
    this.served.set(lane, { digest, seq });
    this.deployments.push({ lane, digest, seq });
    return true;
  }

  /** Time passes: what was to land before then lands. */
  advance(to: number): void {
    if (to <= this.now) return;
    for (const write of this.late.filter(({ deadline }) => deadline <= to)) this.land(write);
    this.now = to;
  }

  land(write: LateWrite): void {
    this.late = this.late.filter((other) => other !== write);
    this.tags.set(write.tag, write.digest);
  }

  /** What makes two worlds the same for everything that can follow. */
  key(): string {
    return JSON.stringify([this.now, this.ledger.head(), [...this.tags], this.late, [...this.served]]);
  }

  /** The same world again, for another run from here. */
  copy(): World {
    const copy = new World(this.ledger, this.ledger.head());
    copy.now = this.now;
    copy.tags = new Map(this.tags);
    copy.served = new Map(this.served);
    copy.deployments = [...this.deployments];
    copy.bad = new Set(this.bad);
    return copy;
  }
}

/** The release of a version, with the digest made from it. */
export function sampleRelease(version: string, evidence: Release['evidence'] = []): Release {
  const digest = digestOf(`manifest ${version}`);
  return {
    schema: 1,
    model: 'bank',
    version,
    image: 'oci-layout:registry',
    digest,
    carries: 'layers',
    registeredAt: '2026-02-01T00:00:00.000Z',
    registeredBy: 'ana',
    evidence,
  };
}

/** A policy of one lane; deploys by command, one probe, no soak. */
export function samplePolicy(changes: Partial<Policy> = {}): Policy {
  return {
    image: 'oci-layout:registry',
    tag: 'prod',
    soakMs: 0,
    requires: [],
    evidenceFrom: 'anywhere',
    carriesArtifact: false,
    approvals: 0,
    deploy: { kind: 'command', command: ['deploy'], timeoutMs: 60_000 },
    probes: [{ method: 'GET', url: 'http://127.0.0.1:1/production', status: 200, withinMs: 1000 }],
    onFailure: 'hold',
    acceptHold: [],
    ...changes,
  };
}
