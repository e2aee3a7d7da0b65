import type { Digest } from '../core/digest.ts';
import type { Lane } from '../core/lane.ts';
import type { LaneView } from '../ledger/commit.ts';

/** What the registry says of a lane's tag. */
export type TagFact =
  { kind: 'at'; digest: Digest } | { kind: 'absent' } | { kind: 'unreadable'; why: string };

/** Whether the one who carries an open operation out still lives; `unknown` where nobody can tell. */
export type Liveness = 'alive' | 'dead' | 'unknown';

/** The lane that has a tag in the ledger. `place` is `image:tag`; absent where the config does not name the tag of a lane that was closed. */
export interface Governor {
  lane: Lane;
  place?: string;
}

/** All that recovery decides on. */
export interface LaneFacts {
  view: LaneView;
  tag: TagFact;
  /** Of the open operation's owner; `unknown` where none is open. */
  owner: Liveness;
  /** Only of a lane that is new or closed: the lane that has its tag, or that carries on from it. */
  governor?: Governor | undefined;
  /** ISO time. */
  now: string;
}

/** The digest at the tag, or `absent`; only for tags that could be read. */
export function tagValue(tag: Exclude<TagFact, { kind: 'unreadable' }>): Digest | 'absent' {
  return tag.kind === 'at' ? tag.digest : 'absent';
}
