import { nameConfig, type ConfigOrigin } from '../core/config-origin.ts';
import { formatLane } from '../core/lane.ts';
import type { Policy } from '../core/policy.ts';
import type { LaneView } from '../ledger/commit.ts';
import type { Reason } from './reason.ts';

/**
 * An environment that takes evidence of the default branch alone takes no config that nobody else has seen either. That the config does
 * not ask for it any more must be committed as well: what the lane's last operation was decided by still holds.
 */
export function configReason({
  view: { lane, state },
  policy,
  config,
}: {
  view: LaneView;
  policy: Policy;
  config: ConfigOrigin | undefined;
}): Reason | undefined {
  const asks = [policy, state.policy].some((each) => each?.evidenceFrom === 'default-branch');
  if (!asks || config?.state === 'committed') return undefined;
  const what = config === undefined ? 'a config of which nobody knows where it is from' : nameConfig(config);
  const message = `This promotion would go by ${what}, and ${formatLane(lane)} takes only what was made on the default branch (evidence: from). Commit the config and have it reviewed, or promote from a clean checkout.`;
  return { code: 'config-not-committed', message };
}
