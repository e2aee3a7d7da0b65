import { digestOf, type Digest } from '../../src/core/digest.ts';
import type { Lane } from '../../src/core/lane.ts';
import type { Policy } from '../../src/core/policy.ts';
import type { EvidenceRef, Release } from '../../src/core/release.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { composeCommit, type LaneView } from '../../src/ledger/commit.ts';
import { readQuarantine, readState, writePointer } from '../../src/ledger/document.ts';
import type { EntryDraft } from '../../src/ledger/entry.ts';
import { evidenceRefOf } from '../../src/ledger/evidence-ref.ts';
import { evidencePath, newestPath, quarantinePath, statePath } from '../../src/ledger/paths.ts';
import { releaseFiles } from '../../src/ledger/release-files.ts';
import { currentTenure, emptyState } from '../../src/ledger/state.ts';
import { memoryLedger, type MemoryLedger } from './memory-ledger.ts';
import { samplePolicy, sampleRelease } from './model/world.ts';

/** The lanes of the sample ledgers. */
export const PRODUCTION: Lane = { model: 'bank', environment: 'production' };
export const STAGING: Lane = { model: 'bank', environment: 'staging' };

const START = Date.parse('2026-03-02T08:00:00.000Z');

/** The artifact of a sample release. */
export function artifactOf(version: string): Digest {
  return digestOf(`artifact ${version}`);
}

/** A gate verdict of a sample release. */
export function sampleVerdict(version: string, changes: Partial<Verdict> = {}): Verdict {
  return {
    schema: 1,
    kind: 'gate',
    model: 'bank',
    version,
    predictions: 'measured',
    artifact: { path: 'models/bank', digest: artifactOf(version) },
    outcome: 'pass',
    reason: 'All 12 gates pass.',
    createdAt: '2026-03-01T12:00:00.000Z',
    producer: { tool: 'known-good 0.1.0' },
    data: [],
    seed: 1,
    assumptions: [],
    checks: [],
    ...changes,
  };
}

/** Writes a ledger the way that commands do it, one operation a line, a minute each. */
export class LedgerBook {
  readonly ledger: MemoryLedger = memoryLedger();
  /** Time of the next entry. */
  now = START;
  private ids = 0;

  view(lane: Lane): LaneView {
    const [state, quarantine] = [statePath(lane), quarantinePath(lane.model)];
    const { head, files } = this.ledger.readNow([state, quarantine]);
    const text = files[state];
    return {
      lane,
      head,
      state: text === undefined ? emptyState(lane) : readState(text, state),
      quarantine: readQuarantine(files[quarantine], quarantine),
    };
  }

  append(lane: Lane, drafts: readonly EntryDraft[], { by = 'ana', minutes = 1 } = {}): void {
    this.now += minutes * 60_000;
    const now = new Date(this.now).toISOString();
    const actor = { name: by, via: 'cli' };
    this.ledger.appendNow(composeCommit(this.view(lane), { drafts, actor, now }).commit);
  }

  id(): string {
    return `id-${++this.ids}`;
  }

  /** Registers a version with one passed verdict. */
  register(version: string, verdict: Verdict = sampleVerdict(version)): Release {
    const text = `${JSON.stringify(verdict)}\n`;
    const ref = evidenceRefOf(verdict, text) as EvidenceRef;
    const release = { ...sampleRelease(version, [ref]), artifact: artifactOf(version) };
    const files = {
      ...releaseFiles(release),
      [newestPath('bank')]: writePointer(release.digest),
      [evidencePath(ref.digest)]: text,
    };
    const parent = this.ledger.head();
    this.ledger.appendNow({ parent, files, message: `register ${version}` });
    return release;
  }

  /** The intent alone. Returns its id. */
  intend(lane: Lane, release: Release, changes: Partial<EntryDraft & { kind: 'intent' }> = {}): string {
    const id = this.id();
    const from = currentTenure(this.view(lane).state)?.release.digest ?? 'absent';
    const at = new Date(this.now).toISOString();
    const policy: Policy = samplePolicy({ deploy: { kind: 'none' }, soakMs: 3_600_000 });
    const owner = { kind: 'process', host: 'laptop', pid: 1, startedAt: at } as const;
    const draft: EntryDraft = {
      kind: 'intent',
      id,
      action: 'promote',
      from,
      to: release.digest,
      release,
      policy,
      owner,
      lease: new Date(this.now + 300_000).toISOString(),
      askedAt: at,
      ...changes,
    };
    this.append(lane, [draft]);
    return id;
  }

  /** Intent and `moved`. */
  move(lane: Lane, release: Release, changes: Partial<EntryDraft & { kind: 'intent' }> = {}): void {
    const operation = this.intend(lane, release, changes);
    this.append(lane, [{ kind: 'moved', id: this.id(), operation, digest: release.digest }]);
  }

  rollBack(lane: Lane, release: Release, reason: string): void {
    const current = currentTenure(this.view(lane).state)?.release;
    const leaves =
      current === undefined ? {} : { leaves: { digest: current.digest, version: current.version } };
    this.move(lane, release, { action: 'rollback', reason, ...leaves });
  }

  look(lane: Lane, kind: 'observed' | 'healthy' | 'failed', minutes = 20): void {
    const digest = currentTenure(this.view(lane).state)?.release.digest;
    if (digest === undefined) return;
    const message = kind === 'failed' ? 'ready: expected 200, saw 500.' : '1 of 1 probes as expected.';
    const shared = { id: this.id(), digest, message };
    const draft = kind === 'failed' ? { ...shared, kind, phase: 'probe' as const } : { ...shared, kind };
    this.append(lane, [draft], { by: 'schedule', minutes });
  }

  /** Three looks over the whole soak of an hour. */
  prove(lane: Lane): void {
    for (const kind of ['observed', 'observed', 'observed', 'healthy'] as const) this.look(lane, kind);
  }

  /** All files, path → text. */
  files(): Promise<Map<string, string>> {
    const head = this.ledger.head();
    return head === undefined
      ? Promise.resolve(new Map())
      : this.ledger.readAll(head, '').then((all) => new Map(all));
  }
}
