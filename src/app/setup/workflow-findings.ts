import { parseWorkflow, type Workflow, type WorkflowJob } from '../../config/parse-workflow.ts';
import type { DoctorFacts } from './doctor-facts.ts';
import { good, missing, unsure, type Finding } from './finding.ts';
import { ACTIONS, neededPermissions, type ActionName } from './needed-permissions.ts';
import { policiesOfStep } from './policies-of-step.ts';

type Facts = Pick<DoctorFacts, 'workflows' | 'lanes' | 'forge'>;

/** A use of one of our actions, by the name of its repository. */
const OWN = /^([\w.-]+\/known-good)(?:\/actions\/([\w-]+))?@(.+)$/;
const WORDS: Readonly<Record<string, string>> = { '': 'the release bot' };

interface Use {
  file: string;
  job: WorkflowJob;
  action: ActionName;
  /** The lane that the step names; it may be an expression. */
  lane: string | undefined;
  repository: string;
  ref: string;
}

/** The workflows that lie here: that there are some, that they are pinned, and that their jobs may do what their actions do. */
export function workflowFindings(facts: Facts): Finding[] {
  const read = Object.entries(facts.workflows).map(([file, text]) => ({
    file,
    workflow: parseWorkflow(text),
  }));
  const broken = read.flatMap(({ file, workflow }) =>
    workflow === undefined
      ? [
          unsure(
            'workflow-unreadable',
            `${file} could not be read as a workflow.`,
            'Correct it, or leave it to GitHub to say what is wrong.',
          ),
        ]
      : [],
  );
  const uses = read.flatMap(({ file, workflow }) => (workflow === undefined ? [] : usesOf(file, workflow)));
  if (uses.length === 0) {
    const message = 'No workflow in .github/workflows uses an action of Known Good.';
    return [...broken, missing('workflows', message, 'Write them: known-good init')];
  }
  const what = [...new Set(uses.map(({ action }) => WORDS[action] ?? action))].join(', ');
  const found = good('workflows', `Workflows use ${what}.`);
  return [
    ...broken,
    found,
    ...botFindings(uses, facts),
    ...pinFindings(uses),
    ...permissionFindings(uses, facts),
  ];
}

function usesOf(file: string, { jobs }: Workflow): Use[] {
  return jobs.flatMap((job) =>
    job.uses.flatMap(({ action: text, lane }) => {
      const [, repository = '', folder = '', ref = ''] = OWN.exec(text) ?? [];
      const action = ACTIONS.find((name) => name === folder);
      return repository === '' || action === undefined ? [] : [{ file, job, action, lane, repository, ref }];
    }),
  );
}

/** GitHub starts workflows for comments from the default branch alone, whatever lies here. */
function botFindings(uses: readonly Use[], { forge }: Facts): Finding[] {
  const files = [...new Set(uses.flatMap(({ action, file }) => (action === '' ? [file] : [])))];
  if (files.length === 0) {
    const message = 'No workflow runs the release bot, so comments command nothing.';
    return [missing('bot', message, 'Write .github/workflows/bot.yml: known-good init')];
  }
  const there = files.flatMap((file) => forge?.workflows[file] ?? []);
  if (there.some((file) => file.known && file.value === undefined)) {
    const message = `${files.join(', ')} is not on the default branch, so comments command nothing yet.`;
    return [missing('bot', message, 'Push it there.')];
  }
  return [];
}

/** The workflow files that run the release bot. */
export function botFiles(workflows: DoctorFacts['workflows']): string[] {
  return Object.entries(workflows).flatMap(([file, text]) => {
    const workflow = parseWorkflow(text);
    return workflow !== undefined && usesOf(file, workflow).some(({ action }) => action === '') ? [file] : [];
  });
}

function pinFindings(uses: readonly Use[]): Finding[] {
  const isPlaceholder = ({ repository, ref }: Use) => repository.startsWith('OWNER/') || /^0{40}$/.test(ref);
  const named = (some: readonly Use[]) => [...new Set(some.map(({ file }) => file))].join(', ');
  const open = uses.filter(isPlaceholder);
  const loose = uses.filter((use) => !isPlaceholder(use) && !/^[0-9a-f]{40}$/.test(use.ref));
  return [
    ...(open.length === 0
      ? []
      : [
          missing(
            'action-placeholder',
            `${named(open)} still say OWNER/known-good or a SHA of zeros.`,
            'Fill in the Known Good that you use: known-good init --owner OWNER/known-good@SHA',
          ),
        ]),
    ...(loose.length === 0
      ? []
      : [
          missing(
            'action-not-pinned',
            `${named(loose)} use Known Good by a name that can be moved.`,
            'Pin it to all 40 digits of a commit.',
          ),
        ]),
    ...(open.length + loose.length === 0
      ? [good('actions-pinned', 'Every use of Known Good is pinned to a commit.')]
      : []),
  ];
}

function permissionFindings(uses: readonly Use[], { lanes }: Facts): Finding[] {
  const findings = uses.flatMap(({ file, job, action, lane }): Finding[] => {
    const name = `The job ${job.name} of ${file}`;
    const what = WORDS[action] ?? `actions/${action}`;
    if (job.permissions === 'write-all') return [];
    if (job.permissions === undefined) {
      const message = `${name} says nothing of permissions, so the repository's setting decides whether ${what} may do its work.`;
      return [unsure('permissions', message, `Add permissions to it, as workflows/ of Known Good has them.`)];
    }
    const needed = neededPermissions(action, policiesOfStep(lane, lanes));
    const lacking = Object.entries(needed).filter(([scope, level]) => !grants(job.permissions, scope, level));
    if (lacking.length === 0) return [];
    const list = lacking.map(([scope, level]) => `${scope}: ${level}`).join(', ');
    return [
      missing(
        'permissions',
        `${name} lacks what ${what} needs: ${list}.`,
        'Add it to the permissions of the job.',
      ),
    ];
  });
  return findings.length > 0 ? findings : [good('permissions', 'Every job may do what its actions do.')];
}

function grants(given: WorkflowJob['permissions'], scope: string, level: 'read' | 'write'): boolean {
  if (given === undefined || given === 'write-all') return given !== undefined;
  if (given === 'read-all') return level === 'read';
  return given[scope] === 'write' || given[scope] === level;
}
