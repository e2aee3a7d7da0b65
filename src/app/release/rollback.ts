import type { ConfigOrigin } from '../../core/config-origin.ts';
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
  /** Where that policy is from; asked for only where it decides. */
  config?: (() => Promise<ConfigOrigin | undefined>) | undefined;
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
    const source = await policyFor(view, order);
    const plan = planRollback({ ...facts, ...source, looked }, request);
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

/** The policy of the last operation, which a change of the config does not touch; the config's, for a lane that has none. */
async function policyFor(
  { state }: LaneView,
  { policy, config }: RollbackOrder,
): Promise<{ policy: Policy | undefined; config?: ConfigOrigin | undefined }> {
  if (state.policy !== undefined || policy === undefined) return { policy: state.policy };
  return { policy, config: await config?.() };
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
  return { ...base(order), ...decided(plan), outcome: 'planned', message, from, release, passedOver, plan };
}

interface Finish {
  order: RollbackOrder;
  plan: OperationPlan;
  ending: Exclude<Ending, { kind: 'changed' | 'taken-over' }>;
  startedAt: number;
}

function decided({ config }: OperationPlan): Pick<LaneResult, 'decidedBy'> {
  return { decidedBy: config === undefined ? { kind: 'ledger' } : { kind: 'config', ...config } };
}

async function finish(ports: ReleasePorts, end: Finish): Promise<LaneResult> {
  const { order, plan, ending } = end;
  const name = nameRelease(plan.release);
  const { from, release, passedOver = [] } = plan;
  const fromVersion = versionIn(ending.view.state, from);
  const left = fromVersion === undefined ? {} : { fromVersion };
  const leaves = plan.leaves === undefined ? {} : { leaves: plan.leaves };
  const shared = { ...base(order), ...decided(plan), ...left, ...leaves, from, release, passedOver };
  const lane = formatLane(order.lane);
  switch (ending.kind) {
    case 'not-moved': {
      const settled = await settle(ports, order.lane, ports.timer.now().getTime());
      const message = `${lane} was NOT rolled back. ${ending.message}`;
      return { ...shared, ...headOf(settled?.facts.view ?? ending.view), outcome: 'not-moved', message };
    }
    case 'not-deployed': {
      const settled = await settle(ports, order.lane);
      const view = settled?.facts.view ?? ending.view;
      const message = `The tag of ${lane} points at ${name} again, but it was NOT deployed: ${ending.message}`;
      return { ...shared, ...headOf(view), outcome: 'moved-not-proved', message };
    }
    case 'done':
      return looked(ports, { ...end, ending }, shared);
    default:
      return ending satisfies never;
  }
}

/** Looks once, and only then says that it rolled back. */
async function looked(
  ports: ReleasePorts,
  { order, plan, ending, startedAt }: Finish & { ending: { kind: 'done' } },
  shared: Omit<LaneResult, 'outcome' | 'message'>,
): Promise<LaneResult> {
  const name = nameRelease(plan.release);
  const lane = formatLane(order.lane);
  const movedMs = Date.parse(ending.movedAt) - startedAt;
  const look = await lookOnce(ports, order.lane);
  const healthyMs = ports.timer.now().getTime() - startedAt;
  const settled = await settle(ports, order.lane, ending.tookOverAt);
  const head = headOf(settled?.facts.view ?? look?.view ?? ending.view);
  const times = { movedMs, seq: ending.seq, ...(look === undefined ? {} : { look: look.plan }) };
  const end = { ...shared, ...head, ...times };
  if (look?.plan.outcome === 'good' || look?.plan.outcome === 'healthy') {
    const message = `${lane} is rolled back to ${name}, and serves as expected.`;
    return { ...end, healthyMs, outcome: 'done', message };
  }
  const why = look?.plan.message ?? 'Another operation followed.';
  const message = `The tag of ${lane} points at ${name} again: moved, not proved. ${why}`;
  return { ...end, outcome: 'moved-not-proved', message };
}

function headOf({ head }: LaneView): { head?: string } {
  return head === undefined ? {} : { head };
}
