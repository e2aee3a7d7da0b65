import type { Verdict } from '../../core/verdict.ts';
import type { Document } from '../document.ts';
import { judgedReport, type ReportOptions } from '../judged-report.ts';
import { assumptionsSection } from '../sections/assumptions.ts';
import { methodSection } from '../sections/method.ts';
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

/** The report of a shadow. Figures that are absent leave their tables and charts out, never an empty one. */
export function shadowReport(
  verdict: Verdict,
  figures: ShadowFigures = {},
  options: ReportOptions = {},
): Document {
  const sections = [
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
  const parts = { callouts: bindingCallout(verdict), line: windowLine(verdict), sections };
  return judgedReport(verdict, parts, options);
}
