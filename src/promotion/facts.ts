import type { Digest } from '../core/digest.ts';
import type { LaneView } from '../ledger/commit.ts';

/** What the registry says of a lane's tag. */
export type TagFact =
  { kind: 'at'; digest: Digest } | { kind: 'absent' } | { kind: 'unreadable'; why: string };

/** Whether the one who carries an open operation out still lives; `unknown` where nobody can tell. */
export type Liveness = 'alive' | 'dead' | 'unknown';

/** All that recovery decides on. */
export interface LaneFacts {
  view: LaneView;
  tag: TagFact;
  /** Of the open operation's owner; `unknown` where none is open. */
  owner: Liveness;
  /** ISO time. */
  now: string;
}

/** The digest at the tag, or `absent`; only for tags that could be read. */
export function tagValue(tag: Exclude<TagFact, { kind: 'unreadable' }>): Digest | 'absent' {
  return tag.kind === 'at' ? tag.digest : 'absent';
}
