import { formatLane } from '../../core/lane.ts';
import type { Head, LedgerStore } from '../../core/ledger-store.ts';
import { formatPlace, type Place } from '../../core/place.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { governs } from '../../ledger/hand-over.ts';
import type { Governor } from '../../promotion/facts.ts';
import { lanesAt, loadViews } from './load-views.ts';

/**
 * The other lane of the ledger that has a tag; `head` is the commit that was looked at, which is the view's own unless somebody wrote
 * meanwhile. Costs one list a model and one read, however long the lanes are.
 */
export async function governorOf(
  ledger: LedgerStore,
  { head, lane }: LaneView,
  place: Place,
): Promise<{ head: Head | undefined; governor: Governor | undefined }> {
  if (head === undefined) return { head, governor: undefined };
  const name = formatLane(lane);
  const others = (await lanesAt(ledger, head)).filter((other) => formatLane(other) !== name);
  if (others.length === 0) return { head, governor: undefined };
  const views = await loadViews(ledger, others);
  const found = views.find(({ state }) => governs(state, place));
  const governor = found === undefined ? undefined : { lane: found.lane, place: formatPlace(place) };
  return { head: views[0]?.head, governor };
}

/** Who has the tag of a lane that is new or closed; `undefined` where nobody else has it, and for lanes that have a tag of their own. */
export async function standIn(
  ledger: LedgerStore,
  view: LaneView,
  wanted: Place | undefined,
): Promise<Governor | undefined> {
  const { policy, open, closed } = view.state;
  if (policy !== undefined || open !== undefined) return undefined;
  if (wanted !== undefined) return (await governorOf(ledger, view, wanted)).governor;
  if (closed === undefined) return undefined;
  return { lane: { model: view.lane.model, environment: closed.successor } };
}
