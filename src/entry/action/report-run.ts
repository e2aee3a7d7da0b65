import { exitCodeOf } from '../../core/outcome.ts';
import type { Verdict } from '../../core/verdict.ts';
import { annotations } from '../../report/annotations.ts';
import type { Document } from '../../report/document.ts';
import { toMarkdown } from '../../report/to-markdown.ts';
import { toTerminal } from '../../report/to-terminal.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { StepWorld } from './step-world.ts';

/** What a gate or a shadow left: the verdict, its report as a tree, and both as files. */
export interface JudgedRun {
  verdict: Verdict;
  report: Document;
  files: Readonly<Record<string, string>>;
}

/** A job summary may have 1 MiB a step; what is larger is dropped silently by GitHub. */
const SUMMARY_BYTES = 900_000;

/** Writes the files, the log, annotations, outputs and the job summary; returns the exit code of the step: 0 on a hold that is `neutral`. */
export async function reportRun(
  { verdict, report, files: written }: JudgedRun,
  { out, hold }: { out: string; hold: 'fail' | 'neutral' },
  { output, files }: StepWorld,
): Promise<number> {
  await files.write(out, written);
  output.print(toTerminal(report));
  for (const annotation of annotations(verdict)) output.annotate(annotation);
  output.setOutput('outcome', verdict.outcome);
  output.setOutput('reason', visibleText(verdict.reason));
  output.setOutput('verdict-path', `${out}/verdict.json`);
  output.setOutput('report-path', `${out}/report.html`);
  await output.writeSummary(toMarkdown(report, { budget: SUMMARY_BYTES }));
  return verdict.outcome === 'hold' && hold === 'neutral' ? 0 : exitCodeOf(verdict.outcome);
}
