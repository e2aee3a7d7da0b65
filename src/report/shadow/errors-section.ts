import { formatCount, formatValue } from '../../core/format-number.ts';
import type { Verdict } from '../../core/verdict.ts';
import { quantileName, type LatencyChart } from '../charts/latency-chart.ts';
import { checkTable, EVERY_LOOK } from '../check-table.ts';
import { code, paragraph, type Block } from '../document.ts';
import { findings, resultsOf, sentenceTable, tally } from '../sections/section.ts';
import { clipText } from '../visible-text.ts';
import { modelNames } from './model-names.ts';
import { plainTable } from './plain-table.ts';
import type { LatencyRow, PeculiarRow, ShadowFigures } from './shadow-figures.ts';

/** Times and failures of both models on the same requests, and what each makes of rows that lack a feature. */
export function errorsSection(verdict: Verdict, figures: ShadowFigures): Block | undefined {
  const results = resultsOf(verdict, ['latency', 'errors']);
  const compared = results.filter(
    ({ limit, baseline, interval }) => (limit ?? baseline ?? interval) !== undefined,
  );
  const told = results.filter((result) => !compared.includes(result));
  const blocks: Block[] = [
    ...(compared.length === 0 ? [] : [checkTable(compared, 'Latency and errors', EVERY_LOOK)]),
    ...findings(results),
    ...(told.length === 0 || figures.errors !== undefined
      ? []
      : [sentenceTable(told, 'Errors as they were')]),
    ...latencyBlocks(verdict, figures),
    ...failureSentence(figures),
    ...errorTable(figures),
    ...peculiarTable(figures),
  ];
  if (blocks.length === 0) return undefined;
  return {
    kind: 'details',
    summary: `Latency and errors${results.length === 0 ? '' : `: ${tally(results)}`}`,
    blocks,
  };
}

function latencyBlocks(verdict: Verdict, { latency = [] }: ShadowFigures): Block[] {
  if (latency.length === 0) return [];
  const chart: LatencyChart = {
    kind: 'latency',
    id: 'latency-quantiles',
    title: 'Latency of both models',
    description: 'Quantiles of the time that each model took for the same requests, with their intervals.',
    names: modelNames(verdict),
    quantiles: latency,
  };
  const table = plainTable(
    'Latency on the same requests',
    ['quantile', 'champion [90 % interval]', 'challenger [90 % interval]', 'ratio'],
    { rows: latency.map(latencyRow) },
  );
  return [table, { kind: 'chart', chart, text: [] }];
}

function latencyRow(row: LatencyRow): string[] {
  const { share, champion, challenger, championInterval, challengerInterval } = row;
  return [
    quantileName(share),
    milliseconds(champion, championInterval),
    milliseconds(challenger, challengerInterval),
    champion > 0 ? formatValue(challenger / champion, { unit: 'ratio' }) : '—',
  ];
}

function milliseconds(value: number, interval: readonly [number, number] | undefined): string {
  const style = { unit: 'ms' as const, scale: value };
  if (interval === undefined) return formatValue(value, style);
  const [point, low, high] = [value, ...interval].map((each) => formatValue(each, style).replace(' ms', ''));
  return `${point} [${low}, ${high}] ms`;
}

function failureSentence({ failures }: ShadowFigures): Block[] {
  if (failures === undefined) return [];
  const { both, championOnly, challengerOnly, neither } = failures;
  return [
    paragraph(
      `Of the requests that reached both, ${formatCount(neither)} were answered by both, ${formatCount(championOnly)} by the challenger alone, ${formatCount(challengerOnly)} by the champion alone and ${formatCount(both)} by neither.`,
    ),
  ];
}

function errorTable({ errors = [] }: ShadowFigures): Block[] {
  if (errors.length === 0) return [];
  const rows = errors.map(({ kind, champion, challenger }) => [
    code(clipText(kind, 60)),
    formatCount(champion),
    formatCount(challenger),
  ]);
  return [plainTable('Errors by kind', ['error', 'champion', 'challenger'], { rows })];
}

function peculiarTable({ peculiar = [] }: ShadowFigures): Block[] {
  if (peculiar.length === 0) return [];
  const what = { missing: 'a feature is missing', NaN: 'a feature is NaN' } as const;
  const did = ({ answered, failed }: PeculiarRow['champion']): string =>
    `${formatCount(answered)} answered, ${formatCount(failed)} failed`;
  const rows = peculiar.map(({ kind, rows, champion, challenger }) => [
    what[kind],
    formatCount(rows),
    did(champion),
    did(challenger),
  ]);
  return [
    plainTable('Requests without all features', ['requests in which', 'requests', 'champion', 'challenger'], {
      rows,
    }),
  ];
}
