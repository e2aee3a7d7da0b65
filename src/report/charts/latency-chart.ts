import { formatValue } from '../../core/format-number.ts';
import type { LatencyRow } from '../shadow/shadow-figures.ts';
import { label, percent, svgElement, tag, type ChartData, type ChartText } from './svg.ts';
import { niceTicks } from './ticks.ts';

/** Latency quantiles of both models with their intervals, all on one scale from 0. */
export interface LatencyChart extends ChartText {
  kind: 'latency';
  names: { champion: string; challenger: string };
  quantiles: readonly LatencyRow[];
}

const HEAD = 46;
const ROW = 62;

/** Draws two marks a quantile: the challenger filled, the champion hollow below it. */
export function renderLatency(chart: LatencyChart): string {
  const { quantiles, names } = chart;
  const height = HEAD + Math.max(quantiles.length, 1) * ROW;
  const scale = Math.max(1e-9, ...quantiles.flatMap(longest)) * 1.05;
  return svgElement(chart, { kind: 'fluid', height }, [
    tag('circle', { class: 'dot challenger', cx: 6, cy: 10, r: 5 }),
    label(names.challenger, { class: 'key', x: 16, y: 14 }),
    tag('circle', { class: 'dot champion', cx: 176, cy: 10, r: 5 }),
    label(names.champion, { class: 'key', x: 186, y: 14 }),
    ...niceTicks({ low: 0, high: scale }, 4).flatMap((tick) => {
      const x = percent(tick / scale);
      const anchor = tick === 0 ? 'start' : 'middle';
      return [
        tag('line', { class: 'grid', x1: x, x2: x, y1: HEAD - 6, y2: height }),
        label(tick === 0 ? '0 ms' : String(tick), { class: 'tick', x, y: HEAD - 10, 'text-anchor': anchor }),
      ];
    }),
    ...quantiles.flatMap((row, index) => quantile(row, HEAD + index * ROW, scale)),
    ...(quantiles.length === 0 ? [label('no times', { class: 'axis', x: 0, y: HEAD + 20 })] : []),
  ]);
}

/** Every quantile with its intervals. */
export function latencyData({ quantiles, names }: LatencyChart): ChartData {
  return {
    headings: ['quantile', `${names.challenger} [90 % interval]`, `${names.champion} [90 % interval]`],
    rows: quantiles.map((row) => [
      quantileName(row.share),
      written(row.challenger, row.challengerInterval),
      written(row.champion, row.championInterval),
    ]),
  };
}

/** `p50`, `p99`, `p99.9`. */
export function quantileName(share: number): string {
  return `p${Number((share * 100).toPrecision(6))}`;
}

function quantile(row: LatencyRow, top: number, scale: number): string[] {
  const numbers = `${written(row.challenger, undefined).replace(' ms', '')} against ${written(row.champion, undefined)}`;
  return [
    label(quantileName(row.share), { class: 'row-label small', x: 0, y: top + 14 }),
    label(numbers, { class: 'row-numbers small', x: '100%', y: top + 14, 'text-anchor': 'end' }),
    ...mark('challenger', { at: row.challenger, interval: row.challengerInterval, y: top + 29, scale }),
    ...mark('champion', { at: row.champion, interval: row.championInterval, y: top + 45, scale }),
  ];
}

interface Mark {
  at: number;
  interval: readonly [number, number] | undefined;
  y: number;
  scale: number;
}

function mark(model: 'champion' | 'challenger', { at, interval, y, scale }: Mark): string[] {
  const [low, high] = interval ?? [at, at];
  const x = (value: number): string => percent(value / scale);
  return [
    tag('line', { class: 'strip grid', x1: 0, x2: '100%', y1: y, y2: y }),
    tag('line', { class: `interval ${model}`, x1: x(low), x2: x(high), y1: y, y2: y }),
    tag('circle', { class: `dot ${model}`, cx: x(at), cy: y, r: 5 }),
  ];
}

function longest({ champion, challenger, championInterval, challengerInterval }: LatencyRow): number[] {
  return [champion, challenger, championInterval?.[1] ?? 0, challengerInterval?.[1] ?? 0];
}

function written(value: number, interval: readonly [number, number] | undefined): string {
  const style = { unit: 'ms' as const, scale: interval?.[1] ?? value };
  const shown = formatValue(value, style);
  if (interval === undefined) return shown;
  const [low, high] = interval.map((end) => formatValue(end, style).replace(' ms', ''));
  return `${shown.replace(' ms', '')} [${low}, ${high}] ms`;
}
