import type { ConfigOrigin } from '../core/config-origin.ts';
import { formatLane } from '../core/lane.ts';
import type { Policy } from '../core/policy.ts';
import { nameRelease, shortDigest, type Release } from '../core/release.ts';
import { failingVerdict } from '../ledger/failing-verdict.ts';
import { quarantined } from '../ledger/quarantine.ts';
import { currentTenure } from '../ledger/state.ts';
import type { LaneFacts } from './facts.ts';
import type { NothingToDo, OperationPlan, Refusal } from './plan.ts';
import type { Reason } from './reason.ts';
import { recover } from './recover.ts';
import { stopReasons } from './stop-reasons.ts';

/** All that an adoption is decided on. */
export interface AdoptionFacts extends LaneFacts {
  policy: Policy;
  /** The release that was named, or the one that is registered for what the tag points at, or a record made for it. */
  release: Release | undefined;
  /** Where the policy is from; `undefined` where nobody knows. */
  config?: ConfigOrigin | undefined;
}

/** Plans to take what the tag points at into the ledger; no tag is moved. */
export function planAdoption(
  facts: AdoptionFacts,
  { reason, comment }: { reason: string | undefined; comment?: string | undefined },
): OperationPlan | NothingToDo | Refusal {
  const { view, tag, release, policy } = facts;
  const recovery = recover(facts);
  const current = currentTenure(view.state);
  const stored = view.state.policy;
  const sameTag = stored === undefined || (stored.tag === policy.tag && stored.image === policy.image);
  const clean = sameTag && recovery.kind === 'clean';
  if (clean && current !== undefined && release?.digest === current.release.digest) {
    const message = `${nameRelease(current.release)} is what the ledger says already.`;
    return { kind: 'nothing', tenure: current, message };
  }
  const reasons = adoptionReasons(facts, recovery.kind === 'drift' ? [] : stopReasons(view.lane, recovery));
  const left = release === undefined ? undefined : quarantined(view.quarantine, release.digest);
  if (left !== undefined && release !== undefined) {
    const message = `${nameRelease(release)} is quarantined: ${left.actor} rolled ${left.environment} back from it at ${left.at}. Release it first, if it is to stay.`;
    const settle = `release ${release.model}@${release.version} --reason "…"`;
    reasons.push({ code: 'quarantined', message, settle });
  }
  if (reason === undefined) {
    reasons.push({
      code: 'reason-missing',
      message: 'An adoption is recorded with a reason: add --reason "…".',
    });
  }
  if (reasons.length > 0 || release === undefined || reason === undefined || tag.kind !== 'at') {
    return { kind: 'refused', reasons };
  }
  const asked = comment === undefined ? {} : { comment };
  const against = failingVerdict(release, view.lane.environment);
  const failing = against === undefined ? {} : { failing: against };
  const from = facts.config === undefined ? {} : { config: facts.config };
  return {
    kind: 'operate',
    action: 'adopt',
    from: tag.digest,
    release,
    policy,
    ...from,
    reason,
    ...asked,
    ...failing,
  };
}

function adoptionReasons(
  { view: { lane }, tag, release }: AdoptionFacts,
  stopped: readonly Reason[],
): Reason[] {
  const name = formatLane(lane);
  if (tag.kind === 'absent') {
    const message = `${name} has no tag: there is nothing to adopt. Promote a release instead.`;
    return [...stopped, { code: 'drift', message, settle: `promote ${name} RELEASE` }];
  }
  if (tag.kind === 'at' && release !== undefined && release.digest !== tag.digest) {
    const message = `The tag of ${name} points at ${shortDigest(tag.digest)}, not at ${nameRelease(release)}. Adopt what is there, or roll back.`;
    return [...stopped, { code: 'drift', message, settle: `adopt ${name} --reason "…"` }];
  }
  return [...stopped];
}
