import { calibrationData, renderCalibration, type CalibrationChart } from './calibration-chart.ts';
import { intervalData, renderIntervals, type IntervalChart } from './interval-chart.ts';
import { renderRoc, rocData, type RocChart } from './roc-chart.ts';
import { renderSlices, slicesData, type SlicesChart } from './slices-chart.ts';
import type { ChartData } from './svg.ts';

/** Every picture that a report can hold, as data. */
export type Chart = RocChart | CalibrationChart | IntervalChart | SlicesChart;

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
    default:
      return chart satisfies never;
  }
}
