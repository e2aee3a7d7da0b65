import { parseWorkflow } from '../../config/parse-workflow.ts';
import type { Fact } from '../../core/fact.ts';
import { formatLane } from '../../core/lane.ts';
import type { DoctorFacts } from './doctor-facts.ts';
import { good, missing, unsure, type Finding } from './finding.ts';

/** The inputs that a deployment is started with. */
const INPUTS = ['model', 'environment', 'image', 'digest', 'sha', 'version', 'seq', 'operation'];

/** The workflows that lanes deploy by: on the default branch, startable, with the fixed inputs and a title that they are found by. */
export function deployFindings({ lanes, forge, workflows }: DoctorFacts): Finding[] {
  const byFile = new Map<string, string[]>();
  for (const { lane, policy } of lanes) {
    if (policy.deploy.kind !== 'workflow') continue;
    const { workflow } = policy.deploy;
    byFile.set(workflow, [...(byFile.get(workflow) ?? []), formatLane(lane)]);
  }
  return [...byFile].map(([file, names]) => {
    const there = forge?.workflows[file];
    const local = workflows[file];
    if (there === undefined) return offline(file, names, local);
    return judged(file, names, there);
  });
}

function judged(file: string, names: readonly string[], there: Fact<string | undefined>): Finding {
  const who = names.join(', ');
  if (!there.known)
    return unsure(
      'deploy-workflow',
      `Whether ${file} is on the default branch could not be asked: ${there.why}`,
      'Try again.',
    );
  if (there.value === undefined)
    return missing(
      'deploy-workflow',
      `${who}: deployed by ${file}, which is not on the default branch.`,
      `Push .github/workflows/${file} there; known-good init writes one.`,
    );
  const problem = problemOf(there.value);
  if (problem !== undefined)
    return missing('deploy-workflow', `${who}: ${file} ${problem.what}.`, problem.settle);
  return good(
    'deploy-workflow',
    `${who}: ${file} is on the default branch, with the inputs of a deployment.`,
  );
}

function offline(file: string, names: readonly string[], local: string | undefined): Finding {
  const who = names.join(', ');
  if (local === undefined)
    return missing(
      'deploy-workflow',
      `${who}: deployed by ${file}, and there is no .github/workflows/${file}.`,
      'Write it: known-good init',
    );
  const problem = problemOf(local);
  if (problem !== undefined)
    return missing('deploy-workflow', `${who}: ${file} ${problem.what}.`, problem.settle);
  return unsure(
    'deploy-workflow',
    `${who}: ${file} is right here; whether it is on the default branch was not asked.`,
    'Settle what is said of the token, and run doctor again.',
  );
}

function problemOf(text: string): { what: string; settle: string } | undefined {
  const workflow = parseWorkflow(text);
  if (workflow === undefined) return { what: 'could not be read as a workflow', settle: 'Correct it.' };
  if (!workflow.events.includes('workflow_dispatch'))
    return {
      what: 'cannot be started by anybody',
      settle: 'Add on: workflow_dispatch with the inputs of workflows/deploy.yml.',
    };
  const lacking = INPUTS.filter((name) => !workflow.inputs.includes(name));
  if (lacking.length > 0)
    return {
      what: `lacks the inputs ${lacking.join(', ')}`,
      settle: 'Take them from workflows/deploy.yml of Known Good.',
    };
  if (workflow.runName?.includes('inputs.operation') !== true)
    return {
      what: 'has no run-name with the operation in it, so a run cannot be found again',
      settle: 'Take run-name from workflows/deploy.yml of Known Good.',
    };
  return undefined;
}
