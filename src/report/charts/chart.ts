import { calibrationData, renderCalibration, type CalibrationChart } from './calibration-chart.ts';
import { densityData, renderDensity, type DensityChart } from './density-chart.ts';
import { intervalData, renderIntervals, type IntervalChart } from './interval-chart.ts';
import { latencyData, renderLatency, type LatencyChart } from './latency-chart.ts';
import { psiData, renderPsi, type PsiChart } from './psi-chart.ts';
import { renderRoc, rocData, type RocChart } from './roc-chart.ts';
import { renderSlices, slicesData, type SlicesChart } from './slices-chart.ts';
import type { ChartData } from './svg.ts';
import { renderTime, timeData, type TimeChart } from './time-chart.ts';

/** Every picture that a report can hold, as data. */
export type Chart =
  | RocChart
  | CalibrationChart
  | IntervalChart
  | SlicesChart
  | DensityChart
  | TimeChart
  | PsiChart
  | LatencyChart;

/** A chart as one SVG element; colours come from the page's style sheet. */
export function renderChart(chart: Chart): string {
  switch (chart.kind) {
    case 'roc':
      return renderRoc(chart);
    case 'calibration':
      return renderCalibration(chart);
    case 'intervals':
      return renderIntervals(chart);
    case 'slices':
      return renderSlices(chart);
    case 'density':
      return renderDensity(chart);
    case 'time':
      return renderTime(chart);
    case 'psi':
      return renderPsi(chart);
    case 'latency':
      return renderLatency(chart);
    default:
      return chart satisfies never;
  }
}

/** The numbers behind a chart, as a table of texts. */
export function chartData(chart: Chart): ChartData {
  switch (chart.kind) {
    case 'roc':
      return rocData(chart);
    case 'calibration':
      return calibrationData(chart);
    case 'intervals':
      return intervalData(chart);
    case 'slices':
      return slicesData(chart);
    case 'density':
      return densityData(chart);
    case 'time':
      return timeData(chart);
    case 'psi':
      return psiData(chart);
    case 'latency':
      return latencyData(chart);
    default:
      return chart satisfies never;
  }
}
