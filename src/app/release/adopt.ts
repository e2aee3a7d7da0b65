import { formatLane, type Lane } from '../../core/lane.ts';
import type { Digest } from '../../core/digest.ts';
import type { Policy } from '../../core/policy.ts';
import { nameRelease, type Release } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { planAdoption } from '../../promotion/plan-adoption.ts';
import { carryOut } from './carry-out.ts';
import { releaseOf } from './find-release.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import { loadFacts, loadTag, loadView } from './load-lane.ts';
import { recoverDrifted } from './recover-lane.ts';
import type { ReleasePorts } from './release-ports.ts';

const MOST_PLANS = 20;

/** What was asked for. */
export interface AdoptionOrder {
  lane: Lane;
  policy: Policy;
  release?: Release | undefined;
  reason: string | undefined;
  comment?: string | undefined;
  dryRun?: boolean | undefined;
}

/** Takes what the tag points at into the ledger, registered or not; moves nothing. */
export async function adopt(ports: ReleasePorts, order: AdoptionOrder): Promise<LaneResult> {
  const { lane, policy } = order;
  const base = { schema: 1, command: 'adopt', lane } as const;
  for (let attempt = 0; attempt < MOST_PLANS; attempt++) {
    const facts =
      order.dryRun === true
        ? await dryFacts(ports, order)
        : (await recoverDrifted(ports, lane, policy)).facts;
    const tag = await loadTag(ports.registries, policy);
    const release =
      order.release ?? (tag.kind === 'at' ? await recordFor(ports, order, tag.digest) : undefined);
    const plan = planAdoption({ ...facts, tag, policy, release }, order);
    if (plan.kind === 'refused') {
      const message = plan.reasons.map((reason) => reason.message).join(' ');
      return { ...base, outcome: 'refused', message, reasons: plan.reasons };
    }
    if (plan.kind === 'nothing') return { ...base, outcome: 'nothing', message: plan.message };
    const name = nameRelease(plan.release);
    const shared = { ...base, from: plan.from, release: plan.release };
    if (order.dryRun === true)
      return { ...shared, outcome: 'planned', message: `Would adopt ${name}.`, plan };
    const ending = await carryOut(ports, facts.view, plan);
    if (ending.kind === 'changed') continue;
    if (ending.kind !== 'done') {
      const message = `Somebody else took ${formatLane(lane)} over meanwhile; nothing more was written.`;
      return { ...shared, outcome: 'waiting', message };
    }
    return adopted(shared, name, ending);
  }
  return { ...base, outcome: 'waiting', message: `${formatLane(lane)} keeps changing. Try again.` };
}

function adopted(
  shared: Omit<LaneResult, 'outcome' | 'message'>,
  name: string,
  { view, seq }: { view: LaneView; seq: number },
): LaneResult {
  const lane = formatLane(shared.lane);
  const message = `${name} is adopted in ${lane}: the ledger now says what the tag says. It becomes known good when known-good verify ${lane} has seen its soak.`;
  return {
    ...shared,
    ...(view.head === undefined ? {} : { head: view.head }),
    seq,
    outcome: 'done',
    message,
  };
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
