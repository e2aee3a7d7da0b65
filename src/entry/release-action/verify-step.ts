import { listLanes, loadViews } from '../../app/release/load-views.ts';
import { verifyLane } from '../../app/release/verify.ts';
import type { Lane } from '../../core/lane.ts';
import { interruptible } from '../cli/interruptible.ts';
import { laneOf, policyIfAny } from '../cli/release-context.ts';
import type { VerifyInputs } from './action-inputs.ts';
import { reportLane, reportLooks, type LaneLook, type StepReport } from './lane-report.ts';
import type { ActionContext } from './open-action.ts';

/** The exit code of a lane in which an operation runs. */
const WAITING = 2;

/** actions/verify: looks once, at the named lane or at every lane that the ledger has a release in. */
export async function verifyStep(inputs: VerifyInputs, context: ActionContext): Promise<StepReport> {
  const report = await lookAt(inputs, context);
  return report.code === WAITING && inputs.waiting === 'neutral' ? { ...report, code: 0 } : report;
}

async function lookAt(inputs: VerifyInputs, context: ActionContext): Promise<StepReport> {
  if (inputs.lane !== undefined) return reportLane(await look(context, await laneOf(context, inputs.lane)));
  const looks: LaneLook[] = [];
  for (const lane of await openLanes(context))
    looks.push(
      await look(context, lane).then(
        (result) => ({ lane, result }),
        (error: unknown) => ({ lane, error }),
      ),
    );
  return reportLooks(looks);
}

function look(context: ActionContext, lane: Lane) {
  const order = { lane, policy: policyIfAny(context, lane) };
  return interruptible(context, { command: 'verify', lane }, (ports) => verifyLane(ports, order));
}

/** Lanes of the ledger that serve something, but those that another lane carries on. */
async function openLanes({ ports: { ledger } }: ActionContext): Promise<Lane[]> {
  const views = await loadViews(ledger, await listLanes(ledger));
  return views
    .filter(
      ({ state }) => state.closed === undefined && (state.tenures.length > 0 || state.open !== undefined),
    )
    .map(({ lane }) => lane);
}
