import { sameLogin } from '../core/same-login.ts';
import type { Approval } from './approval.ts';
import type { Approved } from './entry.ts';
import type { LaneState } from './state.ts';

const MOST = 50;

/** A lane with one more approval: in place of an earlier one of the same person for the same digest, and of the oldest where there are too many. */
export function foldApproved(
  state: LaneState,
  { actor, digest, version, at, comment, body, basis }: Approved,
): LaneState {
  const approval: Approval = {
    digest,
    version,
    by: actor.name,
    at,
    ...(comment === undefined ? {} : { comment }),
    ...(body === undefined ? {} : { body }),
    basis,
  };
  const others = (state.approvals ?? []).filter(
    (other) => !(other.digest === digest && sameLogin(other.by, actor.name)),
  );
  return { ...state, approvals: [...others, approval].slice(-MOST) };
}
