import type { Verdict } from '../../core/verdict.ts';
import { sparkline } from '../charts/text-bars.ts';
import type { TimeChart, TimeSeries } from '../charts/time-chart.ts';
import type { Block } from '../document.ts';
import { modelNames } from './model-names.ts';
import { formatPrediction } from './prediction-text.ts';
import type { ShadowFigures, TimePoint } from './shadow-figures.ts';

/** The middle and the spread of both models' predictions over time; in text the medians as a line each. */
export function predictionsOverTime(verdict: Verdict, { overTime = [] }: ShadowFigures): Block[] {
  const points = overTime.filter(({ champion, challenger }) => (champion ?? challenger) !== undefined);
  if (points.length < 2) return [];
  const names = modelNames(verdict);
  const chart: TimeChart = {
    kind: 'time',
    id: 'predictions-over-time',
    title: 'Predictions over time',
    description:
      'Median of the predictions, with the 10th and 90th percentile around it: the challenger solid and shaded, the champion dashed.',
    from: overTime.map(({ from }) => from),
    rows: overTime.map(({ rows }) => rows),
    series: [
      seriesOf('challenger', names.challenger, overTime),
      seriesOf('champion', names.champion, overTime),
    ],
    unit: 'number',
    axis: verdict.task === 'regression' ? 'prediction' : 'score',
  };
  return [{ kind: 'chart', chart, text: [{ kind: 'code', text: medianLines(verdict, overTime) }] }];
}

function seriesOf(
  model: 'champion' | 'challenger',
  name: string,
  overTime: readonly TimePoint[],
): TimeSeries {
  return {
    model,
    name,
    values: overTime.map((point) => point[model]?.p50),
    bands: overTime.map((point) => {
      const spread = point[model];
      return spread === undefined ? undefined : ([spread.p10, spread.p90] as const);
    }),
  };
}

function medianLines(verdict: Verdict, overTime: readonly TimePoint[]): string {
  const medians = (['champion', 'challenger'] as const).map((model) => ({
    model,
    values: overTime.map((point) => point[model]?.p50),
  }));
  const largest = Math.max(
    0,
    ...medians.flatMap(({ values }) => values.filter((value) => value !== undefined)),
  );
  const lines = medians.map(({ model, values }) => {
    const known = values.filter((value) => value !== undefined);
    const [first = 0, last = 0] = [known[0], known.at(-1)];
    const ends = `${formatPrediction(verdict, first)} → ${formatPrediction(verdict, last)}`;
    return `${model.padEnd('challenger'.length)}  ${sparkline(values, largest)}  ${ends}`;
  });
  return ['median prediction over time', ...lines].join('\n');
}
