import { digestOf } from '../core/digest.ts';
import { samePlace, type Place } from '../core/place.ts';
import type { Policy } from '../core/policy.ts';
import { composeCommit, type Append, type LaneView } from './commit.ts';
import type { EntryDraft } from './entry.ts';
import { entryPath } from './paths.ts';
import type { LaneState, Tenure } from './state.ts';

/** Whether a tag is a lane's: by the policy of its last intent, or by that of the one that is open. A closed lane has none. */
export function governs({ policy, open }: LaneState, place: Place): boolean {
  const own = [policy, open?.policy].filter((each) => each !== undefined);
  return own.some((each) => samePlace(each, place));
}

/** One lane that ends, and the one that carries on from it: both views are of one head. */
export interface HandOver {
  old: LaneView;
  heir: LaneView;
}

/** What is written of a hand-over: the closing entry and all files of the old lane, and the heir's entry on top of `view`. */
export interface ComposedHandOver {
  files: Readonly<Record<string, string>>;
  view: LaneView;
  draft: EntryDraft & { kind: 'inherited' };
}

/**
 * Closes a lane and lets another carry on from it, for one commit. Needs an old lane where nothing is open, and an heir that is new or
 * closed. The heir's numbers go on above both lanes' own. Pure.
 */
export function composeHandOver(
  { old, heir }: HandOver,
  { policy, reason, ids, ...by }: Omit<Append, 'drafts' | 'files'> & HandOverOrder,
): ComposedHandOver {
  const closing: EntryDraft = { kind: 'closed', id: ids[0], successor: heir.lane.environment, reason };
  const { commit, after } = composeCommit(old, { ...by, drafts: [closing] });
  const { seq, at = by.now } = after.state;
  const text = commit.files[entryPath(old.lane, seq, closing.kind)] ?? '';
  const { tenures, strays, unsettledUntil, lock } = old.state;
  const own = heir.state;
  return {
    files: commit.files,
    view: {
      ...heir,
      state: { ...own, seq: Math.max(own.seq, seq), at: own.at !== undefined && own.at > at ? own.at : at },
    },
    draft: {
      kind: 'inherited',
      id: ids[1],
      from: { environment: old.lane.environment, seq, digest: digestOf(text) },
      policy,
      tenures: tenures.map((tenure) => movedTo(tenure, old, heir)),
      strays,
      ...(unsettledUntil === undefined ? {} : { unsettledUntil }),
      ...(lock === undefined ? {} : { lock }),
      reason,
    },
  };
}

/** What the person decides of a hand-over, and the random ids of its two entries. */
export interface HandOverOrder {
  policy: Policy;
  reason: string;
  ids: readonly [string, string];
}

/** A stay keeps saying in which lane its entries are. */
function movedTo(tenure: Tenure, old: LaneView, heir: LaneView): Tenure {
  const { environment = old.lane.environment, ...rest } = tenure;
  return environment === heir.lane.environment ? rest : { ...rest, environment };
}
