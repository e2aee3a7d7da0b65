import type { Verdict } from '../../core/verdict.ts';
import { formatCount } from '../../core/format-number.ts';
import { textBar } from '../charts/text-bars.ts';
import type { TimeChart } from '../charts/time-chart.ts';
import { code, type Block } from '../document.ts';
import { modelNames } from './model-names.ts';
import { formatPercent } from '../percent.ts';
import { plainTable, type Cell } from './plain-table.ts';
import type { ShadowFigures, TimePoint } from './shadow-figures.ts';

const BAR = 20;

/** The spread of the scores, and the disagreement over time; in text the latter as a table with bars. */
export function agreementCharts(verdict: Verdict, { density, overTime = [] }: ShadowFigures): Block[] {
  const names = modelNames(verdict);
  const regression = verdict.task === 'regression';
  const spread: Block[] =
    density === undefined
      ? []
      : [
          {
            kind: 'chart',
            chart: {
              kind: 'density',
              id: 'density',
              title: regression ? 'Predictions of both models' : 'Scores of both models',
              description: `Share of the requests by ${regression ? 'prediction' : 'score'}: the challenger solid, the champion dashed.`,
              names,
              density,
              axis: regression ? 'prediction' : 'score',
            },
            text: [],
          },
        ];
  return [...spread, ...disagreementOverTime(verdict, overTime)];
}

function disagreementOverTime(verdict: Verdict, overTime: readonly TimePoint[]): Block[] {
  const shares = overTime.map(({ disagreement }) => disagreement);
  const known = shares.filter((share) => share !== undefined);
  if (known.length < 2) return [];
  const limit = verdict.checks.find(
    ({ check, limit }) => check === 'agreement' && limit?.rule === 'max',
  )?.limit;
  const largest = Math.max(...known);
  const chart: TimeChart = {
    kind: 'time',
    id: 'disagreement-over-time',
    title: 'Disagreement over time',
    description: `Share of the requests on which both disagree, from ${formatPercent(Math.min(...known))} to ${formatPercent(largest)}.`,
    from: overTime.map(({ from }) => from),
    rows: overTime.map(({ rows }) => rows),
    series: [{ name: 'requests in disagreement', model: 'challenger', values: shares }],
    unit: 'share',
    axis: 'disagreement',
    ...(typeof limit?.value === 'number' ? { limit: limit.value } : {}),
  };
  const rows = overTime.map(({ from, rows, disagreement }): Cell[] => [
    new Date(from).toISOString().slice(0, 16).replace('T', ' '),
    formatCount(rows),
    disagreement === undefined ? '—' : formatPercent(disagreement),
    disagreement === undefined || disagreement === 0 ? '' : code(textBar(disagreement, largest, BAR)),
  ]);
  const table = plainTable('Disagreement over time', ['from (UTC)', 'requests', 'share', 'disagreement'], {
    rows,
    left: ['disagreement'],
  });
  return [{ kind: 'chart', chart, text: [table] }];
}
