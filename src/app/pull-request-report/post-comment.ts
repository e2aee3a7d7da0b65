import type { Verdict } from '../../core/verdict.ts';
import type { CheckShown, PullRequest } from '../../core/forge.ts';
import type { Document } from '../../report/document.ts';
import { markerLine, toMarkdown } from '../../report/to-markdown.ts';
import { visibleText } from '../../report/visible-text.ts';
import { worldFailure } from './world-failure.ts';
import type { ReportPorts } from './report-ports.ts';
import type { ReportResult } from './report-result.ts';

/** What is posted, and where. */
export interface Posting {
  pull: PullRequest;
  /** Identity of the comment in its thread. */
  marker: string;
  document: Document;
  check: Pick<CheckShown, 'name' | 'conclusion' | 'title'> | undefined;
  run: string | undefined;
}

/** Most bytes of a comment; GitHub takes 65,536 characters. */
const BUDGET = 60_000;

/** Writes the one comment of its marker, or changes it where it is there already, and then the check run. */
export async function postComment(posting: Posting, ports: ReportPorts): Promise<ReportResult> {
  const { pull, marker, document } = posting;
  const body = toMarkdown(document, { marker, budget: BUDGET });
  const own = await ports.comments.findOwn(pull.number, markerLine(marker));
  // Deleted since it was found, it is written anew.
  const isThere = own !== undefined && (await ports.comments.update(own.id, body)) === 'changed';
  const { id, url } = isThere ? own : await ports.comments.create(pull.number, body);
  const trouble = await showCheck(posting, ports);
  return {
    kind: 'posted',
    pullRequest: pull.number,
    comment: { id, url },
    document,
    ...(trouble === undefined ? {} : { trouble }),
  };
}

async function showCheck(
  { check, pull, marker, document, run }: Posting,
  { checks }: ReportPorts,
): Promise<string | undefined> {
  if (check === undefined) return undefined;
  try {
    const summary = toMarkdown(document, { budget: BUDGET });
    await checks.show({
      ...check,
      title: visibleText(check.title),
      sha: pull.head.sha,
      summary,
      externalId: marker,
      url: run,
    });
    return undefined;
  } catch (error) {
    return worldFailure(error, 'A check takes checks: write.');
  }
}

/** Identity of a report in its thread: one comment for each kind, model and environment. */
export function markerOf({ kind, model, environment = '' }: Verdict): string {
  return [kind, model, environment].map((part) => encodeURIComponent(visibleText(part))).join(':');
}

/** A check of a verdict that was made here: only a pass is a success, and a hold waits for somebody. */
export function checkOf(verdict: Verdict, title: string): NonNullable<Posting['check']> {
  const { kind, model, environment, outcome } = verdict;
  const where = environment === undefined ? '' : ` → ${environment}`;
  const conclusion = outcome === 'pass' ? 'success' : outcome === 'hold' ? 'action_required' : 'failure';
  return { name: visibleText(`Known Good ${kind}: ${model}${where}`).slice(0, 200), conclusion, title };
}
