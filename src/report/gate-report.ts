import type { Verdict } from '../core/verdict.ts';
import type { Block, Document } from './document.ts';
import type { GateFigures } from './figures.ts';
import { assumptionsSection } from './sections/assumptions.ts';
import { behaviourSection } from './sections/behaviour.ts';
import { contractSection } from './sections/contract.ts';
import { curvesSection } from './sections/curves.ts';
import { headline, headlineText } from './sections/headline.ts';
import { leadingChecks } from './sections/leading-checks.ts';
import { measurementsSection } from './sections/measurements.ts';
import { methodSection } from './sections/method.ts';
import { nextStep } from './sections/next-step.ts';
import { performanceSection } from './sections/performance.ts';
import { provenanceLine, provenanceSection } from './sections/provenance.ts';
import { slicesSection } from './sections/slices.ts';

export interface GateReportOptions {
  /** What to type next, where the caller knows a command that helps. */
  command?: string;
}

/** The report of a gate: outcome, reason, next step and at most six rows first; everything else folded below. */
export function gateReport(
  verdict: Verdict,
  figures: GateFigures = {},
  options: GateReportOptions = {},
): Document {
  const sections: (Block | undefined)[] = [
    measurementsSection(verdict),
    curvesSection(verdict, figures),
    slicesSection(verdict),
    performanceSection(verdict),
    behaviourSection(verdict),
    contractSection(verdict),
    assumptionsSection(verdict),
    provenanceSection(verdict),
    methodSection(verdict),
  ];
  return {
    title: headlineText(verdict),
    outcome: verdict.outcome,
    blocks: [
      ...headline(verdict),
      nextStep(verdict, options.command),
      ...elsewhereCallout(verdict),
      ...leadingChecks(verdict),
      provenanceLine(verdict),
      ...sections.filter((section) => section !== undefined),
    ],
  };
}

function elsewhereCallout({ predictions }: Verdict): Block[] {
  if (predictions === 'measured') return [];
  const sentence =
    'These numbers come from predictions that were handed in. No model was run here, so the verdict speaks of the table of predictions and not of any model file.';
  return [{ kind: 'callout', title: 'Predicted elsewhere.', inlines: [{ kind: 'text', text: sentence }] }];
}
