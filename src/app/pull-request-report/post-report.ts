import { KnownGoodError } from '../../core/errors.ts';
import type { PullRequest } from '../../core/forge.ts';
import { quote } from '../../verdict/sentences.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { Document } from '../../report/document.ts';
import { reportOfFork } from './report-of-fork.ts';
import { checkOf, markerOf, postComment } from './post-comment.ts';
import { readReport } from './read-report.ts';
import { reportDocument } from './report-document.ts';
import type { ReportEvent } from './report-event.ts';
import type { ReportOrder, ReportPorts } from './report-ports.ts';
import type { ReportResult } from './report-result.ts';
import { worldFailure } from './world-failure.ts';

/** Largest verdict.json that is read, in bytes. */
export const MOST_REPORT_BYTES = 2 ** 20;

/**
 * Posts the report of a gate or a shadow as the one comment of its model and environment on the pull request that it belongs to. What the
 * world refuses is a `failed` result that says why, never an exception.
 */
export async function postReport(
  event: ReportEvent,
  order: ReportOrder,
  ports: ReportPorts,
): Promise<ReportResult> {
  try {
    switch (event.kind) {
      case 'pull':
        return await onPull(event, order, ports);
      case 'run':
        return await reportOfFork(event, order, ports);
      case 'other':
        return await ofCommit(order, ports);
      default:
        return event satisfies never;
    }
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown, more: { pullRequest?: number } = {}): ReportResult {
  return { kind: 'failed', why: worldFailure(error, TAKES), ...more };
}

const TAKES =
  'Posting takes pull-requests: write; in a run of workflow_run also actions: read, and where no pull request started it contents: read.';

type OnPull = Extract<ReportEvent, { kind: 'pull' }>;

/** A run on a pull request of this repository. One from a fork has no token that may write, and its report takes the second stage. */
async function onPull(event: OnPull, order: ReportOrder, ports: ReportPorts): Promise<ReportResult> {
  if (event.headRepository?.toLowerCase() !== order.repository.toLowerCase()) {
    const from =
      event.headRepository === undefined ? 'a fork that is gone' : `the fork ${event.headRepository}`;
    return {
      kind: 'skipped',
      why: `The pull request #${event.number} comes from ${from}, whose runs may not write here. The second stage (workflow_run) comments, as soon as this run has ended.`,
    };
  }
  const verdict = await verdictIn(order, ports);
  const document = reportDocument(verdict, {
    commit: event.headSha,
    run: order.run,
    artifact: order.artifactUrl,
  });
  return withDocument(document, event.number, async () => {
    const pull = await ports.pulls.read(event.number);
    if (pull === undefined)
      return { kind: 'failed', why: `GitHub knows no pull request #${event.number}.`, document };
    if (pull.head.sha !== event.headSha)
      return {
        kind: 'skipped',
        why: `The pull request #${pull.number} has a newer commit (${pull.head.sha.slice(0, 7)}) than the one that was judged (${event.headSha.slice(0, 7)}); its own run comments.`,
        document,
      };
    return post({ verdict, document, pull }, order, ports);
  });
}

/** A run that no pull request started: its report goes to that of the challenger's commit. */
async function ofCommit(order: ReportOrder, ports: ReportPorts): Promise<ReportResult> {
  const verdict = await verdictIn(order, ports);
  const sha = verdict.kind === 'gate' ? verdict.producer.sha : verdict.shadow?.challenger.sha;
  const document = reportDocument(verdict, { commit: sha, run: order.run, artifact: order.artifactUrl });
  return withDocument(document, order.pullRequest, async () => {
    const pull = await pullFor(sha, order, ports);
    if (typeof pull === 'string') return { kind: 'skipped', why: pull, document };
    return post({ verdict, document, pull }, order, ports);
  });
}

/** The pull request that somebody named, else the one that a commit came by; or why there is none. */
async function pullFor(
  sha: string | undefined,
  { pullRequest }: ReportOrder,
  { pulls }: ReportPorts,
): Promise<PullRequest | string> {
  if (pullRequest !== undefined) {
    const named = await pulls.read(pullRequest);
    if (named !== undefined) return named;
    throw new KnownGoodError('input', `GitHub knows no pull request #${pullRequest} (input pull-request).`);
  }
  if (sha === undefined || !/^[0-9a-f]{40}$/.test(sha))
    return 'The report does not say which commit its challenger was built from, so no pull request is its own. It is in this summary alone.';
  return (
    (await pulls.ofCommit(sha)) ??
    `No pull request brought the commit ${sha.slice(0, 12)}, so the report is in this summary alone.`
  );
}

interface Report {
  verdict: Verdict;
  document: Document;
  pull: PullRequest;
}

function post(
  { verdict, document, pull }: Report,
  { check: wanted, run }: ReportOrder,
  ports: ReportPorts,
): Promise<ReportResult> {
  const check = wanted ? checkOf(verdict, document.title) : undefined;
  return postComment({ pull, marker: markerOf(verdict), document, check, run }, ports);
}

/** The report is in hand: where GitHub refuses, the summary still gets it. */
async function withDocument(
  document: Document,
  pullRequest: number | undefined,
  run: () => Promise<ReportResult>,
): Promise<ReportResult> {
  try {
    return await run();
  } catch (error) {
    return { ...failed(error, pullRequest === undefined ? {} : { pullRequest }), document };
  }
}

async function verdictIn({ folder }: ReportOrder, { files }: ReportPorts): Promise<Verdict> {
  const path = `${folder}/verdict.json`;
  const text = await files.readText(path, MOST_REPORT_BYTES);
  if (text !== undefined) return readReport(text, path);
  throw new KnownGoodError(
    'input',
    `There is no ${quote(path)}, so there is no report to post: the gate or the shadow left none, or it is in another folder (input report).`,
  );
}
