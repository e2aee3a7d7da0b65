import { formatLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import type { Release } from '../../core/release.ts';
import { nameRelease } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { versionIn } from '../../ledger/state.ts';
import { leavingOf } from '../../promotion/leaving.ts';
import type { Join, OperationPlan } from '../../promotion/plan.ts';
import { planRollback, type RollbackRequest } from '../../promotion/plan-rollback.ts';
import { carryOut, type Ending } from './carry-out.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import { loadFacts, loadView } from './load-lane.ts';
import { lookIntoCandidates } from './look-into-candidates.ts';
import { lookOnce } from './look.ts';
import { settle } from './recover-lane.ts';
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
  release?: Release | undefined;
  unproved?: boolean | undefined;
  reason?: string | undefined;
  comment?: string | undefined;
  commentedAt?: string | undefined;
  dryRun?: boolean | undefined;
}

/**
 * Restores the last release that was proved good: moves the tag, reads it back, deploys, looks; only then it says so.
 * Nothing but ledger and registry can keep it from that.
 */
export async function rollback(ports: ReleasePorts, order: RollbackOrder): Promise<LaneResult> {
  const startedAt = ports.timer.now().getTime();
  let view = await loadView(ports.ledger, order.lane);
  let request: RollbackRequest | undefined;
  let joins = 0;
  for (let attempt = 0; attempt < MOST_PLANS; attempt++) {
    const facts = await loadFacts(ports, view, order.policy);
    request ??= { ...order, toLeave: leavingOf(facts) };
    const looked = await lookIntoCandidates(ports, facts, order);
    const plan = planRollback({ ...facts, policy: view.state.policy ?? order.policy, looked }, request);
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
      return finish(ports, { order, plan, ending, startedAt });
    view = ending.view;
  }
  const message = `${formatLane(order.lane)} changed ${MOST_PLANS} times while the rollback was planned. Ask again.`;
  return { ...base(order), outcome: 'waiting', message };
}

function base({ lane }: RollbackOrder): Pick<LaneResult, 'schema' | 'command' | 'lane'> {
  return { schema: 1, command: 'rollback', lane };
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
  return { ...base(order), outcome: 'planned', message, from, release, passedOver, plan };
}

interface Finish {
  order: RollbackOrder;
  plan: OperationPlan;
  ending: Exclude<Ending, { kind: 'changed' | 'taken-over' }>;
  startedAt: number;
}

async function finish(ports: ReleasePorts, { order, plan, ending, startedAt }: Finish): Promise<LaneResult> {
  const name = nameRelease(plan.release);
  const { from, release, passedOver = [] } = plan;
  const head = ending.view.head;
  const fromVersion = versionIn(ending.view.state, from);
  const left = fromVersion === undefined ? {} : { fromVersion };
  const leaves = plan.leaves === undefined ? {} : { leaves: plan.leaves };
  const shared = {
    ...base(order),
    ...left,
    ...leaves,
    from,
    release,
    passedOver,
    ...(head === undefined ? {} : { head }),
  };
  const lane = formatLane(order.lane);
  if (ending.kind === 'not-moved') {
    await settle(ports, order.lane, ports.timer.now().getTime());
    return { ...shared, outcome: 'not-moved', message: `${lane} was NOT rolled back. ${ending.message}` };
  }
  if (ending.kind === 'not-deployed') {
    await settle(ports, order.lane);
    const message = `The tag of ${lane} points at ${name} again, but it was NOT deployed: ${ending.message}`;
    return { ...shared, outcome: 'moved-not-proved', message };
  }
  const movedMs = Date.parse(ending.movedAt) - startedAt;
  const look = await lookOnce(ports, order.lane);
  const healthyMs = ports.timer.now().getTime() - startedAt;
  await settle(ports, order.lane, ending.tookOverAt);
  const times = { movedMs, seq: ending.seq, ...(look === undefined ? {} : { look: look.plan }) };
  if (look?.plan.outcome === 'good' || look?.plan.outcome === 'healthy') {
    const message = `${lane} is rolled back to ${name}, and serves as expected.`;
    const end = { ...shared, ...headOf(look.view), ...times, healthyMs };
    return { ...end, outcome: 'done', message };
  }
  const why = look?.plan.message ?? 'Another operation followed.';
  const message = `The tag of ${lane} points at ${name} again: moved, not proved. ${why}`;
  return { ...shared, ...times, outcome: 'moved-not-proved', message };
}

function headOf({ head }: LaneView): { head?: string } {
  return head === undefined ? {} : { head };
}
