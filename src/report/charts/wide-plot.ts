import { label, tag } from './svg.ts';
import type { Domain } from './ticks.ts';

const PLOT = { left: 52, right: 390, top: 12, bottom: 222 };

/** The frame in which wide charts are drawn; it scales as a whole. */
export const WIDE = { kind: 'square', width: 400, height: 286 } as const;

/** One axis: its range, its name, and where it has which ticks. */
export interface Axis {
  domain: Domain;
  name: string;
  ticks: readonly { at: number; text: string }[];
}

/** A wide plot: positions of values, kept within the plot, and its frame, grid and axis names. */
export interface WidePlot {
  x: (value: number) => number;
  y: (value: number) => number;
  left: number;
  right: number;
  bottom: number;
  frame: string[];
}

/** A plot whose axes have ranges of their own. */
export function widePlot(xAxis: Axis, yAxis: Axis): WidePlot {
  const { left, right, top, bottom } = PLOT;
  const x = (value: number): number => left + within(value, xAxis.domain) * (right - left);
  const y = (value: number): number => bottom - within(value, yAxis.domain) * (bottom - top);
  return {
    x,
    y,
    left,
    right,
    bottom,
    frame: [
      ...yAxis.ticks.flatMap(({ at, text }) => [
        tag('line', { class: 'grid', x1: left, x2: right, y1: y(at), y2: y(at) }),
        label(text, { class: 'tick', x: left - 7, y: y(at) + 4, 'text-anchor': 'end' }),
      ]),
      ...xAxis.ticks.flatMap(({ at, text }) => [
        tag('line', { class: 'grid', x1: x(at), x2: x(at), y1: bottom, y2: bottom + 5 }),
        label(text, { class: 'tick', x: x(at), y: bottom + 18, 'text-anchor': 'middle' }),
      ]),
      label(xAxis.name, {
        class: 'axis',
        x: (left + right) / 2,
        y: bottom + 36,
        'text-anchor': 'middle',
      }),
      label(yAxis.name, {
        class: 'axis',
        x: 12,
        y: (top + bottom) / 2,
        'text-anchor': 'middle',
        transform: `rotate(-90 12 ${(top + bottom) / 2})`,
      }),
    ],
  };
}

/** What a line of a wide chart is, in words beside the line itself; at most two entries. */
export function wideKey(entries: readonly { name: string; lineClass: string }[]): string[] {
  return entries.flatMap(({ name, lineClass }, index) => {
    const at = 26 + index * 190;
    return [
      tag('line', { class: lineClass, x1: at, x2: at + 28, y1: 276, y2: 276 }),
      label(name, { class: 'key', x: at + 35, y: 280 }),
    ];
  });
}

/** Ticks written with as many decimals as they need; minus is U+2212. */
export function numberTicks(values: readonly number[]): { at: number; text: string }[] {
  return values.map((at) => ({ at, text: String(at).replace('-', '−') }));
}

/** Shares as whole or tenth percents. */
export function percentTicks(values: readonly number[]): { at: number; text: string }[] {
  return values.map((at) => ({ at, text: `${Number((at * 100).toPrecision(6))} %` }));
}

function within(value: number, { low, high }: Domain): number {
  return Math.min(Math.max((value - low) / (high - low), 0), 1);
}
