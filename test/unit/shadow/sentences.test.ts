import { describe, expect, it } from 'vitest';
import { formatShare } from '../../../src/shadow/format-share.ts';
import { formatSpan } from '../../../src/shadow/format-span.ts';
import { moreLabels } from '../../../src/shadow/more-labels.ts';
import { sliceName } from '../../../src/shadow/slice-name.ts';
import { shadowFacts } from '../../support/shadow-facts.ts';

describe('shares', () => {
  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.5, '50 %'],
    [0.123_45, '12.3 %'],
    [0.004_21, '0.42 %'],
    [0.000_02, '0.002 %'],
    [0.999_98, '99.998 %'],
    [1e-9, '< 0.000001 %'],
    [1 - 1e-9, '> 99.999999 %'],
  ])('%s is %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });
});

describe('spans', () => {
  it.each([
    [0, '0 seconds'],
    [1000, '1 second'],
    [90_000, '90 seconds'],
    [3_600_000, '60 minutes'],
    [86_400_000, '24 hours'],
    [3.25 * 86_400_000, '3.3 days'],
    [40 * 86_400_000, '40 days'],
  ])('%s ms is %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});

describe('what would settle a hold', () => {
  it('is told in labelled requests, and in time at the rate so far', () => {
    expect(moreLabels(4900, 2000, shadowFacts())).toBe(
      'Let the shadow run on: ≈ 2,900 more labelled requests, about 13 days at this rate, would probably settle it.',
    );
  });

  it('has no rate without a window', () => {
    const facts = shadowFacts({ window: undefined });
    expect(moreLabels(2001, 2000, facts)).toBe(
      'Let the shadow run on: ≈ 1 more labelled request would probably settle it.',
    );
  });
});

it('names slices, and cuts what is long', () => {
  expect(sliceName({ name: 'job', bands: false }, 'student')).toBe('job = student');
  expect(sliceName({ name: 'age', bands: true }, '< 30')).toBe('age < 30');
  expect(sliceName({ name: 'job', bands: false }, 'x'.repeat(500))).toHaveLength(200);
});
