import { formatLane } from '../../core/lane.ts';
import { composeCommit, type Append, type LaneView } from '../../ledger/commit.ts';
import { composeHandOver, governs, type ComposedHandOver } from '../../ledger/hand-over.ts';
import type { Governor, LaneFacts } from '../../promotion/facts.ts';
import { takeOverReasons } from '../../promotion/plan-take-over.ts';
import type { Reason } from '../../promotion/reason.ts';
import type { AdoptionOrder } from './adopt.ts';
import { appendEntries, type AppendResult } from './append-entries.ts';
import { governorOf } from './governor.ts';
import { loadFacts, loadView } from './load-lane.ts';
import { loadViews } from './load-views.ts';
import { recoverDrifted } from './recover-lane.ts';
import type { ReleasePorts } from './release-ports.ts';

/** A take-over that is ready to be written: `after` is the heir's lane as it will be. */
export interface ReadyTakeOver {
  kind: 'ready';
  governor: Governor;
  composed: ComposedHandOver;
  after: LaneView;
}

/**
 * Prepares an adoption under a new name: brings the lane that has the tag to rest, and composes its end and the heir's beginning. `none`: the
 * tag is nobody else's; `changed`: somebody wrote meanwhile, look again.
 */
export async function prepareTakeOver(
  ports: ReleasePorts,
  view: LaneView,
  order: AdoptionOrder,
): Promise<
  ReadyTakeOver | { kind: 'none' } | { kind: 'changed' } | { kind: 'refused'; reasons: readonly Reason[] }
> {
  const { policy, reason, lane } = order;
  if (governs(view.state, policy)) return { kind: 'none' };
  const { governor } = await governorOf(ports.ledger, view, policy);
  if (governor === undefined) return { kind: 'none' };
  const old = await restingFacts(ports, governor, order);
  const reasons = takeOverReasons(view, { governor, old, reason });
  if (reasons.length > 0 || reason === undefined) return { kind: 'refused', reasons };
  const [before, heir] = await loadViews(ports.ledger, [governor.lane, lane]);
  if (before === undefined || heir === undefined) return { kind: 'changed' };
  const isSame = before.state.last === old.view.state.last && heir.state.last === view.state.last;
  if (!isSame) return { kind: 'changed' };
  const by = { actor: ports.actor, run: ports.run, now: ports.timer.now().toISOString() };
  const ids = [ports.ids.next(), ports.ids.next()] as const;
  const short = reason.slice(0, MOST_REASON);
  const composed = composeHandOver({ old: before, heir }, { ...by, policy, reason: short, ids });
  return { kind: 'ready', governor, composed, after: after(composed, by) };
}

function after({ view, draft }: ComposedHandOver, by: Omit<Append, 'drafts'>): LaneView {
  return { ...composeCommit(view, { ...by, drafts: [draft] }).after, head: view.head };
}

/** Writes both halves in one commit, on exactly the head that was read. */
export async function takeOver(
  ports: ReleasePorts,
  { governor, composed: { view, draft, files } }: ReadyTakeOver,
): Promise<AppendResult> {
  const written = await appendEntries(ports, view, { drafts: [draft], files, exact: true });
  if (written.kind === 'appended') {
    const message = `${formatLane(view.lane)} carries on from ${formatLane(governor.lane)}, which is closed.`;
    ports.progress({ step: 'inherited', message });
  }
  return written;
}

/** A reason that is too long is cut, never a cause to stop. */
const MOST_REASON = 500;

/** The old lane once a dead owner's operation is ended; a dry run only looks. */
async function restingFacts(
  ports: ReleasePorts,
  { lane }: Governor,
  { dryRun }: AdoptionOrder,
): Promise<LaneFacts> {
  if (dryRun === true) return loadFacts(ports, await loadView(ports.ledger, lane), undefined);
  return (await recoverDrifted(ports, lane, undefined)).facts;
}
