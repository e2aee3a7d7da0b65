import type { Digest } from '../core/digest.ts';
import { currentTenure, type OpenOperation, type Tenure } from '../ledger/state.ts';
import type { LaneFacts, Liveness } from './facts.ts';
import { tagValue } from './facts.ts';
import type { Governed } from './governed.ts';

/** Clocks of different machines may differ by this much before a lease counts as over. */
export const LEASE_GRACE_MS = 60_000;

/** What the state of a lane asks for before anything new is begun. */
export type Recovery =
  /** Tag and ledger agree, nothing is open. */
  | { kind: 'clean' }
  /** Another lane has the tag: one that is new, or was closed, does nothing with it. */
  | ({ kind: 'governed' } & Governed)
  /** Somebody is at work. */
  | { kind: 'busy'; open: OpenOperation }
  /** The owner is dead: take the operation over and bring it to its end. A rollback always goes on: it was decided, and what it leaves is quarantined. */
  | { kind: 'resume'; open: OpenOperation }
  /** The owner is dead and nothing moved: close it. */
  | { kind: 'abort'; open: OpenOperation }
  /** A late write of a dead operation moved the tag: point it back. */
  | { kind: 'repair'; found: Digest; tenure: Tenure }
  /** The registry does not say where the tag points: nothing is guessed. */
  | { kind: 'unreadable'; why: string }
  /** The tag points somewhere that no operation explains. `expected` is absent before the first move. */
  | { kind: 'drift'; found: Digest | 'absent'; expected: Digest | 'absent' };

/** Decides what a lane needs first. Pure; it is looked at again after every step, and under every command. */
export function recover({ view: { state }, tag, owner, now, governor }: LaneFacts): Recovery {
  const { open, closed } = state;
  if (governor !== undefined && open === undefined) return { kind: 'governed', by: governor, closed };
  if (open !== undefined && !ownerGone(open, owner, now)) return { kind: 'busy', open };
  if (tag.kind === 'unreadable') return { kind: 'unreadable', why: tag.why };
  const found = tagValue(tag);
  const strays: readonly string[] = state.strays.map(({ digest }) => digest);
  if (open !== undefined) {
    if (open.moved || found === open.to) return { kind: 'resume', open };
    const explained = found === open.from || strays.includes(found);
    if (explained) return { kind: open.action === 'rollback' ? 'resume' : 'abort', open };
    return { kind: 'drift', found, expected: open.from };
  }
  const tenure = currentTenure(state);
  const expected = tenure?.release.digest ?? 'absent';
  if (found === expected) return { kind: 'clean' };
  if (found !== 'absent' && tenure !== undefined && strays.includes(found))
    return { kind: 'repair', found, tenure };
  return { kind: 'drift', found, expected };
}

/**
 * Whether the owner of an operation is out of the way: known to be dead, or silent beyond its lease and the grace for
 * clocks. One that is known to be alive keeps its operation; only a rollback takes it over then.
 */
export function ownerGone({ lease }: OpenOperation, owner: Liveness, now: string): boolean {
  if (owner !== 'unknown') return owner === 'dead';
  return leaseOver({ lease }, now);
}

/** Whether the time that an operation took for itself is over, and the grace for clocks. */
export function leaseOver({ lease }: Pick<OpenOperation, 'lease'>, now: string): boolean {
  return !(Date.parse(now) <= Date.parse(lease) + LEASE_GRACE_MS);
}
