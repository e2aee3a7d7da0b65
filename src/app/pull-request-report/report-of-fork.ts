import { seen } from '../../core/seen.ts';
import { postComment } from './post-comment.ts';
import { readReport } from './read-report.ts';
import { reportDocument } from './report-document.ts';
import type { FinishedRun } from './report-event.ts';
import type { ReportOrder, ReportPorts } from './report-ports.ts';
import type { ReportResult } from './report-result.ts';

/** How a run can end, as GitHub says it. */
const CONCLUSIONS = [
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
  'stale',
];

/** Which check it is: never the name of one that this repository makes itself, so that no rule can be met by it. */
const CHECK = 'Known Good (reported by the fork)';

/**
 * The second stage for a fork: a run of the fork's code has ended, and left numbers. Which pull request it is comes from GitHub (fork, branch
 * and head commit must be the run's), never from what the run left; the text is rendered here, and says in its first lines whose numbers these are.
 */
export async function reportOfFork(
  run: FinishedRun,
  order: ReportOrder,
  ports: ReportPorts,
): Promise<ReportResult> {
  const refusal = refused(run, order);
  if (refusal !== undefined) return { kind: 'skipped', why: refusal };
  const { owner = '', branch, sha, repository = '' } = run.head;
  const pull = await ports.pulls.openFrom({ owner, branch, sha });
  if (pull === undefined || pull.head.repository?.toLowerCase() !== repository.toLowerCase())
    return {
      kind: 'skipped',
      why: `No single open pull request has the branch ${seen(branch)} of ${repository} at ${sha.slice(0, 12)}: it was closed, or a newer commit has come, whose own run reports.`,
    };
  const text = await ports.artifacts.verdict(run.id, order.artifact);
  if (text === undefined)
    return {
      kind: 'skipped',
      why: `The run ${run.id} left no artifact ${seen(order.artifact)}, so the fork reports nothing.`,
    };
  const verdict = readReport(text, 'verdict.json of the fork');
  const document = reportDocument(verdict, {
    commit: sha,
    run: undefined,
    artifact: `${run.url}#artifacts`,
    reported: { repository, run: run.url },
  });
  const check = order.check
    ? ({ name: CHECK, conclusion: 'neutral', title: document.title } as const)
    : undefined;
  // Nothing that the fork wrote says which comment is changed: not another report's, and one for each artifact.
  return postComment({ pull, marker: `reported:${order.artifact}`, document, check, run: run.url }, ports);
}

/** Why the run is none whose report is passed on. */
function refused(
  { id, repository, event, conclusion, head }: FinishedRun,
  order: ReportOrder,
): string | undefined {
  const here = order.repository.toLowerCase();
  if (repository.toLowerCase() !== here)
    return `The run ${id} belongs to ${seen(repository)} and not to ${order.repository}: its report is not passed on.`;
  if (event !== 'pull_request')
    return `The run ${id} was started by ${seen(event)}: only reports of runs that a pull request started are passed on.`;
  if (conclusion === undefined || !CONCLUSIONS.includes(conclusion))
    return `The run ${id} has no conclusion that is known (saw ${seen(conclusion ?? 'none')}): its report is not passed on.`;
  if (head.repository === undefined || head.owner === undefined)
    return `The fork that the run ${id} was for is gone: its report is not passed on.`;
  if (head.repository.toLowerCase() === here)
    return `The run ${id} was for a branch of this repository: its own run comments, so nothing is passed on.`;
  return undefined;
}
