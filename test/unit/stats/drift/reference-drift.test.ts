import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../../src/core/table.ts';
import { adjustAcrossFeatures } from '../../../../src/stats/drift/adjust-across-features.ts';
import { countBins } from '../../../../src/stats/drift/bin-counts.ts';
import type { DriftResult } from '../../../../src/stats/drift/drift-result.ts';
import { measureDriftFromCounts } from '../../../../src/stats/drift/measure-drift-from-counts.ts';
import { measureDrift } from '../../../../src/stats/drift/measure-drift.ts';
import { planNumbers, planTexts } from '../../../../src/stats/drift/plan-column.ts';
import { sortFinite, type SortedValues } from '../../../../src/stats/drift/sorted-values.ts';
import reference from '../../../fixtures/stats/drift.json' with { type: 'json' };
import logs from '../../../fixtures/stats/drift_shadow.json' with { type: 'json' };
import { draw, expanded, numbers, texts, type Condensed, type Drawing } from './columns.ts';

interface Case {
  name: string;
  reference: Column;
  current: Column;
  expected: (typeof reference.real)[number] | (typeof reference.drawn)[number];
}

const tables = { bank: tableOf('bank'), bike: tableOf('bike') };

const cases: Case[] = [
  ...reference.real.map((entry): Case => {
    const data = entry.data as 'bank' | 'bike';
    const log = (logs[data] as unknown as Record<string, Condensed>)[entry.name] as Condensed;
    const cells = tables[data].get(entry.name) ?? [];
    const column = log.type === 'string' ? texts(cells) : numbers(cells.map(Number));
    return { name: `${data} ${entry.name}`, reference: column, current: expanded(log), expected: entry };
  }),
  ...reference.drawn.map((entry): Case => {
    const [before, after] = [entry.reference as Drawing, entry.current as Drawing];
    return {
      name: entry.name,
      reference: numbers(draw(before)),
      current: numbers(draw(after)),
      expected: entry,
    };
  }),
];

function tableOf(data: string): Map<string, string[]> {
  const url = new URL(`../../../fixtures/${data}/train_reference.csv`, import.meta.url);
  const [header = '', ...lines] = readFileSync(url, 'utf8').trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(','));
  return new Map(header.split(',').map((name, column) => [name, rows.map((row) => row[column] ?? '')]));
}

/** Equal within 1e-9 of the value; two numbers that are 0 but for rounding are equal. */
function expectClose(measured: number | undefined, expected: number | null | undefined): void {
  if (expected === null || expected === undefined) expect(measured).toBeUndefined();
  else expect(Math.abs((measured ?? NaN) - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected) + 1e-15);
}

function expectEqual(measured: DriftResult, expected: Case['expected'], smoothing: 'half' | 'floor'): void {
  expect(measured.kind).toBe(expected.kind);
  expect(measured.bins).toBe(expected.bins);
  for (const key of ['psi', 'kl'] as const) expectClose(measured[key], expected[smoothing][key]);
  expectClose(measured.noiseFloor, expected.noiseFloor);
  expectClose(measured.js, expected.js);
  expectClose(measured.chiSquare?.statistic, expected.chiSquare?.statistic);
  expectClose(measured.chiSquare?.p, expected.chiSquare?.p);
  expectClose(measured.chiSquare?.v, expected.chiSquare?.v);
  expect(measured.chiSquare?.df).toBe(expected.chiSquare?.df);
}

describe('drift equals that of SciPy', () => {
  it.each(cases)('$name: counts', ({ reference, current, expected }) => {
    const plan =
      reference.type === 'string' ? planTexts(reference) : planNumbers(sortFinite(reference.values));
    const flat = [reference, current].map((column) => {
      const { bins, nonFinite, missing, unseen } = countBins(plan, column);
      return [...Array.from(bins), nonFinite, missing, unseen];
    });
    expect(flat).toEqual(expected.counts);
  });

  it.each(cases)('$name: bins, with both smoothings', ({ reference, current, expected }) => {
    expectEqual(measureDrift(reference, current), expected, 'half');
    expectEqual(measureDrift(reference, current, { smoothing: 'floor' }), expected, 'floor');
  });

  it.each(cases.filter(({ expected }) => 'ks' in expected))(
    '$name: distances',
    ({ reference, current, expected }) => {
      if (!('ks' in expected) || expected.ks === undefined) return expect.unreachable();
      const { ks, wasserstein } = measureDrift(reference, current);
      expectClose(ks?.d, expected.ks.d);
      expectClose(ks?.p, expected.ks.p);
      expect(ks?.method).toBe(expected.ks.method);
      expectClose(wasserstein?.raw, expected.wasserstein?.raw);
      expectClose(wasserstein?.normalised, expected.wasserstein?.normalised);
    },
  );
});

describe('what a query hands over: counts a bin, and value counts for the distances', () => {
  const distinct = (column: Column): SortedValues | undefined => {
    if (column.type === 'string') return undefined;
    const counts = new Map<number, number>();
    for (const value of sortFinite(column.values).values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return { values: Float64Array.from(counts.keys()), counts: [...counts.values()] };
  };

  it.each(cases)('$name: the same as from the columns', ({ reference, current }) => {
    const sorted = { reference: distinct(reference), current: distinct(current) };
    const plan =
      reference.type === 'string' ? planTexts(reference) : planNumbers(sorted.reference as SortedValues);
    const { wasserstein, ...measured } = measureDriftFromCounts({
      plan,
      reference: { counts: countBins(plan, reference), sorted: sorted.reference },
      current: { counts: countBins(plan, current), sorted: sorted.current },
    });
    const { wasserstein: direct, ...others } = measureDrift(reference, current);
    expect(measured).toEqual(others);
    expectClose(wasserstein?.raw, direct?.raw);
    expectClose(wasserstein?.normalised, direct?.normalised);
  });
});

describe('the real shadow logs', () => {
  const measured = (data: string): Record<string, DriftResult> =>
    Object.fromEntries(
      cases
        .filter(({ expected }) => 'data' in expected && expected.data === data)
        .map(({ reference, current, expected }) => [expected.name, measureDrift(reference, current)]),
    );

  it.each(['bank', 'bike'])('%s: no feature’s PSI comes near 0.1', (data) => {
    const judgements = Object.values(measured(data)).map(({ judgement }) => judgement);
    expect(new Set(judgements)).toEqual(new Set(['stable']));
  });

  it('bike: the p-values show that the weather of 2012 was another, adjusted for 11 features', () => {
    const features = measured('bike');
    const adjusted = adjustAcrossFeatures(Object.values(features));
    const found = Object.keys(features).filter((_, i) => (adjusted[i] ?? NaN) <= 0.05);
    expect(found).toEqual(['weathersit', 'temp', 'atemp', 'hum', 'windspeed']);
  });
});
