import type { CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { TimeChart } from '../charts/time-chart.ts';
import { sparkline } from '../charts/text-bars.ts';
import { checkName } from '../check-name.ts';
import { paragraph, type Block } from '../document.ts';
import { resultsOf, sentenceTable } from '../sections/section.ts';
import { formatPercent } from '../percent.ts';
import { plainTable, type Cell } from './plain-table.ts';
import type { ShadowFigures } from './shadow-figures.ts';

type Shadow = NonNullable<Verdict['shadow']>;

/** What became of every row of the log and of every label: nothing is dropped without being counted here. */
export function coverageSection(verdict: Verdict, figures: ShadowFigures): Block | undefined {
  const results = resultsOf(verdict, ['log', 'labels', 'coverage']);
  const { shadow } = verdict;
  if (shadow === undefined && results.length === 0) return undefined;
  const blocks: Block[] = [
    ...(results.length === 0 ? [] : [sentenceTable(results, 'Log, labels and coverage')]),
    ...(shadow === undefined ? [] : [requestTable(shadow, results, figures), ...labelTable(shadow)]),
    ...(shadow === undefined ? [] : maturity(shadow)),
    ...labelChart(figures),
  ];
  return { kind: 'details', summary: `Coverage and exclusions${summed(shadow)}`, blocks };
}

function summed(shadow: Shadow | undefined): string {
  if (shadow === undefined) return '';
  const { rows, both, excluded } = shadow.requests;
  return `: ${formatCount(both)} requests in both, ${formatCount(excluded)} of ${formatCount(rows)} rows excluded`;
}

/** All rows of the log: who answered, then why others were left out; the last row says what no reason accounts for. */
function requestTable(
  { requests }: Shadow,
  results: readonly CheckResult[],
  { failures }: ShadowFigures,
): Block {
  const reasons = results.flatMap(leftOut);
  const untold = requests.excluded - reasons.reduce((sum, { rows }) => sum + rows, 0);
  const failed = failures === undefined ? 0 : failures.both + failures.championOnly + failures.challengerOnly;
  const rows: Cell[][] = [
    ['rows of the log', formatCount(requests.rows)],
    ['requests that reached both', formatCount(requests.both)],
    ...(failures === undefined ? [] : [['of them not answered by both', formatCount(failed)]]),
    ['requests of the champion alone', formatCount(requests.championOnly)],
    ['requests of the challenger alone', formatCount(requests.challengerOnly)],
    ...reasons.map(({ what, rows }): Cell[] => [`left out: ${what}`, formatCount(rows)]),
    ...(untold > 0 ? [['left out for another reason', formatCount(untold)]] : []),
  ];
  return plainTable('What became of the rows of the log', ['requests', 'rows'], { rows });
}

/** The rows of the log that a result says were left out, if it is one of those. */
function leftOut(result: CheckResult): { what: string; rows: number }[] {
  const { check, id, unit, measured, n = 0 } = result;
  if (typeof measured !== 'number' || (check !== 'log' && id !== 'coverage.neither')) return [];
  const rows = unit === 'rows' ? measured : id === 'log.duplicates' ? Math.round(measured * n) : 0;
  const name = checkName(result);
  return rows > 0 ? [{ what: name.charAt(0).toLowerCase() + name.slice(1), rows }] : [];
}

function labelTable({ labels }: Shadow): Block[] {
  if (labels.known === 0 && labels.matured === 0) return [];
  const rows: Cell[][] = [
    ['known', formatCount(labels.known)],
    ['matured: they decide', formatCount(labels.matured)],
    ['immature: shown, and not decisive', formatCount(labels.immature)],
    ['missing: old enough, and without a label', formatCount(labels.missing)],
  ];
  return [plainTable('What became of the labels', ['labels', 'requests'], { rows })];
}

function maturity({ maturedUntil, window }: Shadow): Block[] {
  if (maturedUntil === undefined || window === undefined || maturedUntil >= window.to) return [];
  const at = `${maturedUntil.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    paragraph(
      `Requests up to ${at} decide; the labels of later ones are not all in yet, and the early ones would be a biased part.`,
    ),
  ];
}

/** The share labelled over time. */
function labelChart({ overTime = [] }: ShadowFigures): Block[] {
  const points = overTime.filter(({ rows }) => rows > 0);
  if (points.length < 2 || points.every(({ labelled }) => labelled === 0)) return [];
  const shares = overTime.map(({ rows, labelled }) => (rows === 0 ? undefined : labelled));
  const [first, last] = [points[0], points.at(-1)].map((point) => formatPercent(point?.labelled ?? 0));
  const chart: TimeChart = {
    kind: 'time',
    id: 'labels-over-time',
    title: 'Labels maturing',
    description: `Share of the requests with a label: ${first} in the first stretch of the window, ${last} in the last.`,
    from: overTime.map(({ from }) => from),
    rows: overTime.map(({ rows }) => rows),
    series: [{ name: 'requests with a label', model: 'challenger', values: shares }],
    unit: 'share',
    axis: 'share labelled',
  };
  const line = `share labelled  ${sparkline(shares, 1)}  ${first} → ${last}`;
  return [{ kind: 'chart', chart, text: [{ kind: 'code', text: line }] }];
}
