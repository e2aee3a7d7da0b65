import { postReport } from '../../app/pull-request-report/post-report.ts';
import type { ReportEvent } from '../../app/pull-request-report/report-event.ts';
import type { ReportOrder, ReportPorts } from '../../app/pull-request-report/report-ports.ts';
import type { ReportResult } from '../../app/pull-request-report/report-result.ts';
import { exitCodeOfError, KnownGoodError, messageChain } from '../../core/errors.ts';
import type { StepOutput } from '../../adapters/github/actions-runner.ts';
import { link, paragraph, text, type Block } from '../../report/document.ts';
import { toMarkdown } from '../../report/to-markdown.ts';
import { visibleText } from '../../report/visible-text.ts';
import { readInputs } from '../action/read-inputs.ts';
import type { StepWorld } from '../action/step-world.ts';
import { reportInputs, type ReportInputs } from './action-inputs.ts';

/** What the action needs of the world. */
export interface ReportActionWorld extends StepWorld {
  /** What started this run. */
  event(): Promise<ReportEvent>;
  /** GitHub by a token; a token that is missing is an `input` error. */
  open(token: string | undefined): { repository: string; run: string | undefined; ports: ReportPorts };
}

/** The outputs that every run of actions/report sets. */
export const REPORT_OUTPUTS = ['posted', 'comment-url', 'comment-id', 'pull-request'] as const;

const FOLDER = 'known-good-report';
/** A job summary may have 1 MiB a step; what is larger is dropped silently by GitHub. */
const SUMMARY_BYTES = 900_000;
const TITLE = 'Known Good could not post the report';

/** Runs actions/report and returns the exit code of its step: 0 whatever becomes of the comment, unless it is `required`; wrong inputs fail. */
export async function runReportAction(
  env: Readonly<Record<string, string | undefined>>,
  world: ReportActionWorld,
): Promise<number> {
  let required = true;
  try {
    const inputs = readInputs(reportInputs, env);
    ({ required } = inputs);
    const { repository, run, ports } = world.open(inputs['github-token']);
    const result = await postReport(await world.event(), orderOf(inputs, { repository, run }), ports);
    await tell(result, required, world);
    return result.kind === 'failed' && required ? 3 : 0;
  } catch (error) {
    const ours = !(error instanceof KnownGoodError) || error.code === 'internal';
    const fault = ours ? ' This is a fault of Known Good; please report it.' : '';
    await tell({ kind: 'failed', why: `${messageChain(error).join(' ')}${fault}` }, required, world);
    return required || ours ? exitCodeOfError(error) : 0;
  }
}

function orderOf(inputs: ReportInputs, here: Pick<ReportOrder, 'repository' | 'run'>): ReportOrder {
  return {
    ...here,
    folder: inputs.report ?? FOLDER,
    artifact: inputs.artifact ?? FOLDER,
    artifactUrl: inputs['artifact-url'],
    pullRequest: inputs['pull-request'],
    check: inputs.check,
  };
}

/** Log, outputs and job summary. */
async function tell(result: ReportResult, required: boolean, { output }: StepWorld): Promise<void> {
  setOutputs(result, output);
  const blocks = [...head(result), ...(result.document?.blocks ?? [])];
  await output.writeSummary(toMarkdown({ title: TITLE, outcome: 'hold', blocks }, { budget: SUMMARY_BYTES }));
  const warn = (message: string, level: 'error' | 'warning') =>
    output.annotate({ level, title: TITLE, message: visibleText(message) });
  switch (result.kind) {
    case 'posted':
      output.print(`The report is at ${visibleText(result.comment.url)}`);
      if (result.trouble !== undefined) warn(result.trouble, 'warning');
      return;
    case 'skipped':
      output.print(visibleText(result.why));
      return;
    case 'failed':
      warn(result.why, required ? 'error' : 'warning');
      return;
    default:
      return result satisfies never;
  }
}

function head(result: ReportResult): Block[] {
  switch (result.kind) {
    case 'posted': {
      const where = link(`the pull request #${result.pullRequest}`, result.comment.url);
      const trouble =
        result.trouble === undefined ? [] : [paragraph(`Its check was not written. ${result.trouble}`)];
      return [paragraph('This report is a comment on ', where, text('.')), ...trouble];
    }
    case 'skipped':
      return [paragraph(result.why)];
    case 'failed':
      return [{ kind: 'callout', title: 'Not posted.', inlines: [text(result.why)] }];
    default:
      return result satisfies never;
  }
}

function setOutputs(result: ReportResult, output: StepOutput): void {
  const posted = result.kind === 'posted' ? result : undefined;
  const number = result.kind === 'skipped' ? undefined : result.pullRequest;
  const values: Readonly<Record<(typeof REPORT_OUTPUTS)[number], string>> = {
    posted: String(posted !== undefined),
    'comment-url': posted?.comment.url ?? '',
    'comment-id': posted?.comment.id ?? '',
    'pull-request': number === undefined ? '' : String(number),
  };
  for (const name of REPORT_OUTPUTS) output.setOutput(name, values[name]);
}
