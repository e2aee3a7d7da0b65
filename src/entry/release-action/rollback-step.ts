import { findRelease } from '../../app/release/find-release.ts';
import { rollback } from '../../app/release/rollback.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { interruptible } from '../cli/interruptible.ts';
import { laneOf, policyIfAny } from '../cli/release-context.ts';
import { reasonOf } from '../cli/release-flags.ts';
import type { RollbackInputs } from './action-inputs.ts';
import { reportLane, type StepReport } from './lane-report.ts';
import { neededLane, type ActionContext } from './open-action.ts';

/** actions/rollback: what `known-good rollback` does. A broken config, or none, does not stop it. */
export async function rollbackStep(inputs: RollbackInputs, context: ActionContext): Promise<StepReport> {
  const { release: name, unproved, 'dry-run': dryRun } = inputs;
  const text = neededLane(inputs.lane, 'rollback');
  const reason = reasonOf(inputs);
  if (unproved && name === undefined) {
    const message =
      'unproved needs the input release: without one a rollback goes to a release that was proved good.';
    throw new KnownGoodError('usage', message);
  }
  const lane = await laneOf(context, text);
  const policy = policyIfAny(context, lane);
  const result = await interruptible(context, { command: 'rollback', lane }, async (ports) => {
    const release = name === undefined ? undefined : await findRelease(ports.ledger, lane.model, name);
    const config = () => context.origin();
    return rollback(ports, { lane, policy, config, release, unproved, reason, dryRun });
  });
  return reportLane(result);
}
