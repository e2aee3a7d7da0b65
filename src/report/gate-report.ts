import type { Verdict } from '../core/verdict.ts';
import type { Block, Document } from './document.ts';
import type { GateFigures } from './figures.ts';
import { judgedReport, type ReportOptions } from './judged-report.ts';
import { assumptionsSection } from './sections/assumptions.ts';
import { behaviourSection } from './sections/behaviour.ts';
import { contractSection } from './sections/contract.ts';
import { curvesSection } from './sections/curves.ts';
import { measurementsSection } from './sections/measurements.ts';
import { methodSection } from './sections/method.ts';
import { performanceSection } from './sections/performance.ts';
import { provenanceLine, provenanceSection } from './sections/provenance.ts';
import { slicesSection } from './sections/slices.ts';

/** The report of a gate. */
export function gateReport(
  verdict: Verdict,
  figures: GateFigures = {},
  options: ReportOptions = {},
): Document {
  const sections = [
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
  const parts = { callouts: elsewhereCallout(verdict), line: provenanceLine(verdict), sections };
  return judgedReport(verdict, parts, options);
}

function elsewhereCallout({ predictions }: Verdict): Block[] {
  if (predictions === 'measured') return [];
  const sentence =
    'These numbers come from predictions that were handed in. No model was run here, so the verdict speaks of the table of predictions and not of any model file.';
  return [{ kind: 'callout', title: 'Predicted elsewhere.', inlines: [{ kind: 'text', text: sentence }] }];
}
