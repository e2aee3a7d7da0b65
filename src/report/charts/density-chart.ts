import type { ScoreDensity } from '../shadow/shadow-figures.ts';
import { label, svgElement, tag, type ChartData, type ChartText } from './svg.ts';
import { niceTicks, type Domain } from './ticks.ts';
import { numberTicks, percentTicks, WIDE, wideKey, widePlot, type WidePlot } from './wide-plot.ts';

/** How the predictions of both models are spread over equal bins. */
export interface DensityChart extends ChartText {
  kind: 'density';
  density: ScoreDensity;
  names: { champion: string; challenger: string };
  /** What is predicted: `score`, or `prediction` in the unit of the label. */
  axis: string;
}

/** Draws one outline of steps a model: the challenger solid and shaded, the champion dashed. */
export function renderDensity(chart: DensityChart): string {
  const { density, names, axis } = chart;
  const x = domainOfBins(density);
  const y = { low: 0, high: Math.max(...density.champion, ...density.challenger, 1e-9) * 1.06 };
  const plot = widePlot(
    { domain: x, name: axis, ticks: numberTicks(niceTicks(x, 6)) },
    { domain: y, name: 'share of requests', ticks: percentTicks(niceTicks(y, 5)) },
  );
  return svgElement(chart, WIDE, [
    ...plot.frame,
    ...outline(density, 'challenger', plot),
    ...outline(density, 'champion', plot),
    ...wideKey([
      { name: names.challenger, lineClass: 'line challenger' },
      { name: names.champion, lineClass: 'line champion' },
    ]),
  ]);
}

/** Every bin with the shares of both models. */
export function densityData({ density, names }: DensityChart): ChartData {
  const { low, high } = domainOfBins(density);
  const width = (high - low) / Math.max(density.challenger.length, 1);
  const edge = (index: number): string => String(Number((low + index * width).toPrecision(4)));
  const share = (value: number | undefined): string => `${((value ?? 0) * 100).toFixed(2)} %`;
  return {
    headings: ['from', 'to', names.challenger, names.champion],
    rows: density.challenger.map((value, index) => [
      edge(index),
      edge(index + 1),
      share(value),
      share(density.champion[index]),
    ]),
  };
}

function outline(density: ScoreDensity, model: 'champion' | 'challenger', plot: WidePlot): string[] {
  const shares = density[model];
  if (shares.length === 0) return [label(`no scores of the ${model}`, { class: 'axis', x: 70, y: 40 })];
  const { low, high } = domainOfBins(density);
  const width = (high - low) / shares.length;
  const steps = shares.flatMap((share, index) =>
    [index, index + 1].map((at) => `${plot.x(low + at * width).toFixed(1)},${plot.y(share).toFixed(1)}`),
  );
  const base = plot.bottom.toFixed(1);
  const points = [`${plot.left},${base}`, ...steps, `${plot.right},${base}`].join(' ');
  const shade =
    model === 'challenger' ? [tag('polygon', { class: 'dot challenger', opacity: 0.25, points })] : [];
  return [...shade, tag('polyline', { class: `line ${model}`, points })];
}

function domainOfBins({ from, to }: ScoreDensity): Domain {
  return from < to ? { low: from, high: to } : { low: from, high: from + 1 };
}
