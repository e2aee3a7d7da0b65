import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../src/core/check.ts';
import {
  formatCount,
  formatDifference,
  formatInterval,
  formatLimit,
  formatMagnitude,
  formatValue,
  formatValueBeside,
} from '../../../src/core/format-number.ts';

describe('formatValue', () => {
  it.each<[number, Unit | undefined, string]>([
    [0.792986, 'share', '0.7930'],
    [0, 'share', '0.0000'],
    [1, 'share', '1.0000'],
    [0.00001234, 'share', '0.000012'],
    [-0.25, 'share', '−0.2500'],
    [0.284975, 'nats', '0.2850'],
    [20.63275, 'label', '20.63'],
    [120.31095, 'label', '120.3'],
    [1234567.8, 'label', '1,234,568'],
    [0.943184, 'score', '0.9432'],
    [0.943184, undefined, '0.9432'],
    [0.0137, 'ms', '0.0137 ms'],
    [5.2, 'ms', '5.20 ms'],
    [1234, 'ms', '1,234 ms'],
    [82793, 'bytes', '80.9 KiB'],
    [1023, 'bytes', '1,023 B'],
    [101082726, 'bytes', '96.4 MiB'],
    [0, 'bytes', '0 B'],
    [5000, 'rows', '5,000 rows'],
    [1.0538, 'ratio', '1.05×'],
    [250000, 'rows/s', '250,000 rows/s'],
    [1e21, 'label', '1.000e+21'],
    [1e-9, 'share', '1e−9'],
  ])('%d %s is %s', (value, unit, expected) => {
    expect(formatValue(value, { unit })).toBe(expected);
  });

  it('keeps the decimals of the largest number of a row', () => {
    const style = { unit: 'label', scale: 120.31 } as const;
    expect([120.31, 40.8645].map((value) => formatValue(value, style))).toEqual(['120.3', '40.9']);
  });
});

describe('formatDifference', () => {
  it.each<[number, Unit, string]>([
    [0.031558, 'share', '+3.16 points'],
    [-0.00338, 'share', '−0.34 points'],
    [0, 'share', '0.00 points'],
    [-0.0126, 'nats', '−0.0126'],
    [-20.2318, 'label', '−20.23'],
    [0.0014, 'ms', '+0.0014 ms'],
    [2048, 'bytes', '+2.00 KiB'],
  ])('%d %s is %s', (value, unit, expected) => {
    expect(formatDifference(value, { unit })).toBe(expected);
  });

  it('leaves the unit of its row where next to nothing would be left in it', () => {
    expect(formatDifference(8, { unit: 'bytes', scale: 1860 })).toBe('+8 B');
    expect(formatDifference(80_900, { unit: 'bytes', scale: 82_793 })).toBe('+79.0 KiB');
  });

  it('agrees with the difference of the printed values for shares', () => {
    expect(Number('0.7930') - Number('0.7614')).toBeCloseTo(0.0316, 10);
    expect(formatMagnitude(-0.0316, { unit: 'share' })).toBe('3.16 points');
  });
});

describe('formatInterval', () => {
  it.each<[readonly [number, number], Unit, boolean, string]>([
    [[0.020714, 0.042401], 'share', true, '[+2.07, +4.24]'],
    [[-0.0035, 0], 'share', true, '[−0.35, 0.00]'],
    [[0.775126, 0.810847], 'share', false, '[0.7751, 0.8108]'],
    [[-21.777, -18.686], 'label', true, '[−21.78, −18.69]'],
    [[1024, 2048], 'bytes', false, '[1.00 KiB, 2.00 KiB]'],
  ])('%j %s signed %s is %s', (...[interval, unit, signed, expected]) => {
    expect(formatInterval(interval, { unit, signed })).toBe(expected);
  });
});

describe('limits and values beside them', () => {
  it.each<[number, Unit, string]>([
    [5, 'ms', '5 ms'],
    [2.5, 'ms', '2.5 ms'],
    [100, 'ms', '100 ms'],
    [52428800, 'bytes', '50 MiB'],
    [536870912, 'bytes', '512 MiB'],
    [0.75, 'share', '0.7500'],
    [1000, 'rows', '1,000 rows'],
  ])('the limit %d %s is %s', (limit, unit, expected) => {
    expect(formatLimit(limit, { unit })).toBe(expected);
  });

  it('tells a value from the limit it misses by little', () => {
    expect(formatValueBeside(0.74998, 0.75, { unit: 'share' })).toBe('0.74998');
    expect(formatValueBeside(0.75, 0.75, { unit: 'share' })).toBe('0.7500');
    expect(formatValueBeside(0.7, 0.75, { unit: 'share' })).toBe('0.7000');
  });

  it('counts with separators', () => {
    expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
  });
});
