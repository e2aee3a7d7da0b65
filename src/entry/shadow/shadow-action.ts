import { REPORT_FILES, REPORT_FOLDER } from '../../app/gate/report-files.ts';
import type { ShadowRun } from '../../app/shadow/run-shadow.ts';
import type { ShadowRequest } from '../../app/shadow/shadow-request.ts';
import { readInputs } from '../action/read-inputs.ts';
import { reportFailure } from '../action/report-failure.ts';
import { reportRun } from '../action/report-run.ts';
import type { StepWorld } from '../action/step-world.ts';
import type { ShadowWish } from '../prepare-shadow.ts';
import { shadowInputs, type ShadowInputs } from './action-inputs.ts';

/** What the action needs of the world. `ledger`: where it is, as `--ledger` says it. */
export interface ShadowActionWorld extends StepWorld {
  prepare(wish: ShadowWish, ledger: string | undefined): Promise<ShadowRequest>;
  run(request: ShadowRequest): Promise<ShadowRun>;
}

/** Runs actions/shadow and returns the exit code of its step: 0 on pass, and on hold where the caller wants it neutral. */
export async function runShadowAction(
  env: Readonly<Record<string, string | undefined>>,
  world: ShadowActionWorld,
): Promise<number> {
  try {
    const inputs = readInputs(shadowInputs, env);
    const { out = REPORT_FOLDER, hold } = inputs;
    // The report from before tells how often was looked; nothing of it may outlive a run that fails.
    const request = await world
      .prepare(wishOf(inputs, out), inputs.ledger)
      .finally(() => world.files.remove(out, REPORT_FILES));
    const run = await world.run(request);
    return await reportRun({ ...run, report: run.shared }, { out, hold }, world);
  } catch (error) {
    const words = { title: 'Known Good could not read the shadow', heading: 'the shadow could not be read' };
    return reportFailure(error, words, world);
  }
}

function wishOf(inputs: ShadowInputs, out: string): ShadowWish {
  const { hold: _hold, ledger: _ledger, log, labels, slices, 'gate-verdict': promised, ...rest } = inputs;
  const given = Object.entries({ ...rest, promised }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), log: log ?? [], labels: labels ?? [], slices: slices ?? [], out };
}
