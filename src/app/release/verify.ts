import { formatLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import { nameRelease, type Release } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { adoptedDespite, verdictText } from '../../ledger/failing-verdict.ts';
import { currentTenure, type Tenure } from '../../ledger/state.ts';
import { stopReasons } from '../../promotion/stop-reasons.ts';
import { lookOnce, type Look } from './look.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import { recoverLane } from './recover-lane.ts';
import type { ReleasePorts } from './release-ports.ts';
import { rollback } from './rollback.ts';
import { settle, settleRecovered } from './settle-lane.ts';

/** Which lane to look at; the config's policy serves lanes that have none in the ledger. */
export interface VerifyOrder {
  lane: Lane;
  policy: Policy | undefined;
}

/**
 * Looks once: brings the lane to rest, asks the probes, records what is new, and rolls back where a release failed and its policy says
 * so.
 */
export async function verifyLane(ports: ReleasePorts, order: VerifyOrder): Promise<LaneResult> {
  const { lane } = order;
  const settled = await settle(ports, lane);
  const recovered = settled ?? (await recoverLane(ports, order));
  const { facts, recovery } = await settleRecovered(ports, recovered);
  const { head } = facts.view;
  const base = { schema: 1, command: 'verify', lane, ...(head === undefined ? {} : { head }) } as const;
  const reasons = stopReasons(lane, recovery);
  if (reasons.length > 0) {
    const message = reasons.map((reason) => reason.message).join(' ');
    return { ...base, outcome: recovery.kind === 'busy' ? 'waiting' : 'moved-not-proved', message, reasons };
  }
  const tenure = currentTenure(facts.view.state);
  if (tenure === undefined) {
    return {
      ...base,
      outcome: 'nothing',
      message: `${formatLane(lane)} has no release yet; there is nothing to look at.`,
    };
  }
  const undeployed = tenure.trouble?.phase === 'deploy' && tenure.action !== 'rollback';
  if (undeployed && facts.view.state.policy?.onFailure === 'rollback')
    return afterFailure(ports, order, undefined);
  const look = await lookOnce(ports, lane);
  if (look === undefined) {
    return {
      ...base,
      outcome: 'waiting',
      message: `${formatLane(lane)} changed while it was looked at. Look again.`,
    };
  }
  if (look.plan.outcome === 'failed') return afterFailure(ports, order, look);
  return describe(order, look);
}

function describe({ lane }: VerifyOrder, { plan, tenure, view }: Look): LaneResult {
  const name = nameRelease(tenure.release);
  const head = view.head === undefined ? {} : { head: view.head };
  const shared = {
    schema: 1,
    command: 'verify',
    lane,
    release: tenure.release,
    look: plan,
    ...head,
  } as const;
  switch (plan.outcome) {
    case 'healthy':
      return {
        ...shared,
        outcome: 'done',
        message: `${name} is healthy in ${formatLane(lane)}${worth(tenure, view)} ${plan.message}`,
      };
    case 'good':
      return {
        ...shared,
        outcome: 'done',
        message: `${name} serves as expected; its soak goes on. ${plan.message}`,
      };
    default:
      return { ...shared, outcome: 'moved-not-proved', message: plan.message };
  }
}

/** What a healthy release is worth: one that was adopted in spite of its verdict is no way back. */
function worth({ release }: Tenure, { state }: LaneView): string {
  const despite = adoptedDespite(state, release.digest);
  return despite === undefined ? ': known good.' : `, but not known good: ${verdictText(despite)}.`;
}

async function afterFailure(
  ports: ReleasePorts,
  order: VerifyOrder,
  look: Look | undefined,
): Promise<LaneResult> {
  const { lane } = order;
  const { facts } = await settleRecovered(ports, await recoverLane(ports, order));
  const { state } = facts.view;
  const head = facts.view.head === undefined ? {} : { head: facts.view.head };
  const tenure = look?.tenure ?? currentTenure(state);
  const what = look?.plan.message ?? tenure?.trouble?.message ?? 'It was not deployed.';
  const name = tenure === undefined ? formatLane(lane) : nameRelease(tenure.release);
  const seen = look === undefined ? {} : { look: look.plan };
  const shared = { schema: 1, command: 'verify', lane, ...seen } as const;
  const unchanged = currentTenure(state)?.seq === tenure?.seq;
  if (state.policy?.onFailure !== 'rollback' || tenure?.action === 'rollback' || !unchanged) {
    const message = `${name} does not serve well in ${formatLane(lane)}: ${what}`;
    return { ...shared, ...head, outcome: 'failed', message, undo: `rollback ${formatLane(lane)}` };
  }
  const back = await rollback(ports, { lane, policy: order.policy, reason: `verify: ${what}`.slice(0, 500) });
  const message = `${name} does not serve well: ${what} ${back.message}`;
  return { ...back, ...shared, ...automaticOf(order, back, tenure?.release), outcome: 'failed', message };
}

/** What failed and what was restored; where nothing was, a person may ask again, unless the refusal says what to ask instead. */
function automaticOf(
  { lane }: VerifyOrder,
  { outcome, release }: LaneResult,
  failed: Release | undefined,
): Pick<LaneResult, 'automatic' | 'undo'> {
  if (failed === undefined) return {};
  const isBack = outcome === 'done' || outcome === 'moved-not-proved' || outcome === 'nothing';
  if (isBack && release !== undefined) return { automatic: { failed, restored: release } };
  return {
    automatic: { failed },
    ...(outcome === 'refused' ? {} : { undo: `rollback ${formatLane(lane)}` }),
  };
}
