import { niceTicks, type Domain } from './ticks.ts';
import { label, tag } from './svg.ts';

const SIZE = 400;
const PLOT = { left: 52, right: 388, top: 12, bottom: 340 };

/** The frame in which square charts are drawn. */
export const SQUARE = { kind: 'square', width: SIZE, height: 404 } as const;

/** A square plot: positions of values, its frame, grid, axis names and diagonal. */
export interface SquarePlot {
  x: (value: number) => number;
  y: (value: number) => number;
  frame: string[];
}

/** A plot whose two axes share one range. */
export function squarePlot(domain: Domain, names: { x: string; y: string }): SquarePlot {
  const share = (value: number): number => (value - domain.low) / (domain.high - domain.low);
  const x = (value: number): number => PLOT.left + share(value) * (PLOT.right - PLOT.left);
  const y = (value: number): number => PLOT.bottom - share(value) * (PLOT.bottom - PLOT.top);
  const ticks = niceTicks(domain, 5);
  const middle = (PLOT.top + PLOT.bottom) / 2;
  return {
    x,
    y,
    frame: [
      ...ticks.flatMap((tick) => [
        tag('line', { class: 'grid', x1: PLOT.left, x2: PLOT.right, y1: y(tick), y2: y(tick) }),
        tag('line', { class: 'grid', x1: x(tick), x2: x(tick), y1: PLOT.top, y2: PLOT.bottom }),
        label(tickText(tick), { class: 'tick', x: PLOT.left - 8, y: y(tick) + 4, 'text-anchor': 'end' }),
        label(tickText(tick), { class: 'tick', x: x(tick), y: PLOT.bottom + 18, 'text-anchor': 'middle' }),
      ]),
      tag('line', {
        class: 'diagonal',
        x1: x(domain.low),
        y1: y(domain.low),
        x2: x(domain.high),
        y2: y(domain.high),
      }),
      label(names.x, {
        class: 'axis',
        x: (PLOT.left + PLOT.right) / 2,
        y: PLOT.bottom + 38,
        'text-anchor': 'middle',
      }),
      label(names.y, {
        class: 'axis',
        x: 12,
        y: middle,
        'text-anchor': 'middle',
        transform: `rotate(-90 12 ${middle})`,
      }),
    ],
  };
}

/** A key below a square plot: how each model is drawn, in words and in the line itself. */
export function squareKey(names: { champion?: string; challenger: string }): string[] {
  const entry = (model: 'champion' | 'challenger', name: string, left: number): string[] => [
    tag('line', { class: `line ${model}`, x1: left, x2: left + 28, y1: 394, y2: 394 }),
    tag('circle', { class: `dot ${model}`, cx: left + 14, cy: 394, r: 4 }),
    label(name, { class: 'key', x: left + 35, y: 398 }),
  ];
  const champion = names.champion === undefined ? [] : entry('champion', names.champion, 212);
  return [...entry('challenger', names.challenger, PLOT.left - 26), ...champion];
}

function tickText(tick: number): string {
  return String(tick).replace('-', '−');
}
