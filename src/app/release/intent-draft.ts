import type { EntryDraft } from '../../ledger/entry.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import type { ReleasePorts } from './release-ports.ts';

/** What registry, ledger and probes may take together, beside the deployment. */
const LEASE_MS = 300_000;

/** A reason that is too long is cut, never a cause to stop. */
const MOST_REASON = 500;

/** The intent of a plan, with a fresh operation id and a lease that covers its deployment. */
export function intentDraft(ports: ReleasePorts, plan: OperationPlan): EntryDraft & { kind: 'intent' } {
  const {
    action,
    from,
    release,
    policy,
    config,
    takesOver,
    leaves,
    reason,
    unproved,
    acceptedHold,
    approvedBy,
    comment,
  } = plan;
  const now = ports.timer.now();
  const deployMs = policy.deploy.kind === 'none' ? 0 : policy.deploy.timeoutMs;
  return {
    kind: 'intent',
    id: ports.ids.next(),
    action,
    from,
    to: release.digest,
    release,
    policy,
    owner: ports.owners.self(),
    lease: new Date(now.getTime() + LEASE_MS + deployMs).toISOString(),
    askedAt: plan.askedAt ?? now.toISOString(),
    ...(config === undefined ? {} : { config }),
    ...(takesOver === undefined ? {} : { takesOver: takesOver.operation }),
    ...(leaves === undefined ? {} : { leaves }),
    ...(reason === undefined ? {} : { reason: reason.slice(0, MOST_REASON) }),
    ...(unproved === undefined ? {} : { unproved }),
    ...(acceptedHold === undefined ? {} : { acceptedHold }),
    ...(approvedBy === undefined ? {} : { approvedBy: [...approvedBy] }),
    ...(comment === undefined ? {} : { comment }),
  };
}
