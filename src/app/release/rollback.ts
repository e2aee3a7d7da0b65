import type { ConfigOrigin } from '../../core/config-origin.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import type { Release } from '../../core/release.ts';
import { nameRelease } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { openedBy } from '../../ledger/state.ts';
import { leavingOf } from '../../promotion/leaving.ts';
import type { Join, OperationPlan } from '../../promotion/plan.ts';
import { planRollback, type RollbackRequest } from '../../promotion/plan-rollback.ts';
import { carriedOut } from './carried-out.ts';
import { carryOut } from './carry-out.ts';
import { base, decided, finishRollback, headOf } from './finish-rollback.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import { loadView } from './load-lane.ts';
import { loadRollback } from './load-rollback.ts';
import type { ReleasePorts } from './release-ports.ts';

/** Waits between looks at a rollback that somebody else carries out. */
const JOIN_WAIT_MS = { first: 2000, most: 15_000 };
/** Looks at somebody else's rollback before it is left to them: an hour of them. */
const MOST_JOINS = 240;
/** So often the lane may change under a plan before it is given up. */
const MOST_PLANS = 20;

/** What was asked for. `policy` is the config's, for a lane that has none in the ledger; a broken config is no reason to stop. */
export interface RollbackOrder {
  lane: Lane;
  policy: Policy | undefined;
  /** Where that policy is from; asked for only where it decides. */
  config?: (() => Promise<ConfigOrigin | undefined>) | undefined;
  release?: Release | undefined;
  unproved?: boolean | undefined;
  reason?: string | undefined;
  comment?: string | undefined;
  commentedAt?: string | undefined;
  /** The lane as it was read a moment ago, for the first look: whatever is written is a compare-and-swap on it. */
  view?: LaneView | undefined;
  dryRun?: boolean | undefined;
}

/**
 * Restores the last release that was proved good: moves the tag, reads it back, deploys, looks; only then it says so.
 * Nothing but ledger and registry can keep it from that.
 */
export async function rollback(ports: ReleasePorts, order: RollbackOrder): Promise<LaneResult> {
  const startedAt = ports.timer.now().getTime();
  let view = order.view ?? (await loadView(ports.ledger, order.lane));
  let request: RollbackRequest | undefined;
  let joins = 0;
  for (let attempt = 0; attempt < MOST_PLANS; attempt++) {
    const before = await endedBefore(ports, order, view);
    if (before !== undefined) return before;
    const asked = { policy: order.policy, release: meantBy(order, view) };
    const { facts, looked } = await loadRollback(ports, view, asked);
    request ??= { ...order, toLeave: leavingOf(facts) };
    if (facts.view.state.last !== view.state.last) {
      view = facts.view;
      continue;
    }
    const source = await policyFor(view, order);
    const plan = planRollback({ ...facts, ...source, looked }, { ...request, release: asked.release });
    if (plan.kind === 'join' && order.dryRun === true) return joining(order, plan);
    if (plan.kind === 'join') {
      if (joins++ === MOST_JOINS) return joining(order, plan);
      attempt--;
      view = await follow(ports, plan, { ...order, joins });
      continue;
    }
    if (plan.kind !== 'operate') return undone(order, plan, view);
    if (order.dryRun === true) return planned(order, plan);
    const ending = await carryOut(ports, view, plan);
    if (ending.kind !== 'changed' && ending.kind !== 'taken-over')
      return finishRollback(ports, { order, plan, ending, startedAt });
    view = ending.view;
  }
  const message = `${formatLane(order.lane)} changed ${MOST_PLANS} times while the rollback was planned. Ask again.`;
  return { ...base(order), outcome: 'waiting', message };
}

/** What the comment that asks has ended is not done twice. */
async function endedBefore(
  ports: ReleasePorts,
  order: RollbackOrder,
  view: LaneView,
): Promise<LaneResult | undefined> {
  if (openedBy(view.state, order.comment) !== undefined) return undefined;
  const before = await carriedOut(ports, view, order.comment);
  return before === undefined ? undefined : { ...base(order), ...headOf(view), ...before };
}

/** The release that was named; what this very comment began and did not end goes on where it was going. */
function meantBy({ comment, release }: RollbackOrder, { state }: LaneView): Release | undefined {
  return openedBy(state, comment) === undefined ? release : undefined;
}

/** The policy of the last operation, which a change of the config does not touch; the config's, for a lane that has none. */
async function policyFor(
  { state }: LaneView,
  { policy, config }: RollbackOrder,
): Promise<{ policy: Policy | undefined; config?: ConfigOrigin | undefined }> {
  if (state.policy !== undefined || policy === undefined) return { policy: state.policy };
  return { policy, config: await config?.() };
}

function joining(order: RollbackOrder, { open }: Join): LaneResult {
  const message = `${open.actor} is rolling ${formatLane(order.lane)} back to ${nameRelease(open.release)} already.`;
  const outcome = order.dryRun === true ? 'planned' : 'waiting';
  return { ...base(order), outcome, message, from: open.from, release: open.release };
}

/** Waits for a rollback of somebody else; the view when it is closed or its owner had time enough to move on. */
async function follow(
  ports: ReleasePorts,
  { open }: Join,
  { lane, joins }: { lane: Lane; joins: number },
): Promise<LaneView> {
  const message = `${open.actor} is rolling back to ${nameRelease(open.release)} already (since ${open.at}); following.`;
  if (joins === 1) ports.progress({ step: 'joined', message });
  await ports.timer.sleep(Math.min(JOIN_WAIT_MS.most, JOIN_WAIT_MS.first * joins));
  return loadView(ports.ledger, lane);
}

function undone(
  order: RollbackOrder,
  plan: Exclude<ReturnType<typeof planRollback>, OperationPlan | Join>,
  { head }: LaneView,
): LaneResult {
  const where = head === undefined ? {} : { head };
  if (plan.kind === 'nothing') {
    const release = plan.tenure?.release;
    return {
      ...base(order),
      ...where,
      outcome: 'nothing',
      message: plan.message,
      ...(release === undefined ? {} : { release }),
    };
  }
  const message = plan.reasons.map((reason) => reason.message).join(' ');
  const { reasons, passedOver = [] } = plan;
  return { ...base(order), ...where, outcome: 'refused', message, reasons, passedOver };
}

function planned(order: RollbackOrder, plan: OperationPlan): LaneResult {
  const message = `Would roll ${formatLane(order.lane)} back to ${nameRelease(plan.release)}.`;
  const { from, release, passedOver = [] } = plan;
  return { ...base(order), ...decided(plan), outcome: 'planned', message, from, release, passedOver, plan };
}
