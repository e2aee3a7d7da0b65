import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderBars } from '../../../../src/report/charts/interval-bars.ts';
import { LIMIT_AT, placeInterval, type IntervalRow } from '../../../../src/report/charts/interval-scale.ts';

const row = (changes: Partial<IntervalRow>): IntervalRow => ({
  label: 'ROC-AUC',
  outcome: 'pass',
  low: 0.01,
  point: 0.02,
  high: 0.03,
  limit: -0.01,
  reference: 0,
  better: 'higher',
  numbers: '',
  limitText: '',
  ...changes,
});

const bar = (changes: Partial<IntervalRow>): string =>
  renderBars([row(changes)], 'champion').split('\n')[1] ?? '';

describe('renderBars', () => {
  it.each([
    ['better throughout', {}, /║ +│ +├─+●─+┤ +✔ pass/],
    ['across the limit', { low: -0.02, point: 0, outcome: 'hold' }, /├─+╫─+●─+┤ +◐ hold/],
    ['across no difference', { low: -0.005 }, /║ *├─+┼─+●─+┤/],
    ['worse throughout', { low: -0.2, point: -0.19, high: -0.18, outcome: 'fail' }, /├─*●─*┤ +║.*✖ fail/],
    [
      'lower is better',
      { better: 'lower', limit: 0.01, low: -0.03, point: -0.02, high: -0.01 },
      /║ +│ +├─+●─+┤/,
    ],
    ['no difference at all', { low: 0, point: 0, high: 0 }, /║ +● +✔/],
    ['a floor', { limit: 0.75, low: 0.775, point: 0.793, high: 0.81, reference: undefined }, /║ +├─+●─+┤/],
    ['a margin of nothing', { limit: 0, low: -0.01, outcome: 'hold' }, /├─+╫─+●─+┤/],
  ] as const)('%s', (_, changes, expected) => {
    const { reference, ...rest } = { reference: 0, ...changes };
    const full = row(rest);
    if (reference === undefined) delete full.reference;
    expect(renderBars([full], 'champion')).toMatch(expected);
  });

  it('keeps every line at one width, whatever the label', () => {
    const lines = renderBars([row({}), row({ label: '@evil\n|`\u202e'.repeat(9) })], 'naive').split('\n');
    const positions = lines.slice(1).map((line) => Array.from(line).indexOf('║'));
    expect(new Set(positions).size).toBe(1);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('│ naive');
  });

  it('does not name a baseline where nothing was compared', () => {
    const floor = row({});
    delete floor.reference;
    expect(renderBars([floor], 'champion')).not.toContain('champion');
    expect(bar({})).toContain('│');
  });
});

describe('placeInterval', () => {
  const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

  it('shows all of every row, in order, on the right side of the limit', () => {
    fc.assert(
      fc.property(fc.tuple(finite, finite, finite), finite, fc.boolean(), (values, limit, higher) => {
        const [low = 0, point = 0, high = 0] = values.toSorted((a, b) => a - b);
        const placed = placeInterval(
          row({ low, point, high, limit, reference: 0, better: higher ? 'higher' : 'lower' }),
        );
        const shown = [placed.low, placed.point, placed.high];
        expect(shown.every((share) => share >= 0 && share <= 1)).toBe(true);
        expect(placed.low).toBeLessThanOrEqual(placed.point);
        expect(placed.point).toBeLessThanOrEqual(placed.high);
        const beyond = higher ? point - limit : limit - point;
        expect(Math.sign(placed.point - LIMIT_AT) * Math.sign(beyond)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
