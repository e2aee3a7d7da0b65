import { formatCount } from '../../core/format-number.ts';
import type { CalibrationBin, Pair } from '../figures.ts';
import { SQUARE, squareKey, squarePlot, type SquarePlot } from './square-plot.ts';
import { label, svgElement, tag, type ChartData, type ChartText } from './svg.ts';
import { domainOf, type Domain } from './ticks.ts';

/** Mean label against mean prediction in bins of the prediction, for one or both models. */
export interface CalibrationChart extends ChartText {
  kind: 'calibration';
  names: Pair<string>;
  bins: Pair<readonly CalibrationBin[]>;
  /** `share`: both axes are [0, 1]; `label`: the range of the bins, in units of the label. */
  unit: 'share' | 'label';
}

/** Draws one dot a bin, its area by the bin's rows; on the diagonal predictions are right on average. */
export function renderCalibration(chart: CalibrationChart): string {
  const { champion, challenger } = chart.bins;
  const names =
    chart.unit === 'share'
      ? { x: 'predicted probability', y: 'observed share' }
      : { x: 'mean prediction', y: 'mean label' };
  const plot = squarePlot(domain(chart), names);
  const most = Math.max(1, ...[...(champion ?? []), ...challenger].map((bin) => bin.count));
  return svgElement(chart, SQUARE, [
    ...plot.frame,
    ...(champion === undefined ? [] : series({ bins: champion, model: 'champion', most }, plot)),
    ...series({ bins: challenger, model: 'challenger', most }, plot),
    ...squareKey(chart.names),
  ]);
}

/** Every bin of both models. */
export function calibrationData({ bins, names, unit }: CalibrationChart): ChartData {
  const digits = unit === 'share' ? 4 : 2;
  const rowsOf = (name: string, list: readonly CalibrationBin[]): string[][] =>
    list.map((bin) => [
      name,
      bin.predicted.toFixed(digits),
      bin.observed.toFixed(digits),
      formatCount(bin.count),
    ]);
  return {
    headings: ['model', 'predicted', 'observed', 'rows'],
    rows: [
      ...rowsOf(names.challenger, bins.challenger),
      ...rowsOf(names.champion ?? 'champion', bins.champion ?? []),
    ],
  };
}

function domain({ bins, unit }: CalibrationChart): Domain {
  if (unit === 'share') return { low: 0, high: 1 };
  const { low, high } = domainOf(
    [...bins.challenger, ...(bins.champion ?? [])].flatMap((bin) => [bin.predicted, bin.observed]),
  );
  const room = (high - low) * 0.05;
  return { low: low - room, high: high + room };
}

interface Series {
  bins: readonly CalibrationBin[];
  model: keyof Pair<unknown>;
  most: number;
}

function series({ bins, model, most }: Series, plot: SquarePlot): string[] {
  if (bins.length === 0) return [label(`no bins of the ${model}`, { class: 'axis', x: 70, y: 40 })];
  const at = bins.map((bin) => ({ ...bin, cx: plot.x(bin.predicted), cy: plot.y(bin.observed) }));
  const path = at.map(({ cx, cy }) => `${cx.toFixed(1)},${cy.toFixed(1)}`).join(' ');
  return [
    tag('polyline', { class: `line thin ${model}`, points: path }),
    ...at.map(({ cx, cy, count }) =>
      tag('circle', { class: `dot ${model}`, cx, cy, r: 2.5 + 7.5 * Math.sqrt(count / most) }),
    ),
  ];
}
