import type { Outcome } from '../../core/outcome.ts';
import { formatCount } from '../../core/format-number.ts';
import { OUTCOME_SYMBOLS } from '../outcome-symbol.ts';
import { chartKey, label, percent, svgElement, tag, type ChartData, type ChartText } from './svg.ts';
import { domainOf, niceTicks, type Domain } from './ticks.ts';

/** One slice: its difference to the champion, in the shown unit (points for shares). */
export interface SliceRow {
  label: string;
  outcome: Outcome;
  rows: number;
  point: number;
  low: number;
  high: number;
  numbers: string;
}

/** Forest plot of one metric over slices, all on one scale. */
export interface SlicesChart extends ChartText {
  kind: 'slices';
  slices: readonly SliceRow[];
  /** The largest loss allowed, signed as the differences are; absent where none was set. */
  limit?: number;
  /** Unit of the differences, as written at the axis. */
  unit: string;
  better: 'higher' | 'lower';
}

const HEAD = 68;
const ROW = 38;

/** Draws one row a slice, dot size by rows; intervals that leave the scale end in an arrow. */
export function renderSlices(chart: SlicesChart): string {
  const { slices, limit } = chart;
  const domain = sliceDomain(chart);
  const x = (value: number): string => percent(share(value, domain));
  const height = HEAD + Math.max(slices.length, 1) * ROW;
  const most = Math.max(1, ...slices.map((slice) => slice.rows));
  const arrow = chart.better === 'higher' ? 'better →' : '← better';
  return svgElement(chart, { kind: 'fluid', height }, [
    ...chartKey({ limit: limit !== undefined, referenceName: 'champion', better: arrow }),
    label(`difference, ${chart.unit}`, { class: 'key', x: 0, y: 38 }),
    ...niceTicks(domain, 5).flatMap((tick) => axisTick(tick, x(tick), height)),
    tag('line', { class: 'reference', x1: x(0), x2: x(0), y1: HEAD - 6, y2: height }),
    ...(limit === undefined
      ? []
      : [tag('line', { class: 'limit', x1: x(limit), x2: x(limit), y1: HEAD - 6, y2: height })]),
    ...slices.flatMap((slice, index) => sliceRow(slice, { top: HEAD + index * ROW, domain, most })),
    ...(slices.length === 0 ? [label('no slices', { class: 'axis', x: 0, y: HEAD + 20 })] : []),
  ]);
}

/** Every slice with its rows, numbers and outcome. */
export function slicesData({ slices }: SlicesChart): ChartData {
  return {
    headings: ['slice', 'rows', 'difference, 90 % interval', 'outcome'],
    rows: slices.map((slice) => [slice.label, formatCount(slice.rows), slice.numbers, slice.outcome]),
  };
}

interface RowFrame {
  top: number;
  domain: Domain;
  most: number;
}

function sliceRow(slice: SliceRow, { top, domain, most }: RowFrame): string[] {
  const x = (value: number): string => percent(share(value, domain));
  const y = top + 26;
  const color = `mark-${slice.outcome}`;
  const radius = 2.5 + 4.5 * Math.sqrt(slice.rows / most);
  return [
    label(`${slice.label} · ${formatCount(slice.rows)} rows`, {
      class: 'row-label small',
      x: 0,
      y: top + 14,
    }),
    label(`${OUTCOME_SYMBOLS[slice.outcome]} ${slice.outcome}`, {
      class: `row-outcome small text-${slice.outcome}`,
      x: '100%',
      y: top + 14,
      'text-anchor': 'end',
    }),
    tag('line', { class: `interval ${color}`, x1: x(slice.low), x2: x(slice.high), y1: y, y2: y }),
    ...(slice.low < domain.low ? [label('◀', { class: `arrow ${color}`, x: 0, y: y + 5 })] : []),
    ...(slice.high > domain.high
      ? [label('▶', { class: `arrow ${color}`, x: '100%', y: y + 5, 'text-anchor': 'end' })]
      : []),
    tag('circle', { class: `point ${color}`, cx: x(slice.point), cy: y, r: radius }),
  ];
}

function axisTick(tick: number, at: string, height: number): string[] {
  return [
    tag('line', { class: 'grid', x1: at, x2: at, y1: HEAD - 6, y2: height }),
    label(String(tick).replace('-', '−'), { class: 'tick', x: at, y: HEAD - 10, 'text-anchor': 'middle' }),
  ];
}

/** All points, the limit and zero, with half as much room again for the intervals. */
function sliceDomain({ slices, limit }: SlicesChart): Domain {
  const all = domainOf([0, ...(limit === undefined ? [] : [limit]), ...slices.map((slice) => slice.point)]);
  const room = (all.high - all.low) / 2;
  const widest = domainOf([all.low, all.high, ...slices.flatMap((slice) => [slice.low, slice.high])]);
  const edge = (all.high - all.low) * 0.04;
  return {
    low: Math.max(all.low - room, widest.low) - edge,
    high: Math.min(all.high + room, widest.high) + edge,
  };
}

function share(value: number, { low, high }: Domain): number {
  return (value - low) / (high - low);
}
