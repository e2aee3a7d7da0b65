import type { CurvePoint, Pair } from '../figures.ts';
import { SQUARE, squareKey, squarePlot, type SquarePlot } from './square-plot.ts';
import { label, svgElement, tag, type ChartData, type ChartText } from './svg.ts';

/** ROC curves of one or both models on the unit square, with the diagonal of chance. */
export interface RocChart extends ChartText {
  kind: 'roc';
  names: Pair<string>;
  curves: Pair<readonly CurvePoint[]>;
}

/** Draws the curves, the challenger solid and the champion dashed; an empty curve leaves the plot empty and says so. */
export function renderRoc(chart: RocChart): string {
  const plot = squarePlot({ low: 0, high: 1 }, { x: 'false-positive rate', y: 'true-positive rate' });
  const { champion, challenger } = chart.curves;
  return svgElement(chart, SQUARE, [
    ...plot.frame,
    ...(champion === undefined ? [] : curve(champion, 'champion', plot)),
    ...curve(challenger, 'challenger', plot),
    ...squareKey(chart.names),
  ]);
}

/** At most 21 points of each curve, evenly picked, first and last included. */
export function rocData({ curves, names }: RocChart): ChartData {
  const rowsOf = (name: string, points: readonly CurvePoint[]): string[][] =>
    thinned(points, 21).map(({ x, y }) => [name, x.toFixed(4), y.toFixed(4)]);
  return {
    headings: ['model', 'false-positive rate', 'true-positive rate'],
    rows: [
      ...rowsOf(names.challenger, curves.challenger),
      ...rowsOf(names.champion ?? 'champion', curves.champion ?? []),
    ],
  };
}

function curve(points: readonly CurvePoint[], model: keyof Pair<unknown>, plot: SquarePlot): string[] {
  const [first] = points;
  if (first === undefined) return [label(`no curve of the ${model}`, { class: 'axis', x: 70, y: 40 })];
  if (points.length === 1)
    return [tag('circle', { class: `dot ${model}`, cx: plot.x(first.x), cy: plot.y(first.y), r: 4 })];
  const path = points.map(({ x, y }) => `${plot.x(x).toFixed(1)},${plot.y(y).toFixed(1)}`).join(' ');
  return [tag('polyline', { class: `line ${model}`, points: path })];
}

function thinned<T>(values: readonly T[], most: number): T[] {
  if (values.length <= most) return [...values];
  const step = (values.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => values[Math.round(index * step)]).filter(
    (value) => value !== undefined,
  );
}
