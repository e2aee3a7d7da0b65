import type { ConfigOrigin } from '../../core/config-origin.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { Digest } from '../../core/digest.ts';
import type { Policy } from '../../core/policy.ts';
import { nameRelease, type Release } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { currentTenure } from '../../ledger/state.ts';
import type { OperationPlan, Refusal } from '../../promotion/plan.ts';
import { planAdoption, type AdoptionFacts } from '../../promotion/plan-adoption.ts';
import {
  adopted,
  executed,
  inherited,
  keepsChanging,
  nothing,
  refused,
  wouldAdopt,
  type AdoptionPlan,
} from './adoption-result.ts';
import { carriedOut } from './carried-out.ts';
import { carryOut } from './carry-out.ts';
import { releaseOf } from './find-release.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import { loadFacts, loadTag, loadView } from './load-lane.ts';
import { recoverDrifted, type Recovered } from './recover-lane.ts';
import { prepareTakeOver, takeOver, type ReadyTakeOver } from './take-over.ts';
import type { ReleasePorts } from './release-ports.ts';

const MOST_PLANS = 20;

/** What was asked for. */
export interface AdoptionOrder {
  lane: Lane;
  policy: Policy;
  /** Where the policy is from; absent where nobody knows. */
  config?: ConfigOrigin | undefined;
  release?: Release | undefined;
  reason: string | undefined;
  comment?: string | undefined;
  dryRun?: boolean | undefined;
}

/**
 * Takes what the tag points at into the ledger, registered or not; moves nothing. Where another lane of the model has the tag, it is closed,
 * and this one carries on from it with all that it was.
 */
export async function adopt(ports: ReleasePorts, order: AdoptionOrder): Promise<LaneResult> {
  for (let attempt = 0; attempt < MOST_PLANS; attempt++) {
    const result = await adoptOnce(ports, order);
    if (result !== undefined) return result;
  }
  return keepsChanging(order);
}

/** One attempt; `undefined` where the ledger changed meanwhile. */
async function adoptOnce(ports: ReleasePorts, order: AdoptionOrder): Promise<LaneResult | undefined> {
  const { lane, policy } = order;
  const recovered: Pick<Recovered, 'facts' | 'resumed'> =
    order.dryRun === true
      ? { facts: await dryFacts(ports, order) }
      : await recoverDrifted(ports, lane, policy);
  const again = await asked(ports, order, recovered);
  if (again !== undefined) return again;
  const found = recovered.facts;
  const taking = await prepareTakeOver(ports, found.view, order);
  if (taking.kind === 'changed') return undefined;
  if (taking.kind === 'refused') return refused(order, taking.reasons);
  const tag = await loadTag(ports.registries, policy);
  const release =
    order.release ?? (tag.kind === 'at' ? await recordFor(ports, order, tag.digest) : undefined);
  const facts = taking.kind === 'ready' ? { view: taking.after, owner: found.owner, now: found.now } : found;
  const plan = planned({ ...facts, tag, policy, release, config: order.config }, { order, taking });
  if (plan.kind === 'refused') return refused(order, plan.reasons);
  if (order.dryRun === true)
    return wouldAdopt(order, plan, taking.kind === 'ready' ? taking.governor.lane : undefined);
  if (taking.kind === 'none')
    return plan.kind === 'nothing' ? nothing(order, plan) : carried(ports, order, { plan, view: found.view });
  const written = await takeOver(ports, taking);
  if (written.kind === 'changed') return undefined;
  if (plan.kind === 'nothing')
    return inherited(order, { old: taking.governor.lane, view: written.view, plan });
  return carried(ports, order, { plan, view: written.view, taking });
}

/** How the comment that asks ended already; `undefined` where it was never begun. */
async function asked(
  ports: ReleasePorts,
  order: AdoptionOrder,
  { facts, resumed }: Pick<Recovered, 'facts' | 'resumed'>,
): Promise<LaneResult | undefined> {
  if (order.comment !== undefined && resumed?.plan.comment === order.comment)
    return adopted(order, { ...resumed, old: undefined });
  const before = await carriedOut(ports, facts.view, order.comment);
  return before === undefined ? undefined : executed(order, before, facts.view);
}

type Taking = ReadyTakeOver | { kind: 'none' };

/** A lane that carries on from another takes its history even where the tag is gone, and there is nothing to adopt. */
function planned(
  facts: AdoptionFacts,
  { order, taking }: { order: AdoptionOrder; taking: Taking },
): AdoptionPlan | Refusal {
  if (taking.kind === 'none') return planAdoption(facts, order);
  const current = currentTenure(facts.view.state);
  if (facts.tag.kind === 'absent') {
    const back = `Its tag is gone: known-good rollback ${formatLane(order.lane)} points it at a known good release again.`;
    return { kind: 'nothing', message: current === undefined ? 'No release was there yet.' : back };
  }
  const plan = planAdoption(facts, order);
  if (plan.kind !== 'nothing' || current === undefined) return plan;
  const message = `${nameRelease(current.release)} serves on; nothing was moved or deployed.`;
  return { ...plan, message };
}

interface Carried {
  plan: OperationPlan;
  view: LaneView;
  taking?: ReadyTakeOver;
}

async function carried(
  ports: ReleasePorts,
  order: AdoptionOrder,
  { plan, view, taking }: Carried,
): Promise<LaneResult | undefined> {
  const ending = await carryOut(ports, view, plan);
  return ending.kind === 'changed' ? undefined : adopted(order, { plan, ending, old: taking?.governor.lane });
}

async function dryFacts(ports: ReleasePorts, { lane, policy }: AdoptionOrder): ReturnType<typeof loadFacts> {
  return loadFacts(ports, await loadView(ports.ledger, lane), policy);
}

/** The registered release of a digest; else a record made for it. */
async function recordFor(
  ports: ReleasePorts,
  { lane, policy, reason }: AdoptionOrder,
  digest: Digest,
): Promise<Release> {
  const known = await releaseOf(ports.ledger, lane.model, digest);
  if (known !== undefined) return known;
  return {
    schema: 1,
    model: lane.model,
    version: `adopted-${digest.slice('sha256:'.length, 'sha256:'.length + 12)}`,
    image: policy.image,
    digest,
    carries: 'unproved',
    registeredAt: ports.timer.now().toISOString(),
    registeredBy: ports.actor.name,
    evidence: [],
    adopted: reason ?? '',
  };
}
