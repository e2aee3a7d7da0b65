import type { CheckResult } from '../../core/check.ts';
import { METRIC_KEYS, METRICS, type MetricKey } from '../../core/metric.ts';
import { badness } from '../../core/outcome.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { SliceRow, SlicesChart } from '../charts/slices-chart.ts';
import {
  differenceCell,
  differenceLimit,
  limitCell,
  lowerIsBetter,
  measuredCell,
  baselineCell,
  outcomeCell,
} from '../check-cells.ts';
import { code, NO_CELL, plainText, text, type Block, type Table } from '../document.ts';
import { formatCount } from '../../core/format-number.ts';
import { clipText } from '../visible-text.ts';
import { findings, resultsOf, tally } from './section.ts';

/** The comparison in every slice, worst first: one table and one forest plot a metric. */
export function slicesSection(verdict: Verdict): Block | undefined {
  const results = resultsOf(verdict, ['slices']).toSorted((a, b) => badness(b.outcome) - badness(a.outcome));
  if (results.length === 0) return undefined;
  const metrics = METRIC_KEYS.filter((key) => results.some((result) => result.metric === key));
  return {
    kind: 'details',
    summary: `Slices: ${tally(results)}`,
    blocks: [...metrics.flatMap((metric) => metricBlocks(results, metric)), ...findings(results)],
  };
}

function metricBlocks(all: readonly CheckResult[], metric: MetricKey): Block[] {
  const results = all.filter((result) => result.metric === metric);
  const chart = slicesChart(results, metric);
  const table = slicesTable(results, metric);
  return [...(chart.slices.length === 0 ? [] : [{ kind: 'chart' as const, chart, text: [] }]), table];
}

function slicesTable(results: readonly CheckResult[], metric: MetricKey): Table {
  const right = (heading: string) => ({ heading, align: 'right' as const });
  return {
    kind: 'table',
    caption: `${METRICS[metric].name} by slice`,
    columns: [
      { heading: 'slice', align: 'left' },
      ...['rows', 'champion', 'challenger', 'difference [90 % interval]', 'limit'].map(right),
      { heading: 'outcome', align: 'left' },
    ],
    rows: results.map((result) => [
      [code(clipText(result.subject ?? result.id, 60))],
      [text(result.n === undefined ? NO_CELL : formatCount(result.n))],
      baselineCell(result, 'champion'),
      measuredCell(result),
      differenceCell(result),
      limitCell(result),
      outcomeCell(result),
    ]),
  };
}

function slicesChart(results: readonly CheckResult[], metric: MetricKey): SlicesChart {
  const { name, unit } = METRICS[metric];
  const factor = unit === 'share' ? 100 : 1;
  const [first] = results;
  const margin =
    first?.limit?.rule === 'max_drop' && typeof first.limit.value === 'number'
      ? first.limit.value
      : undefined;
  return {
    kind: 'slices',
    id: `slices-${metric.replaceAll('_', '-')}`,
    title: `${name} by slice: challenger minus champion`,
    description: `Difference with 90 % interval in ${results.length} slices: ${tally(results)}.`,
    slices: results.flatMap((result) => sliceRow(result, factor)),
    ...(first === undefined || margin === undefined
      ? {}
      : { limit: differenceLimit(first, margin) * factor }),
    unit: unit === 'share' ? 'points' : unit === 'label' ? 'in units of the label' : unit,
    better: first !== undefined && lowerIsBetter(first) ? 'lower' : 'higher',
  };
}

function sliceRow(result: CheckResult, factor: number): SliceRow[] {
  const { difference, interval, subject, id, n, outcome } = result;
  if (difference === undefined || interval === undefined) return [];
  return [
    {
      label: clipText(subject ?? id, 32),
      outcome,
      rows: n ?? 0,
      point: difference * factor,
      low: interval[0] * factor,
      high: interval[1] * factor,
      numbers: plainText(differenceCell(result)),
    },
  ];
}
