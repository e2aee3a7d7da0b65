import { describe, expect, it } from 'vitest';
import { chartData, renderChart, type Chart } from '../../../../src/report/charts/chart.ts';
import { sparkline, textBar } from '../../../../src/report/charts/text-bars.ts';
import { timeTicks } from '../../../../src/report/charts/time-ticks.ts';
import type { DriftRow } from '../../../../src/report/shadow/shadow-figures.ts';

const named = { id: 'c', title: 'A <b>', description: 'B & "c"' };
const names = { champion: 'champion <x>', challenger: 'challenger <x>' };
const feature: DriftRow = {
  name: '<x>',
  of: 'feature',
  against: 'reference',
  psi: 0.3,
  noise: 0.01,
  effect: { name: 'D', value: 0.2 },
  adjustedP: 0.0001,
  missing: { reference: 0, current: undefined },
  judgement: 'alert',
};
const unmeasured: DriftRow = {
  name: '<x>',
  of: 'prediction',
  against: 'first third',
  judgement: 'undecided',
};
const series = { name: '<x>', model: 'challenger' } as const;
const time = { ...named, kind: 'time', unit: 'share', axis: 'y' } as const;

const charts: [string, Chart][] = [
  [
    'density, empty',
    {
      ...named,
      kind: 'density',
      names,
      axis: 'score',
      density: { from: 0, to: 1, champion: [], challenger: [] },
    },
  ],
  [
    'density, one bin, no width',
    {
      ...named,
      kind: 'density',
      names,
      axis: 'score',
      density: { from: 3, to: 3, champion: [1], challenger: [0] },
    },
  ],
  ['time, empty', { ...time, from: [], rows: [], series: [] }],
  [
    'time, nothing known',
    { ...time, from: [1, 2], rows: [0, 0], series: [{ ...series, values: [undefined, undefined] }] },
  ],
  ['time, one point', { ...time, from: [1], rows: [3], series: [{ ...series, values: [0.5] }] }],
  [
    'time, gaps, bands and a limit',
    {
      ...time,
      from: [0, 1e9, 2e9, 3e9],
      rows: [1, 0, 1, 1],
      series: [
        { ...series, values: [0.1, undefined, 0.2, 0.3], bands: [[0, 1], undefined, [0, 1], [0, 1]] },
        { ...series, model: 'champion', values: [0.1, undefined, 0.2, 0.3] },
      ],
      limit: 0.35,
    },
  ],
  [
    'time, equal numbers',
    { ...time, unit: 'number', from: [0, 1e9], rows: [1, 1], series: [{ ...series, values: [-5, -5] }] },
  ],
  ['psi, empty', { ...named, kind: 'psi', features: [] }],
  ['psi, unmeasured', { ...named, kind: 'psi', features: [unmeasured] }],
  [
    'psi, huge',
    { ...named, kind: 'psi', features: [feature, { ...feature, psi: 14 }, { ...feature, psi: 0 }] },
  ],
  ['latency, empty', { ...named, kind: 'latency', names, quantiles: [] }],
  [
    'latency, zero',
    { ...named, kind: 'latency', names, quantiles: [{ share: 0.5, champion: 0, challenger: 0 }] },
  ],
  [
    'latency, intervals',
    {
      ...named,
      kind: 'latency',
      names,
      quantiles: [
        { share: 0.999, champion: 2, challenger: 1, championInterval: [1, 40], challengerInterval: [1, 1] },
      ],
    },
  ],
];

const drawn = (name: string): string => {
  const chart = charts.find(([each]) => each === name)?.[1];
  if (chart === undefined) throw new Error(`no chart ${name}`);
  return renderChart(chart);
};

describe('the charts of a shadow', () => {
  it.each(charts)('%s is drawn with finite positions, a title and escaped text', (_, chart) => {
    const svg = renderChart(chart);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(svg).toContain('<title id="c-title">A &lt;b&gt;</title>');
    expect(svg).not.toContain('<x>');
  });

  it.each(charts)('%s has as many cells in each row as headings', (_, chart) => {
    const { headings, rows } = chartData(chart);
    expect(new Set([headings.length, ...rows.map((cells) => cells.length)]).size).toBe(1);
    expect(rows.flat().join(' ')).not.toMatch(/NaN|Infinity|undefined/);
  });

  it.each(charts)('%s keeps every percentage between 0 and 100', (_, chart) => {
    const shares = [...renderChart(chart).matchAll(/"(-?[\d.e+-]+)%"/g)].map(([, share]) => Number(share));
    expect(shares.every((share) => share >= 0 && share <= 100)).toBe(true);
  });

  it('breaks a line where nothing was measured', () => {
    const lines = drawn('time, gaps, bands and a limit').match(/<polyline class="line challenger"/g);
    expect(lines).toHaveLength(2);
    expect(drawn('time, gaps, bands and a limit')).toContain('class="limit"');
  });

  it('keeps a small scale where a limit is far away', () => {
    const far: Chart = {
      ...time,
      from: [0, 1],
      rows: [1, 1],
      series: [{ ...series, values: [0, 0.01] }],
      limit: 0.3,
    };
    expect(renderChart(far)).not.toContain('class="limit"');
  });

  it('ends a bar beyond the scale in an arrow, and draws none for what was not measured', () => {
    expect(drawn('psi, huge').match(/▶/g)).toHaveLength(1);
    expect(drawn('psi, unmeasured')).not.toContain('class="mark-');
  });

  it('draws the models by more than colour', () => {
    const svg = drawn('latency, intervals');
    expect(svg).toContain('class="dot champion"');
    expect(svg).toContain('class="dot challenger"');
    expect(svg).toContain('p99.9');
  });
});

describe('text bars', () => {
  it.each<[(number | undefined)[], number | undefined, string]>([
    [[0, 1], undefined, '▁█'],
    [[0.5, undefined, 1], undefined, '▅·█'],
    [[0, 0], undefined, '▁▁'],
    [[0.5], 1, '▅'],
    [[], undefined, ''],
  ])('a sparkline of %o', (values, largest, expected) => {
    expect(sparkline(values, largest)).toBe(expected);
  });

  it.each([
    [0, 1, ''],
    [1, 1, '████'],
    [0.5, 1, '██'],
    [0.0001, 1, '▏'],
    [2, 1, '████'],
    [1, 0, ''],
  ])('a bar of %d of %d', (value, largest, expected) => {
    expect(textBar(value, largest, 4)).toBe(expected);
  });
});

describe('ticks of time', () => {
  const DAY = 86_400_000;
  const start = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    [600 * DAY, '2026-03'],
    [50 * DAY, '01-06'],
    [10 * 3_600_000, '01. 01:00'],
  ])('over %d ms', (span, first) => {
    expect(timeTicks({ low: start, high: start + span })[0]?.text).toBe(first);
  });

  it('are not repeated where they would read alike', () => {
    expect(timeTicks({ low: start, high: start + 1000 })).toHaveLength(1);
  });
});
