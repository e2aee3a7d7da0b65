import type { Verdict } from '../../core/verdict.ts';
import { chartData, type Chart } from '../charts/chart.ts';
import type { Block, Table } from '../document.ts';
import type { GateFigures, Pair } from '../figures.ts';

/** ROC and calibration of both models: pictures where they can be shown, else the calibration as a table. */
export function curvesSection(verdict: Verdict, { roc, calibration }: GateFigures): Block | undefined {
  const blocks: Block[] = [];
  if (roc !== undefined) blocks.push({ kind: 'chart', chart: rocChart(verdict, roc), text: [] });
  if (calibration !== undefined) {
    const chart = calibrationChart(verdict, calibration);
    blocks.push({ kind: 'chart', chart, text: [asTable(chart)] });
  }
  if (blocks.length === 0) return undefined;
  return {
    kind: 'details',
    summary: roc === undefined ? 'Calibration' : 'ROC curve and calibration',
    blocks,
  };
}

function rocChart(verdict: Verdict, curves: NonNullable<GateFigures['roc']>): Chart {
  return {
    kind: 'roc',
    id: 'roc',
    title: 'ROC curve',
    description: `True-positive rate against false-positive rate of the ${modelsIn(curves)}. Closer to the upper left corner is better; the diagonal is chance.`,
    names: names(verdict, curves),
    curves,
  };
}

function calibrationChart(verdict: Verdict, bins: NonNullable<GateFigures['calibration']>): Chart {
  const regression = verdict.task === 'regression';
  const what = regression
    ? 'Mean label against mean prediction'
    : 'Observed share against predicted probability';
  return {
    kind: 'calibration',
    id: 'calibration',
    title: 'Calibration',
    description: `${what} of the ${modelsIn(bins)}, one dot a bin, larger with more rows. On the diagonal predictions are right on average.`,
    names: names(verdict, bins),
    bins,
    unit: regression ? 'label' : 'share',
  };
}

function names(verdict: Verdict, pair: Pair<unknown>): Pair<string> {
  const named = (role: string, version: string | undefined): string =>
    version === undefined || version.length > 12 ? role : `${role} ${version}`;
  const challenger = named('challenger', verdict.version);
  if (pair.champion === undefined) return { challenger };
  return { challenger, champion: named('champion', verdict.champion?.version) };
}

function modelsIn(pair: Pair<unknown>): string {
  return pair.champion === undefined ? 'challenger' : 'champion (dashed) and the challenger (solid)';
}

function asTable(chart: Chart): Table {
  const { headings, rows } = chartData(chart);
  return {
    kind: 'table',
    caption: chart.title,
    columns: headings.map((heading, index) => ({ heading, align: index === 0 ? 'left' : 'right' })),
    rows: rows.map((row) => row.map((cell) => [{ kind: 'text', text: cell }])),
  };
}
