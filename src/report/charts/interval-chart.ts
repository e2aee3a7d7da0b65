import { OUTCOME_SYMBOLS } from '../outcome-symbol.ts';
import { LIMIT_AT, placeInterval, type IntervalRow, type PlacedInterval } from './interval-scale.ts';
import { chartKey, label, percent, svgElement, tag, type ChartData, type ChartText } from './svg.ts';

/** Intervals against their limits, one row a check, each on its own scale. */
export interface IntervalChart extends ChartText {
  kind: 'intervals';
  rows: readonly IntervalRow[];
  /** What no difference means: `champion` or `naive`. */
  referenceName: string;
}

const HEAD = 30;
const ROW = 64;
const STRIP = 30;

/** Draws one strip a row below a key: the limit aligned, better to the right. */
export function renderIntervals(chart: IntervalChart): string {
  const { rows, referenceName } = chart;
  const compared = rows.some((row) => row.reference !== undefined);
  return svgElement(chart, { kind: 'fluid', height: HEAD + Math.max(rows.length, 1) * ROW }, [
    ...chartKey({ limit: true, ...(compared ? { referenceName } : {}), better: 'better →' }),
    ...rows.flatMap((row, index) => strip(row, HEAD + index * ROW)),
    ...(rows.length === 0 ? [label('nothing was compared', { class: 'axis', x: 0, y: HEAD + 20 })] : []),
  ]);
}

/** Label, numbers, limit and outcome of every row. */
export function intervalData({ rows }: IntervalChart): ChartData {
  return {
    headings: ['check', 'measured [90 % interval]', 'limit', 'outcome'],
    rows: rows.map((row) => [row.label, row.numbers, row.limitText, row.outcome]),
  };
}

function strip(row: IntervalRow, top: number): string[] {
  const placed = placeInterval(row);
  const middle = top + STRIP;
  const right = { x: '100%', 'text-anchor': 'end' };
  return [
    label(row.label, { class: 'row-label', x: 0, y: top + 14 }),
    label(`${OUTCOME_SYMBOLS[row.outcome]} ${row.outcome}`, {
      class: `row-outcome text-${row.outcome}`,
      y: top + 14,
      ...right,
    }),
    tag('rect', { class: 'strip', x: 0, y: middle - 9, width: '100%', height: 18, rx: 3 }),
    tag('rect', { class: 'bad-side', x: 0, y: middle - 9, width: percent(LIMIT_AT), height: 18, rx: 3 }),
    ...(placed.reference === undefined
      ? []
      : [vertical('reference', placed.reference, { y: middle, reach: 12 })]),
    vertical('limit', placed.limit, { y: middle, reach: 12 }),
    ...mark(placed, `mark-${row.outcome}`, middle),
    label(row.numbers, { class: 'row-numbers', x: 0, y: middle + 23 }),
    label(row.limitText, { class: 'row-numbers', y: middle + 23, ...right }),
  ];
}

function mark({ low, point, high }: PlacedInterval, color: string, y: number): string[] {
  return [
    tag('line', { class: `interval ${color}`, x1: percent(low), x2: percent(high), y1: y, y2: y }),
    vertical(`interval ${color}`, low, { y, reach: 5 }),
    vertical(`interval ${color}`, high, { y, reach: 5 }),
    tag('circle', { class: `point ${color}`, cx: percent(point), cy: y, r: 5 }),
  ];
}

function vertical(name: string, at: number, { y, reach }: { y: number; reach: number }): string {
  return tag('line', { class: name, x1: percent(at), x2: percent(at), y1: y - reach, y2: y + reach });
}
