import type { Verdict } from '../../core/verdict.ts';
import type { Block, Document } from '../document.ts';
import { assumptionsSection } from '../sections/assumptions.ts';
import { headline, headlineText } from '../sections/headline.ts';
import { leadingChecks } from '../sections/leading-checks.ts';
import { methodSection } from '../sections/method.ts';
import { nextStep } from '../sections/next-step.ts';
import { provenanceSection } from '../sections/provenance.ts';
import { slicesSection } from '../sections/slices.ts';
import { agreementSection } from './agreement-section.ts';
import { bindingCallout } from './binding-callout.ts';
import { coverageSection } from './coverage-section.ts';
import { driftSection } from './drift-section.ts';
import { errorsSection } from './errors-section.ts';
import { promiseSection } from './promise-section.ts';
import { qualitySection } from './quality-section.ts';
import type { ShadowFigures } from './shadow-figures.ts';
import { shadowTerms } from './shadow-terms.ts';
import { signOffSection } from './sign-off-section.ts';
import { windowLine } from './window-line.ts';

export interface ShadowReportOptions {
  /** What to type next, where the caller knows a command that helps. */
  command?: string;
}

/**
 * The report of a shadow: outcome, reason, next step, at most six rows and one line of facts first; everything else folded
 * below. Figures that are absent leave their tables and charts out, never an empty one.
 */
export function shadowReport(
  verdict: Verdict,
  figures: ShadowFigures = {},
  options: ShadowReportOptions = {},
): Document {
  const sections: (Block | undefined)[] = [
    coverageSection(verdict, figures),
    agreementSection(verdict, figures),
    qualitySection(verdict, figures),
    promiseSection(verdict, figures),
    driftSection(verdict, figures),
    errorsSection(verdict, figures),
    slicesSection(verdict),
    signOffSection(verdict),
    assumptionsSection(verdict),
    methodSection(verdict, shadowTerms(verdict, figures)),
    provenanceSection(verdict),
  ];
  return {
    title: headlineText(verdict),
    outcome: verdict.outcome,
    blocks: [
      ...headline(verdict),
      nextStep(verdict, options.command),
      ...bindingCallout(verdict),
      ...leadingChecks(verdict),
      windowLine(verdict),
      ...sections.filter((section) => section !== undefined),
    ],
  };
}
