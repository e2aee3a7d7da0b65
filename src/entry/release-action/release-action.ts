import { KnownGoodError } from '../../core/errors.ts';
import { seen } from '../../core/seen.ts';
import { readInputs } from '../action/read-inputs.ts';
import { reportFailure } from '../action/report-failure.ts';
import type { StepWorld } from '../action/step-world.ts';
import {
  promoteInputs,
  registerInputs,
  rollbackInputs,
  verifyInputs,
  type PlaceInputs,
} from './action-inputs.ts';
import type { FencedLog } from './fenced-log.ts';
import type { StepReport } from './lane-report.ts';
import type { ActionContext, ActionNeeds } from './open-action.ts';
import { promoteStep } from './promote-step.ts';
import { registerStep } from './register-step.ts';
import { rollbackStep } from './rollback-step.ts';
import { verifyStep } from './verify-step.ts';

/** The actions that this bundle is; action.yml says which by the constant variable `KG_COMMAND`. */
export const RELEASE_COMMANDS = ['register', 'promote', 'rollback', 'verify'] as const;
export type ReleaseCommand = (typeof RELEASE_COMMANDS)[number];

/** What the actions need of the world. */
export interface ReleaseActionWorld extends Pick<StepWorld, 'output'> {
  log: FencedLog;
  /** Such as `22.11.0`. */
  nodeVersion: string;
  open(inputs: PlaceInputs, needs: ActionNeeds): Promise<ActionContext>;
}

type Variables = Readonly<Record<string, string | undefined>>;

const OLDEST_NODE = [20, 19] as const;

/** Runs one of the actions and returns the exit code of its step. Whatever happens, `outcome` and `message` are set. */
export async function runReleaseAction(env: Variables, world: ReleaseActionWorld): Promise<number> {
  const { log, output } = world;
  try {
    checkNode(world.nodeVersion);
    const report = await runCommand(commandOf(env['KG_COMMAND']), env, world);
    log.page(report.page);
    log.close();
    for (const annotation of report.annotations) output.annotate(annotation);
    for (const [name, value] of Object.entries(report.outputs)) output.setOutput(name, value);
    await output.writeSummary(report.summary);
    return report.code;
  } catch (error) {
    log.close();
    const command = env['KG_COMMAND'] ?? 'the step';
    const title = `Known Good could not carry out ${command}`;
    return reportFailure(
      error,
      { title, heading: `${command} could not be carried out`, says: 'message' },
      world,
    );
  }
}

async function runCommand(
  command: ReleaseCommand,
  env: Variables,
  { open }: ReleaseActionWorld,
): Promise<StepReport> {
  switch (command) {
    case 'register': {
      const inputs = readInputs(registerInputs, env);
      const { model, image } = inputs;
      return registerStep(
        inputs,
        await open(inputs, { config: model === undefined || image === undefined, model }),
      );
    }
    case 'promote': {
      const inputs = readInputs(promoteInputs, env);
      return promoteStep(inputs, await open(inputs, { config: true, lane: inputs.lane }));
    }
    case 'rollback': {
      const inputs = readInputs(rollbackInputs, env);
      return rollbackStep(inputs, await open(inputs, { config: false, lane: inputs.lane }));
    }
    case 'verify': {
      const inputs = readInputs(verifyInputs, env);
      return verifyStep(inputs, await open(inputs, { config: false, lane: inputs.lane }));
    }
    default:
      return command satisfies never;
  }
}

function commandOf(text: string | undefined): ReleaseCommand {
  const command = RELEASE_COMMANDS.find((each) => each === text);
  if (command !== undefined) return command;
  const allowed = RELEASE_COMMANDS.join(', ');
  throw new KnownGoodError(
    'internal',
    `KG_COMMAND is ${seen(text ?? '')}; the actions set it to one of ${allowed}.`,
  );
}

function checkNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new KnownGoodError(
    'unavailable',
    `This runner has Node ${version}; Known Good needs ${OLDEST_NODE.join('.')} or newer. Add actions/setup-node before this step.`,
  );
}
