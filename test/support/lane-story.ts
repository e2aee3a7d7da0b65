import type { Digest } from '../../src/core/digest.ts';
import type { Lane } from '../../src/core/lane.ts';
import type { Policy } from '../../src/core/policy.ts';
import type { Release } from '../../src/core/release.ts';
import { composeCommit, type LaneView } from '../../src/ledger/commit.ts';
import { readEntry } from '../../src/ledger/document.ts';
import type { EntryDraft } from '../../src/ledger/entry.ts';
import type { Chained } from '../../src/ledger/fold.ts';
import { currentTenure, emptyState, type LaneState, type Left, type Tenure } from '../../src/ledger/state.ts';
import type { LaneFacts, TagFact } from '../../src/promotion/facts.ts';
import { LANE } from './model/lanes.ts';
import { samplePolicy, sampleRelease } from './model/world.ts';

export { LANE, STAGING } from './model/lanes.ts';
export { samplePolicy, sampleRelease } from './model/world.ts';

/** Releases of the tables. */
export const A = sampleRelease('1.0.0');
export const B = sampleRelease('2.0.0');
export const C = sampleRelease('3.0.0');

const START = Date.parse('2026-03-01T00:00:00.000Z');

/** ISO time so many milliseconds after the beginning of all stories. */
export function at(ms: number): string {
  return new Date(START + ms).toISOString();
}

/** The tag points there. */
export function tagAt(digest: Digest): TagFact {
  return { kind: 'at', digest };
}

type IntentDraft = EntryDraft & { kind: 'intent' };

/** The intent of an operation; its id is `id`. */
export function intentOf(id: string, release: Release, changes: Partial<IntentDraft> = {}): IntentDraft {
  return {
    kind: 'intent',
    id,
    action: 'promote',
    from: 'absent',
    to: release.digest,
    release,
    policy: samplePolicy(),
    owner: { kind: 'process', host: 'laptop', pid: 1, startedAt: 'then' },
    lease: at(3_600_000),
    askedAt: at(0),
    ...changes,
  };
}

/** One lane's history, told entry by entry: each is written as bytes, chained and folded as a commit would. */
export class LaneStory {
  readonly entries: Chained[] = [];
  /** Milliseconds since the beginning; every entry comes a minute after the last. */
  ms = 0;
  by = 'ana';
  view: LaneView;
  private ids = 0;

  constructor(lane: Lane = LANE, quarantine: readonly Left[] = []) {
    this.view = { lane, head: undefined, state: emptyState(lane), quarantine };
  }

  get state(): LaneState {
    return this.view.state;
  }

  /** The current stay; fails where there is none. */
  get tenure(): Tenure {
    const tenure = currentTenure(this.state);
    if (tenure === undefined) throw new Error('The story has no release yet.');
    return tenure;
  }

  get now(): string {
    return at(this.ms);
  }

  wait(ms: number): this {
    this.ms += ms;
    return this;
  }

  /** Writes entries in one commit, a minute later. */
  write(...drafts: readonly EntryDraft[]): this {
    this.ms += 60_000;
    const { commit, after } = composeCommit(this.view, {
      drafts,
      actor: { name: this.by, via: 'cli' },
      now: this.now,
    });
    for (const [path, text] of Object.entries(commit.files))
      if (path.includes('/entries/')) this.entries.push(readEntry(text, path));
    this.view = { ...after, head: undefined };
    return this;
  }

  id(): string {
    return `id-${++this.ids}`;
  }

  /** An intent from what is current. */
  intend(release: Release, changes: Partial<IntentDraft> = {}): this {
    const from = currentTenure(this.state)?.release.digest ?? 'absent';
    const lease = at(this.ms + 3_600_000);
    return this.write(intentOf(this.id(), release, { from, lease, ...changes }));
  }

  /** The tag of the open operation is read back. */
  moved(): this {
    const open = this.open();
    return this.write({ kind: 'moved', id: this.id(), operation: open.operation, digest: open.to });
  }

  deployed(): this {
    const open = this.open();
    return this.write({ kind: 'deployed', id: this.id(), operation: open.operation, digest: open.to });
  }

  aborted(): this {
    const { operation } = this.open();
    return this.write({ kind: 'aborted', id: this.id(), operation, message: 'gone' });
  }

  failed(phase: 'tag' | 'deploy'): this {
    const { operation, to } = this.open();
    return this.write({
      kind: 'failed',
      id: this.id(),
      operation,
      digest: to,
      phase,
      message: `no ${phase}`,
    });
  }

  /** A look at what is current. */
  look(kind: 'observed' | 'healthy' | 'inconclusive' | 'failed', message = 'ready: saw 500.'): this {
    const shared = { id: this.id(), digest: this.tenure.release.digest, message };
    return this.write(kind === 'failed' ? { ...shared, kind, phase: 'probe' } : { ...shared, kind });
  }

  /** Promoted and deployed. */
  promoted(release: Release, changes: Partial<IntentDraft> = {}): this {
    this.intend(release, changes).moved();
    return this.state.open === undefined ? this : this.deployed();
  }

  /** Promoted, deployed and proved healthy. */
  proved(release: Release, changes: Partial<IntentDraft> = {}): this {
    return this.promoted(release, changes).look('healthy', '1 of 1 probes as expected.');
  }

  /** Rolled back from what is current. */
  rolledBack(release: Release, changes: Partial<IntentDraft> = {}): this {
    const { digest, version } = this.tenure.release;
    return this.promoted(release, { action: 'rollback', leaves: { digest, version }, ...changes });
  }

  /** What is read of the lane: the tag is where the ledger says, unless told otherwise. */
  facts(changes: Partial<LaneFacts> = {}): LaneFacts {
    const current = currentTenure(this.state);
    const tag: TagFact = current === undefined ? { kind: 'absent' } : tagAt(current.release.digest);
    return { view: this.view, tag, owner: 'unknown', now: this.now, ...changes };
  }

  private open(): NonNullable<LaneState['open']> {
    if (this.state.open === undefined) throw new Error('Nothing is open in the story.');
    return this.state.open;
  }
}

/** A policy without deployment: the runtime follows the tag. */
export function followsTag(changes: Partial<Policy> = {}): Policy {
  return samplePolicy({ deploy: { kind: 'none' }, ...changes });
}
