import { describe, expect, it } from 'vitest';
import { checkAgreement } from '../../../../src/shadow/checks/agreement.ts';
import { checkCoverage } from '../../../../src/shadow/checks/coverage.ts';
import { checkErrors } from '../../../../src/shadow/checks/errors.ts';
import { checkSliceErrors } from '../../../../src/shadow/checks/slice-errors.ts';
import type { Coverage, FailurePairs, ShadowFacts, SliceFailures } from '../../../../src/shadow/facts.ts';
import { resultsOf, saidBy, shadowFacts, shadowSettings } from '../../../support/shadow-facts.ts';

describe('coverage', () => {
  const covered = (more: Partial<Coverage>): ShadowFacts =>
    shadowFacts({ coverage: { both: 8000, championOnly: 0, challengerOnly: 0, neither: 0, ...more } });

  it.each<[string, Partial<Coverage>, string]>([
    ['every request in both', {}, 'gate pass: within-limit'],
    ['few in one only', { both: 7980, championOnly: 20 }, 'gate pass: within-limit'],
    ['about as many in one only as are allowed', { both: 7920, championOnly: 80 }, 'gate hold: not-proved'],
    ['many in one only', { both: 7600, championOnly: 400 }, 'gate fail: above-max'],
    ['many in the challenger only', { both: 7600, challengerOnly: 400 }, 'gate fail: above-max'],
    ['too few to tell', { both: 300 }, 'gate hold: not-proved'],
    ['none in both', { both: 0, championOnly: 8000 }, 'gate fail: above-max'],
    ['none in any', { both: 0, neither: 8000 }, 'gate hold: no-requests'],
  ])('%s', (_, more, said) => {
    expect(saidBy(checkCoverage, covered(more))['coverage.unmatched']).toBe(said);
  });

  it('says nothing where no row counts, and tells of requests that neither answered', () => {
    expect(saidBy(checkCoverage, shadowFacts({ window: undefined }))).toEqual({});
    expect(saidBy(checkCoverage, covered({ neither: 3 }))['coverage.neither']).toBe('inform pass: shown');
  });

  it('reads as a sentence', () => {
    expect(
      resultsOf(checkCoverage, covered({ both: 7600, championOnly: 400 }))['coverage.unmatched']?.message,
    ).toMatch(
      /^The log has an answer or an error of one model only \(champion 400, challenger 0\) for 5 % of 8,000 requests \(between 4\.\d+ % and 5\.\d+ % with 90 % confidence\); the limit is 1 %: proved to be above it\.$/,
    );
  });
});

describe('disagreement', () => {
  const differing = (up: number, down: number, n = 8000): ShadowFacts =>
    shadowFacts({ agreement: { ...shadowFacts().agreement, n, flips: { up, down } } });

  it.each<[string, ShadowFacts, Record<string, string>]>([
    ['little', differing(80, 80), { 'agreement.disagreement': 'gate pass: within-limit' }],
    ['about the limit', differing(1200, 1200), { 'agreement.disagreement': 'gate hold: not-proved' }],
    [
      'more than the limit, one way',
      differing(3000, 0),
      { 'agreement.disagreement': 'gate fail: above-max' },
    ],
    ['too few requests', differing(0, 0, 8), { 'agreement.disagreement': 'gate hold: not-proved' }],
    ['no request that both answered', differing(0, 0, 0), {}],
    [
      'nobody said what it is',
      shadowFacts({
        task: 'regression',
        threshold: undefined,
        agreement: { ...shadowFacts().agreement, flips: undefined },
      }),
      { 'agreement.disagreement': 'inform pass: no-tolerance' },
    ],
  ])('%s', (_, facts, said) => {
    expect(saidBy(checkAgreement, facts)).toEqual(said);
  });
});

describe('failures', () => {
  const failing = (more: Partial<FailurePairs>): ShadowFacts =>
    shadowFacts({ failures: { both: 0, championOnly: 0, challengerOnly: 0, neither: 8000, ...more } });

  it.each<[string, Partial<FailurePairs>, string]>([
    ['none', {}, 'gate pass: within-margin'],
    ['of the champion alone', { championOnly: 800 }, 'gate pass: within-margin'],
    ['of both on the same requests', { both: 4000 }, 'gate pass: within-margin'],
    ['about as many more as are allowed', { challengerOnly: 80 }, 'gate hold: not-proved'],
    ['of the challenger', { challengerOnly: 400 }, 'gate fail: beyond-margin'],
    ['of few requests', { neither: 200 }, 'gate hold: not-proved'],
    [
      'of each model on its own requests, which cancel, but leave doubt',
      { neither: 2000, championOnly: 200, challengerOnly: 200 },
      'gate hold: not-proved',
    ],
  ])('%s', (_, more, said) => {
    expect(saidBy(checkErrors, failing(more))['errors.increase']).toBe(said);
  });

  it.each([
    [0.1, 'gate pass: within-limit'],
    [0.05, 'gate hold: not-proved'],
    [0.02, 'gate fail: above-max'],
  ])('against a ceiling of %s', (max, said) => {
    const facts = failing({ both: 300, challengerOnly: 100, neither: 7600 });
    expect(
      saidBy(checkErrors, facts, shadowSettings({ errors: { max, maxIncrease: 1 } }))['errors.rate'],
    ).toBe(said);
  });

  it('are nothing where no request reached both', () => {
    expect(saidBy(checkErrors, failing({ neither: 0 }))).toEqual({});
  });

  it('are told by kind, and by what was odd in the features', () => {
    const outcomes = {
      scored: 7990,
      errors: [
        { kind: 'timeout', rows: 4 },
        { kind: 'a\nb', rows: 2 },
      ],
      otherErrors: 1,
      notANumber: 2,
      silent: 1,
    };
    const peculiar = [
      { kind: 'NaN', rows: 1, champion: { answered: 0, failed: 1 }, challenger: { answered: 1, failed: 0 } },
    ] as const;
    const results = resultsOf(
      checkErrors,
      shadowFacts({
        outcomes: {
          champion: outcomes,
          challenger: { ...outcomes, errors: [], otherErrors: 0, notANumber: 0, silent: 0 },
        },
        peculiar,
      }),
    );
    expect(results['errors.kinds.champion']?.message).toBe(
      'The champion failed on 10 requests: "timeout" 4, "a\\nb" 2, of other kinds 1, NaN, infinite or no probability 2, neither score nor error 1.',
    );
    expect(results['errors.kinds.challenger']).toBeUndefined();
    expect(results['errors.features.nan']?.message).toBe(
      '1 request has a NaN feature: the champion answered 0 and failed on 1, the challenger answered 1 and failed on 0.',
    );
  });
});

describe('failures on slices', () => {
  const large: SliceFailures = { slice: 'job = admin', n: 7000, championOnly: 0, challengerOnly: 0 };
  const beside = (slice: Partial<SliceFailures>): ShadowFacts =>
    shadowFacts({
      sliceFailures: [
        large,
        { slice: 'job = student', n: 100, championOnly: 0, challengerOnly: 0, ...slice },
      ],
    });
  const FAIL = { 'slices.errors.job = student': 'gate fail: harm-proved' };

  it.each<[string, Partial<SliceFailures>, Record<string, string>]>([
    ['none', {}, {}],
    ['on all of a small slice', { challengerOnly: 100 }, FAIL],
    ['on a third of it', { challengerOnly: 33 }, FAIL],
    ['on a few, which chance explains', { challengerOnly: 3 }, {}],
    ['of both models alike', { championOnly: 50, challengerOnly: 50 }, {}],
    ['of the champion', { championOnly: 100 }, {}],
    ['on a slice that is too small', { n: 49, challengerOnly: 49 }, {}],
  ])('%s', (_, slice, said) => {
    expect(saidBy(checkSliceErrors, beside(slice))).toEqual(said);
  });

  it('must be proved among many slices', () => {
    const slice = { n: 200, championOnly: 0, challengerOnly: 16 };
    const alone = shadowFacts({ sliceFailures: [{ slice: 'a', ...slice }] });
    expect(saidBy(checkSliceErrors, alone)).toEqual({ 'slices.errors.a': 'gate fail: harm-proved' });
    const others = Array.from({ length: 400 }, (_, i) => ({ ...large, slice: `b${i}`, n: 200 }));
    const among = shadowFacts({ sliceFailures: [...others, { slice: 'a', ...slice }] });
    expect(saidBy(checkSliceErrors, among)).toEqual({});
  });
});
