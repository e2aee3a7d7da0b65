import { describe, expect, it } from 'vitest';
import { chartData, renderChart, type Chart } from '../../../../src/report/charts/chart.ts';
import { domainOf, niceTicks } from '../../../../src/report/charts/ticks.ts';

const named = { id: 'c', title: 'A <b>', description: 'B & "c"' };
const names = { champion: 'champion', challenger: 'challenger' };
const row = {
  label: '<x>',
  outcome: 'hold',
  low: -1,
  point: 0,
  high: 1,
  limit: 0,
  better: 'higher',
  numbers: 'n',
  limitText: 'l',
} as const;
const slice = { label: '<x>', outcome: 'pass', rows: 10, point: 0, low: 0, high: 0, numbers: 'n' } as const;
const bin = { predicted: 0.5, observed: 0.5, count: 7 };

const charts: [string, Chart][] = [
  ['roc, empty', { ...named, kind: 'roc', names, curves: { champion: [], challenger: [] } }],
  [
    'roc, one point',
    { ...named, kind: 'roc', names: { challenger: 'c' }, curves: { challenger: [{ x: 0, y: 1 }] } },
  ],
  [
    'roc, two',
    {
      ...named,
      kind: 'roc',
      names,
      curves: {
        champion: [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
        challenger: [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
      },
    },
  ],
  [
    'calibration, empty',
    { ...named, kind: 'calibration', unit: 'share', names, bins: { champion: [], challenger: [] } },
  ],
  [
    'calibration, one bin',
    { ...named, kind: 'calibration', unit: 'label', names, bins: { challenger: [bin] } },
  ],
  [
    'calibration, empty bins',
    { ...named, kind: 'calibration', unit: 'share', names, bins: { challenger: [{ ...bin, count: 0 }] } },
  ],
  [
    'calibration, all zero',
    {
      ...named,
      kind: 'calibration',
      unit: 'label',
      names,
      bins: { challenger: [{ predicted: 0, observed: 0, count: 1 }] },
    },
  ],
  ['intervals, empty', { ...named, kind: 'intervals', referenceName: 'champion', rows: [] }],
  [
    'intervals, all equal',
    {
      ...named,
      kind: 'intervals',
      referenceName: 'champion',
      rows: [{ ...row, low: 0, high: 0, reference: 0 }],
    },
  ],
  [
    'intervals, huge',
    {
      ...named,
      kind: 'intervals',
      referenceName: 'naive',
      rows: [{ ...row, low: -1e12, high: 1e12, reference: 1e-9 }],
    },
  ],
  ['slices, empty', { ...named, kind: 'slices', slices: [], unit: 'points', better: 'higher' }],
  [
    'slices, all equal',
    { ...named, kind: 'slices', slices: [slice, slice], limit: 0, unit: 'points', better: 'lower' },
  ],
  [
    'slices, no rows, wide',
    {
      ...named,
      kind: 'slices',
      slices: [
        { ...slice, rows: 0, low: -1e6, high: 1e6 },
        { ...slice, point: 1 },
      ],
      unit: 'points',
      better: 'higher',
    },
  ],
];

describe('charts', () => {
  it.each(charts)('%s is drawn with finite positions, a title and escaped text', (_, chart) => {
    const svg = renderChart(chart);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="c-title c-description"/);
    expect(svg).toContain('<title id="c-title">A &lt;b&gt;</title>');
    expect(svg).toContain('<desc id="c-description">B &amp; &quot;c&quot;</desc>');
    expect(svg).not.toContain('<x>');
  });

  it.each(charts)('%s has as many cells in each row as headings', (_, chart) => {
    const { headings, rows } = chartData(chart);
    expect(new Set([headings.length, ...rows.map((cells) => cells.length)]).size).toBe(1);
  });

  it('keeps every percentage between 0 and 100', () => {
    const svg = charts.map(([, chart]) => renderChart(chart)).join('');
    const shares = [...svg.matchAll(/"(-?[\d.e+-]+)%"/g)].map(([, share]) => Number(share));
    expect(shares.length).toBeGreaterThan(0);
    expect(shares.every((share) => share >= 0 && share <= 100)).toBe(true);
  });

  it('draws the models by more than colour', () => {
    const roc = renderChart(
      charts[2]?.[1] ?? { ...named, kind: 'slices', slices: [], unit: '', better: 'lower' },
    );
    expect(roc).toContain('class="line champion"');
    expect(roc).toContain('class="line challenger"');
  });

  it('thins long curves in the table, first and last point kept', () => {
    const challenger = Array.from({ length: 1001 }, (_, index) => ({ x: index / 1000, y: index / 1000 }));
    const { rows } = chartData({ ...named, kind: 'roc', names, curves: { challenger } });
    expect(rows).toHaveLength(21);
    expect([rows[0]?.[1], rows.at(-1)?.[1]]).toEqual(['0.0000', '1.0000']);
  });
});

describe('ticks', () => {
  it.each([
    [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [-7, 22, [0, 10, 20]],
    [0, 0.03, [0, 0.01, 0.02, 0.03]],
  ])('from %d to %d', (low, high, expected) => {
    expect(niceTicks({ low, high }, 5)).toEqual(expected);
  });

  it('gives equal values and nothing at all a range', () => {
    expect(domainOf([])).toEqual({ low: 0, high: 1 });
    expect(domainOf([5, 5])).toEqual({ low: 4.5, high: 5.5 });
    expect(domainOf([0]).high).toBeGreaterThan(domainOf([0]).low);
  });
});
