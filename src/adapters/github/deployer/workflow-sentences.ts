import { formatDuration } from '../../../core/duration.ts';
import type { DeployRequest } from '../../../core/ports.ts';
import { seen, seenName } from '../../../core/seen.ts';
import type { WorkflowRun } from '../workflow-run.ts';
import type { DeployTitle } from './deploy-title.ts';

/** What people are told of a deployment by a workflow. None holds anything that the run printed. */

/** A run that ended otherwise than well: `conclusion` is GitHub's. */
export function endedSentence({ conclusion, url }: WorkflowRun, workflow: string): string {
  return `The run of ${seenName(workflow)} ${howItEnded(conclusion)}. Look at ${shortUrl(url)}.`;
}

function howItEnded(conclusion: string | undefined): string {
  switch (conclusion) {
    case 'failure':
      return 'failed';
    case 'cancelled':
      return 'was cancelled';
    case 'timed_out':
      return 'ran out of its own time';
    case 'skipped':
      return 'was skipped, so nothing was deployed; an "if:" in it may not hold for these inputs';
    case 'action_required':
      return 'waits for somebody to allow it';
    case 'startup_failure':
      return 'could not start, as its file is not valid';
    case undefined:
      return 'ended without a conclusion';
    default:
      return `ended as ${seenName(conclusion)}, which is not a success`;
  }
}

/** A run that did not end in time; `status` is GitHub's, absent where it never told. */
export function lateSentence(
  { status, url }: { status: string | undefined; url: string | undefined },
  { workflow, timeoutMs }: { workflow: string; timeoutMs: number },
): string {
  const what = `The run of ${seenName(workflow)} did not end within ${formatDuration(timeoutMs)}`;
  return `${what} (${whyLate(status)}) and was asked to stop. Look at ${shortUrl(url)}.`;
}

function whyLate(status: string | undefined): string {
  if (status === undefined) return 'GitHub never told how it goes';
  return status === 'waiting' ? 'it waits for a review of its environment' : `last seen: ${shown(status)}`;
}

function shown(status: string): string {
  return seenName(status).replaceAll('_', ' ');
}

/** A deployment that comes after one with a number that is not lower, or beside it. */
export function overtakenSentence(
  { seq }: DeployRequest,
  { run, title }: { run: WorkflowRun; title: DeployTitle },
): string {
  const how = title.seq === seq ? 'another one with the same number' : 'a later one';
  const todo = 'If that was of another ledger, delete that run';
  return `Number ${seq} was not deployed: ${how} (number ${title.seq}, ${seenName(title.version)}) was started, at ${shortUrl(run.url)}. ${todo}.`;
}

/** A run whose number the ledger cannot have given. */
export function ignoredSentence(
  { model, environment }: DeployRequest,
  { run, title }: { run: WorkflowRun; title: DeployTitle },
): string {
  const what = `A run says that it deploys number ${title.seq} (${seenName(title.version)}) to ${model}/${environment}`;
  return `${what}. The ledger has given no such number, so that run is ignored: ${shortUrl(run.url)}`;
}

/** A ledger that did not say whether a later run is real, and what that means. */
export function unaskedSentence(error: unknown): string {
  const why = error instanceof Error ? seen(error.message, 200) : 'It did not say why.';
  return `Whether a run with a later number is real could not be asked of the ledger, so it counts as real. ${why}`;
}

/** A run that was asked for and that nobody can find again. */
export function lostRunSentence(workflow: string): string {
  return `${seenName(workflow)} was started, and its run cannot be found, so nobody knows whether it deployed. Give it the line run-name of the starter deploy.yml, which names the operation, and look at the workflow's runs.`;
}

/** Runs that could not be listed, and what that means. */
export function unseenSentence(error: unknown): string {
  const why = error instanceof Error ? error.message : 'GitHub did not say why.';
  return `Whether another deployment of this lane runs could not be seen. ${why} The deployment goes on: its workflow refuses an older number by itself.`;
}

/** What a run that has not ended does now, for people who wait. */
export function progressSentence({ status, url }: WorkflowRun): string {
  switch (status) {
    case 'waiting':
      return `The deployment waits for a review of its environment's protection rule: ${shortUrl(url)}`;
    case 'in_progress':
      return `The deployment runs: ${shortUrl(url)}`;
    default:
      return `The deployment is ${shown(status)}: ${shortUrl(url)}`;
  }
}

/** An address for a sentence: one word, at most 200 characters. */
export function shortUrl(url: string | undefined): string {
  const plain = url !== undefined && /^https?:\/\/[\x21-\x7e]{1,200}$/.test(url);
  return plain ? url : 'the Actions page of the repository';
}
