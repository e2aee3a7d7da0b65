import type { GateRequest } from '../../app/gate/gate-request.ts';
import { REPORT_FILES, REPORT_FOLDER } from '../../app/gate/report-files.ts';
import type { GateRun } from '../../app/gate/run-gate.ts';
import { readInputs } from '../action/read-inputs.ts';
import { reportFailure } from '../action/report-failure.ts';
import { reportRun } from '../action/report-run.ts';
import type { StepWorld } from '../action/step-world.ts';
import type { GateWish, PreparedGate } from '../prepare-gate.ts';
import { gateInputs, type GateInputs } from './action-inputs.ts';

/** What the action needs of the world. */
export interface GateActionWorld extends StepWorld {
  prepare(wish: GateWish): Promise<PreparedGate>;
  run(request: GateRequest): Promise<GateRun>;
}

/** Runs actions/gate and returns the exit code of its step: 0 on pass, and on hold where the caller wants it neutral. */
export async function runGateAction(
  env: Readonly<Record<string, string | undefined>>,
  world: GateActionWorld,
): Promise<number> {
  try {
    const inputs = readInputs(gateInputs, env);
    const { out = REPORT_FOLDER, hold } = inputs;
    await world.files.remove(out, REPORT_FILES);
    const prepared = await world.prepare(wishOf(inputs));
    try {
      const run = await world.run(prepared.request);
      world.output.setOutput('artifact-digest', run.verdict.artifact?.digest ?? '');
      return await reportRun(run, { out, hold }, world);
    } finally {
      await prepared.remove();
    }
  } catch (error) {
    const words = { title: 'Known Good could not judge the model', heading: 'the gate could not run' };
    return reportFailure(error, words, world);
  }
}

function wishOf({ out: _out, hold: _hold, ...inputs }: GateInputs): GateWish {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}
