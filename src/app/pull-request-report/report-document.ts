import type { Verdict } from '../../core/verdict.ts';
import type { ReportedBy } from '../../report/advisory.ts';
import type { Block, Document, Inline } from '../../report/document.ts';
import { code, link, text } from '../../report/document.ts';
import { gateReport } from '../../report/gate-report.ts';
import { shadowReport } from '../../report/shadow/shadow-report.ts';

/** Where a report comes from, beside its verdict. */
export interface ReportOrigin {
  /** Commit that was judged, where it is known. */
  commit: string | undefined;
  /** Address of the run that made it. */
  run: string | undefined;
  /** Address of the uploaded report folder. */
  artifact: string | undefined;
  /** A fork's run made it. */
  reported?: ReportedBy;
}

/** A verdict as a comment shows it: rendered from the verdict alone, with the commit that it is about and where to find the rest. */
export function reportDocument(verdict: Verdict, origin: ReportOrigin): Document {
  const options = origin.reported === undefined ? {} : { reported: origin.reported };
  const report =
    verdict.kind === 'gate' ? gateReport(verdict, {}, options) : shadowReport(verdict, {}, options);
  const folded = report.blocks.findIndex(({ kind }) => kind === 'details');
  const at = folded < 0 ? report.blocks.length : folded;
  const blocks = [...report.blocks.slice(0, at), ...linksOf(origin), ...report.blocks.slice(at)];
  return { ...report, blocks };
}

function linksOf({ commit, run, artifact }: ReportOrigin): Block[] {
  const items: { term: string; inlines: Inline[] }[] = [
    ...(commit === undefined ? [] : [{ term: 'commit', inlines: [code(commit.slice(0, 12))] }]),
    ...(run === undefined ? [] : [{ term: 'run', inlines: [link('its log', run)] }]),
    ...(artifact === undefined
      ? []
      : [{ term: 'all of it', inlines: [link('the uploaded report', artifact), text(' (report.html)')] }]),
  ];
  return items.length === 0 ? [] : [{ kind: 'definitions', items }];
}
