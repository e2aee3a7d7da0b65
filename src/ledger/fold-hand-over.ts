import type { Inherited, KnownEntry } from './entry.ts';
import { emptyState, type LaneState } from './state.ts';

/** A lane after it was closed: what it was is its successor's now. What it left stays here, for the quarantine is the model's. */
export function foldClosed(
  { model, environment, seq, last, left, comments }: LaneState,
  { successor, reason, at, actor }: KnownEntry & { kind: 'closed' },
): LaneState {
  return {
    ...emptyState({ model, environment }),
    seq,
    last,
    at,
    left,
    comments,
    closed: { successor, at, actor: actor.name, reason },
  };
}

/** A new or closed lane after it took over all that another was. A lock of its own stays. */
export function foldInherited(
  state: LaneState,
  { policy, tenures, strays, unsettledUntil, lock }: Inherited,
): LaneState {
  const { closed: _reopened, ...rest } = state;
  const locked = state.lock ?? lock;
  return {
    ...rest,
    policy,
    tenures,
    strays,
    ...(unsettledUntil === undefined ? {} : { unsettledUntil }),
    ...(locked === undefined ? {} : { lock: locked }),
  };
}
