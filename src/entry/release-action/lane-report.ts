import { messageChain } from '../../core/errors.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { ChangeResult } from '../../promotion/change-result.ts';
import { exitCodeOf, type LaneResult } from '../../promotion/lane-result.ts';
import type { Annotation } from '../../report/annotations.ts';
import { changePage } from '../../report/release/change-page.ts';
import { lanePage } from '../../report/release/lane-page.ts';
import { changeSummary, laneSummary } from '../../report/release/step-summary.ts';
import { toMarkdown } from '../../report/to-markdown.ts';
import { clipText, visibleText } from '../../report/visible-text.ts';
import type { LaneOutputs, RegisterOutputs } from './action-outputs.ts';

/** What a step says of a result: the log, the job summary, annotations, outputs, and its exit code. All texts are safe where they go. */
export interface StepReport {
  code: number;
  page: string;
  summary: string;
  annotations: readonly Annotation[];
  outputs: LaneOutputs | RegisterOutputs;
}

/** A look at one lane of several, or why there was none. */
export type LaneLook = { lane: Lane; result: LaneResult } | { lane: Lane; error: unknown };

/** A job summary may have 1 MiB a step; what is larger is dropped silently by GitHub. */
const SUMMARY_BYTES = 900_000;
const MOST_ANNOTATIONS = 10;

/** Promote, rollback, or a look at one lane. */
export function reportLane(result: LaneResult): StepReport {
  return {
    code: exitCodeOf(result),
    page: lanePage(result),
    summary: toMarkdown(laneSummary(result), { budget: SUMMARY_BYTES }),
    annotations: laneAnnotations(result).slice(0, MOST_ANNOTATIONS),
    outputs: laneOutputs(result),
  };
}

/** Looks at several lanes: the worst one gives the exit code and the outputs; every lane is in log and summary. */
export function reportLooks(looks: readonly LaneLook[]): StepReport {
  const reports = looks.map((look) => ('result' in look ? reportLane(look.result) : reportNoLook(look)));
  const [worst] = reports.toSorted((a, b) => badness(b.code) - badness(a.code));
  if (worst === undefined) {
    const message = 'No lane has a history yet; there is nothing to look at.';
    return {
      code: 0,
      page: message,
      summary: `${message}\n`,
      annotations: [],
      outputs: { outcome: 'nothing', message },
    };
  }
  return {
    code: worst.code,
    page: reports.map(({ page }) => page).join('\n'),
    summary: reports.map(({ summary }) => summary).join('\n'),
    annotations: reports.flatMap(({ annotations }) => annotations).slice(0, MOST_ANNOTATIONS),
    outputs: worst.outputs,
  };
}

/** A registration. */
export function reportChange(result: ChangeResult): StepReport {
  const { outcome, message, release, packaged, reasons = [], head = '' } = result;
  const title = `${result.command} ${outcome}`;
  const texts = reasons.length > 0 ? reasons.map(reasonText) : [message];
  return {
    code: exitCodeOf(result),
    page: changePage(result),
    summary: toMarkdown(changeSummary(result), { budget: SUMMARY_BYTES }),
    annotations:
      outcome === 'refused'
        ? texts.slice(0, MOST_ANNOTATIONS).map((text) => annotation('error', title, text))
        : [],
    outputs: {
      outcome,
      message: visibleText(message),
      release: release === undefined ? '' : `${release.model}@${release.version}`,
      version: release?.version ?? '',
      digest: release?.digest ?? packaged?.digest ?? '',
      head,
    },
  };
}

/** Why one lane could not be looked at; the others were all the same. */
function reportNoLook({ lane, error }: { lane: Lane; error: unknown }): StepReport {
  const name = formatLane(lane);
  const message = visibleText(messageChain(error)[0] ?? 'unknown error');
  return {
    code: 3,
    page: `! ${name} could not be looked at. ${message}\n`,
    summary: `## ! verify ${name}: error\n\n\`\`\`text\n${message.replaceAll('`', "'")}\n\`\`\`\n`,
    annotations: [annotation('error', `${name} could not be looked at`, message)],
    outputs: { outcome: 'error', message, lane: name },
  };
}

/** Exit codes by how bad they are: what is known to be wrong, what could not be told, what waits. */
function badness(code: number): number {
  return [0, 2, 3, 1].indexOf(code);
}

function laneOutputs({ lane, outcome, message, release, from, head = '' }: LaneResult): LaneOutputs {
  const { version = '', digest = '' } = release ?? {};
  return {
    outcome,
    message: visibleText(message),
    lane: formatLane(lane),
    version,
    digest,
    from: from ?? '',
    head,
  };
}

function laneAnnotations({ lane, command, outcome, message, reasons = [] }: LaneResult): Annotation[] {
  const title = `${formatLane(lane)}: ${command} ${outcome.replaceAll('-', ' ')}`;
  switch (outcome) {
    case 'done':
    case 'nothing':
    case 'planned':
      return [];
    case 'waiting':
      return [annotation('warning', title, message)];
    case 'refused':
      return reasons.length === 0
        ? [annotation('error', title, message)]
        : reasons.map((reason) => annotation('error', title, reasonText(reason)));
    case 'failed':
    case 'not-moved':
    case 'moved-not-proved':
      return [annotation('error', title, message)];
    default:
      return outcome satisfies never;
  }
}

function reasonText({ message, settle }: { message: string; settle?: string | undefined }): string {
  return settle === undefined ? message : `${message} To settle it: known-good ${settle}`;
}

function annotation(level: Annotation['level'], title: string, message: string): Annotation {
  return { level, title: clipText(visibleText(title), 200), message: visibleText(message) };
}
