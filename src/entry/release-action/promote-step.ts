import { findRelease } from '../../app/release/find-release.ts';
import { gatesDigestOf, policyOf, shadowDigestOf } from '../../app/release/policy-of.ts';
import { promote } from '../../app/release/promote.ts';
import { parseLane } from '../../core/lane.ts';
import { interruptible } from '../cli/interruptible.ts';
import { reasonOf } from '../cli/release-flags.ts';
import type { PromoteInputs } from './action-inputs.ts';
import { reportLane, type StepReport } from './lane-report.ts';
import { neededConfig, neededLane, type ActionContext } from './open-action.ts';

/** actions/promote: what `known-good promote` does. The gates that evidence must have been made with are the config's. */
export async function promoteStep(inputs: PromoteInputs, context: ActionContext): Promise<StepReport> {
  const config = neededConfig(context);
  const lane = parseLane(neededLane(inputs.lane, 'promote'), Object.keys(config.models));
  const policy = policyOf(config, lane);
  const reason = reasonOf(inputs);
  const { release: name, 'accept-hold': acceptHold, 'dry-run': dryRun } = inputs;
  const result = await interruptible(context, { command: 'promote', lane }, async (ports) => {
    const release = name === undefined ? undefined : await findRelease(ports.ledger, lane.model, name);
    const rules = {
      gates: gatesDigestOf(config, lane),
      shadow: shadowDigestOf(config, lane),
      defaultRef: await context.defaultRef(),
      actor: ports.actor.name,
    };
    const origin = await context.origin();
    return promote(ports, { lane, policy, rules, config: origin, release, reason, acceptHold, dryRun });
  });
  return reportLane(result);
}
