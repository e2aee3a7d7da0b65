import { formatCount } from '../../core/format-number.ts';
import type { Verdict } from '../../core/verdict.ts';
import { checkTable, EVERY_LOOK } from '../check-table.ts';
import { code, paragraph, text, type Block } from '../document.ts';
import { findings, resultsOf } from '../sections/section.ts';
import { clipText } from '../visible-text.ts';
import { agreementCharts } from './agreement-charts.ts';
import { formatPercent } from '../percent.ts';
import { plainTable } from './plain-table.ts';
import { formatPrediction } from './prediction-text.ts';
import type { ShadowFigures } from './shadow-figures.ts';

const LENGTH = 60;
const MOST_REQUESTS = 10;

/** How often and how far both models differ on the same requests, and on which. */
export function agreementSection(verdict: Verdict, figures: ShadowFigures): Block | undefined {
  const results = resultsOf(verdict, ['agreement']);
  const measured = results.filter((result) => result.measured !== undefined);
  const blocks: Block[] = [
    ...flipSentence(verdict, figures),
    ...(measured.length === 0 ? [] : [checkTable(measured, 'Agreement', EVERY_LOOK)]),
    ...findings(results),
    ...agreementCharts(verdict, figures),
    ...differenceTable(verdict, figures),
    ...requestTable(verdict, figures),
    ...sliceTable(figures),
  ];
  return blocks.length === 0 ? undefined : { kind: 'details', summary: summary(verdict, figures), blocks };
}

function summary(verdict: Verdict, { flips, differences = [] }: ShadowFigures): string {
  if (flips === undefined || flips.n === 0) {
    const [low, high] = [0.05, 0.95].map((share) => differences.find((each) => each.share === share)?.value);
    if (low === undefined || high === undefined) return 'Agreement';
    const [from, to] = [low, high].map((value) => formatPrediction(verdict, value, { signed: true }));
    return `Agreement: 90 % of the differences are between ${from} and ${to}`;
  }
  const { n, up, down } = flips;
  return `Agreement: both decide alike on ${formatPercent(1 - (up + down) / n)} of ${formatCount(n)} requests`;
}

function flipSentence({ task }: Verdict, { flips, differences }: ShadowFigures): Block[] {
  if (flips === undefined)
    return differences === undefined
      ? []
      : [
          paragraph(
            'Nothing says which difference is a disagreement (no tolerance is set), so none is counted.',
          ),
        ];
  const { n, up, down } = flips;
  const where =
    task === 'regression'
      ? `the challenger is higher on ${formatCount(up)} and lower on ${formatCount(down)}`
      : `${formatCount(up)} go from negative to positive, ${formatCount(down)} from positive to negative`;
  const share = n === 0 ? '' : ` (${formatPercent((up + down) / n)})`;
  return [
    paragraph(`They disagree on ${formatCount(up + down)} of ${formatCount(n)} requests${share}: ${where}.`),
  ];
}

function differenceTable(verdict: Verdict, { differences = [] }: ShadowFigures): Block[] {
  if (differences.length === 0) return [];
  const headings = differences.map(({ share }) => `${Number((share * 100).toPrecision(6))} %`);
  const values = differences.map(({ value }) => formatPrediction(verdict, value, { signed: true }));
  return [
    plainTable(
      'Challenger minus champion: so many requests have at most this difference',
      ['share of requests', ...headings],
      {
        rows: [['difference', ...values]],
      },
    ),
  ];
}

function requestTable(verdict: Verdict, { disagreements = [] }: ShadowFigures): Block[] {
  if (disagreements.length === 0) return [];
  const rows = disagreements
    .slice(0, MOST_REQUESTS)
    .map(({ id, champion, challenger }) => [
      code(clipText(id, LENGTH)),
      formatPrediction(verdict, champion),
      formatPrediction(verdict, challenger),
      formatPrediction(verdict, challenger - champion, { signed: true }),
    ]);
  return [
    plainTable('The largest disagreements', ['request', 'champion', 'challenger', 'difference'], { rows }),
  ];
}

function sliceTable({ sliceDisagreements = [] }: ShadowFigures): Block[] {
  if (sliceDisagreements.length === 0) return [];
  const rows = sliceDisagreements.map(({ slice, n, flips }) => [
    code(clipText(slice, LENGTH)),
    formatCount(n),
    formatCount(flips),
    [text(n === 0 ? '—' : formatPercent(flips / n))],
  ]);
  return [plainTable('Disagreement by slice', ['slice', 'requests', 'disagreements', 'share'], { rows })];
}
