import { svgElement, tag, label, type ChartData, type ChartText } from './svg.ts';
import { domainOf, niceTicks, type Domain } from './ticks.ts';
import { timeTicks } from './time-ticks.ts';
import { numberTicks, percentTicks, WIDE, wideKey, widePlot, type WidePlot } from './wide-plot.ts';

/** One line over time: a value a stretch, `undefined` where there was nothing to measure. */
export interface TimeSeries {
  name: string;
  /** How it is drawn: the challenger solid, the champion dashed. */
  model: 'champion' | 'challenger';
  values: readonly (number | undefined)[];
  /** What lies around the value, such as the 10th and 90th percentile. */
  bands?: readonly (readonly [number, number] | undefined)[];
}

/** One or two measures of stretches of the window. */
export interface TimeChart extends ChartText {
  kind: 'time';
  /** When each stretch begins, in milliseconds since 1970, rising; all of about one length. */
  from: readonly number[];
  rows: readonly number[];
  series: readonly TimeSeries[];
  /** `share`: from 0, as percents; `number`: the range of the values. */
  unit: 'share' | 'number';
  axis: string;
  /** A largest share that is allowed; drawn where the values come near it. */
  limit?: number;
}

/** Draws each value in the middle of its stretch; lines break where nothing was measured. */
export function renderTime(chart: TimeChart): string {
  const { from, series, axis, unit } = chart;
  const times = timeDomain(from);
  const values = valueDomain(chart);
  const ticks = niceTicks(values, 6);
  const plot = widePlot(
    { domain: times, name: 'time (UTC)', ticks: timeTicks(times) },
    { domain: values, name: axis, ticks: unit === 'share' ? percentTicks(ticks) : numberTicks(ticks) },
  );
  const middle = middles(from, times);
  const { limit } = chart;
  return svgElement(chart, WIDE, [
    ...plot.frame,
    ...(limit === undefined || limit > values.high
      ? []
      : [
          tag('line', {
            class: 'limit',
            x1: plot.left,
            x2: plot.right,
            y1: plot.y(limit),
            y2: plot.y(limit),
          }),
        ]),
    ...series.flatMap((one) => drawn(one, middle, plot)),
    ...(from.length === 0 ? [label('nothing over time', { class: 'axis', x: 70, y: 40 })] : []),
    ...wideKey(series.map(({ name, model }) => ({ name, lineClass: `line ${model}` }))),
  ]);
}

/** Every stretch with its rows and values. */
export function timeData({ from, rows, series, unit }: TimeChart): ChartData {
  const written = (value: number | undefined): string => {
    if (value === undefined) return '—';
    return unit === 'share' ? `${(value * 100).toFixed(1)} %` : String(Number(value.toPrecision(4)));
  };
  const cells = ({ values, bands }: TimeSeries, index: number): string[] => {
    const band = bands?.[index];
    return bands === undefined
      ? [written(values[index])]
      : [written(band?.[0]), written(values[index]), written(band?.[1])];
  };
  return {
    headings: [
      'from (UTC)',
      'requests',
      ...series.flatMap(({ name, bands }) =>
        bands === undefined ? [name] : ['p10', 'p50', 'p90'].map((share) => `${name} ${share}`),
      ),
    ],
    rows: from.map((start, index) => [
      new Date(start).toISOString().slice(0, 16).replace('T', ' '),
      String(rows[index] ?? 0),
      ...series.flatMap((one) => cells(one, index)),
    ]),
  };
}

function drawn(series: TimeSeries, middle: readonly number[], plot: WidePlot): string[] {
  const { values, bands, model } = series;
  const edge = (side: 0 | 1): string[] =>
    line(bands?.map((band) => band?.[side]) ?? [], { middle, plot, name: `line thin ${model}` });
  return [
    ...(model === 'challenger' ? shades(bands ?? [], middle, plot) : []),
    ...edge(0),
    ...edge(1),
    ...line(values, { middle, plot, name: `line ${model}` }),
  ];
}

interface Drawing {
  middle: readonly number[];
  plot: WidePlot;
  name: string;
}

/** One polyline a run of known values; a value alone is a short dash. */
function line(values: readonly (number | undefined)[], { middle, plot, name }: Drawing): string[] {
  return runs(values).map(({ start, known }) => {
    const at = known.map((value, index) => [plot.x(middle[start + index] ?? 0), plot.y(value)] as const);
    const alone = at.length === 1 ? at.flatMap(([x, y]) => [[x - 3, y] as const, [x + 3, y] as const]) : at;
    const points = alone.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
    return tag('polyline', { class: name, points });
  });
}

function shades(
  bands: readonly (readonly [number, number] | undefined)[],
  middle: readonly number[],
  plot: WidePlot,
): string[] {
  return runs(bands)
    .filter(({ known }) => known.length > 1)
    .map(({ start, known }) => {
      const at = (value: number, index: number): string =>
        `${plot.x(middle[start + index] ?? 0).toFixed(1)},${plot.y(value).toFixed(1)}`;
      const low = known.map((band, index) => at(band[0], index));
      const high = known.map((band, index) => at(band[1], index)).toReversed();
      return tag('polygon', { class: 'dot challenger', opacity: 0.2, points: [...low, ...high].join(' ') });
    });
}

/** Stretches of neighbours that are known. */
function runs<T>(values: readonly (T | undefined)[]): { start: number; known: T[] }[] {
  const found: { start: number; known: T[] }[] = [];
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    const last = found.at(-1);
    if (last !== undefined && last.start + last.known.length === index) last.known.push(value);
    else found.push({ start: index, known: [value] });
  }
  return found;
}

function timeDomain(from: readonly number[]): Domain {
  const { low, high } = domainOf(from);
  const step = from.length > 1 ? (high - low) / (from.length - 1) : 1;
  return { low, high: high + step };
}

function middles(from: readonly number[], { high }: Domain): number[] {
  return from.map((start, index) => (start + (from[index + 1] ?? high)) / 2);
}

function valueDomain({ series, unit, limit }: TimeChart): Domain {
  const all = series.flatMap(({ values, bands = [] }) =>
    [...values, ...bands.flat()].filter((value) => value !== undefined),
  );
  const { low, high } = domainOf(all);
  if (unit === 'number') return { low: low - (high - low) * 0.05, high: high + (high - low) * 0.05 };
  const top = Math.max(high * 1.1, 0.01);
  const near = limit !== undefined && limit <= 3 * top && limit > top ? limit * 1.1 : top;
  return { low: 0, high: Math.min(near, 1.02) };
}
