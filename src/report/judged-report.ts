import type { Verdict } from '../core/verdict.ts';
import { advisoryHead, asReported, type ReportedBy } from './advisory.ts';
import type { Block, Document } from './document.ts';
import { headline, headlineText } from './sections/headline.ts';
import { leadingChecks } from './sections/leading-checks.ts';
import { nextStep } from './sections/next-step.ts';

export interface ReportOptions {
  /** What to type next, where the caller knows a command that helps. */
  command?: string;
  /** Somebody else's run made the verdict: it is told as a report of theirs, and proves nothing. */
  reported?: ReportedBy;
}

/** What is a gate's or a shadow's own in its report. */
export interface ReportParts {
  /** What the reader has to know before the numbers. */
  callouts: readonly Block[];
  /** One line of facts below the table. */
  line: Block;
  /** Folded below; those with nothing to say are absent. */
  sections: readonly (Block | undefined)[];
}

/** The report of a verdict: outcome, reason, next step, at most six rows and one line of facts first; everything else folded below. */
export function judgedReport(
  verdict: Verdict,
  { callouts, line, sections }: ReportParts,
  { command, reported }: ReportOptions,
): Document {
  const facts = [
    ...callouts,
    ...leadingChecks(verdict),
    line,
    ...sections.filter((section) => section !== undefined),
  ];
  const { outcome } = verdict;
  if (reported !== undefined) {
    const { title, blocks } = advisoryHead(verdict, reported);
    return { title, outcome, blocks: [...blocks, ...facts.map(asReported)] };
  }
  return {
    title: headlineText(verdict),
    outcome,
    blocks: [...headline(verdict), nextStep(verdict, command), ...facts],
  };
}
