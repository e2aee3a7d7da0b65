import type { StepOutput } from '../../adapters/github/actions-runner.ts';
import type { GateRequest } from '../../app/gate/gate-request.ts';
import { REPORT_FILES, REPORT_FOLDER } from '../../app/gate/report-files.ts';
import type { GateRun } from '../../app/gate/run-gate.ts';
import { exitCodeOfError, KnownGoodError, messageChain } from '../../core/errors.ts';
import type { Outcome } from '../../core/outcome.ts';
import { exitCodeOf } from '../../core/outcome.ts';
import type { Files } from '../../core/ports.ts';
import { annotations } from '../../report/annotations.ts';
import { toMarkdown } from '../../report/to-markdown.ts';
import { toTerminal } from '../../report/to-terminal.ts';
import { visibleText } from '../../report/visible-text.ts';
import { visibleLines } from '../visible-lines.ts';
import type { GateWish, PreparedGate } from '../prepare-gate.ts';
import type { GateInputs } from './action-inputs.ts';
import { readGateInputs } from './action-inputs.ts';

/** What the action needs of the world. */
export interface ActionWorld {
  output: StepOutput;
  files: Files;
  prepare(wish: GateWish): Promise<PreparedGate>;
  run(request: GateRequest): Promise<GateRun>;
}

/** A job summary may have 1 MiB a step; what is larger is dropped silently by GitHub. */
const SUMMARY_BYTES = 900_000;

/** Runs actions/gate and returns the exit code of its step: 0 on pass, and on hold where the caller wants it neutral. */
export async function runGateAction(
  env: Readonly<Record<string, string | undefined>>,
  world: ActionWorld,
): Promise<number> {
  try {
    const inputs = readGateInputs(env);
    await world.files.remove(inputs.out ?? REPORT_FOLDER, REPORT_FILES);
    const prepared = await world.prepare(wishOf(inputs));
    try {
      return await report(await world.run(prepared.request), inputs, world);
    } finally {
      await prepared.remove();
    }
  } catch (error) {
    return broken(error, world);
  }
}

function wishOf({ out: _out, hold: _hold, ...inputs }: GateInputs): GateWish {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}

async function report(run: GateRun, inputs: GateInputs, { output, files }: ActionWorld): Promise<number> {
  const out = inputs.out ?? REPORT_FOLDER;
  const { verdict } = run;
  await files.write(out, run.files);
  output.print(toTerminal(run.report));
  for (const annotation of annotations(verdict)) output.annotate(annotation);
  output.setOutput('outcome', verdict.outcome);
  output.setOutput('reason', visibleText(verdict.reason));
  output.setOutput('verdict-path', `${out}/verdict.json`);
  output.setOutput('report-path', `${out}/report.html`);
  output.setOutput('artifact-digest', verdict.artifact?.digest ?? '');
  await output.writeSummary(toMarkdown(run.report, { budget: SUMMARY_BYTES }));
  return stepCode(verdict.outcome, inputs.hold);
}

function stepCode(outcome: Outcome, hold: GateInputs['hold']): number {
  return outcome === 'hold' && hold === 'neutral' ? 0 : exitCodeOf(outcome);
}

/** Even without a verdict the outputs are set: a workflow that only looks at `outcome` must not read an empty one as fine. */
async function broken(error: unknown, { output }: ActionWorld): Promise<number> {
  const [first = 'unknown error', ...causes] = messageChain(error);
  const own = error instanceof KnownGoodError;
  const lines = visibleLines(first, error);
  if (!own) lines.push(...causes.map(visibleText), 'This is a fault of Known Good; please report it.');
  const message = lines.join(' ');
  output.setOutput('outcome', 'error');
  output.setOutput('reason', message);
  output.annotate({ level: 'error', title: 'Known Good could not judge the model', message });
  await output.writeSummary(
    `## ERROR: the gate could not run\n\n\`\`\`text\n${lines.join('\n').replaceAll('`', "'")}\n\`\`\`\n`,
  );
  return exitCodeOfError(error);
}
