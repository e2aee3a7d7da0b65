import { describe, expect, it } from 'vitest';
import { checkLatency } from '../../../../src/shadow/checks/latency.ts';
import type { LatencyFacts } from '../../../../src/shadow/facts.ts';
import type { ShadowSettings } from '../../../../src/shadow/settings.ts';
import { latency, resultsOf, saidBy, shadowFacts, shadowSettings } from '../../../support/shadow-facts.ts';

const said = (limits: ShadowSettings['latency'], facts: LatencyFacts | undefined = latency()) =>
  saidBy(checkLatency, shadowFacts({ latency: facts }), shadowSettings({ latency: limits }));

/** No interval: too few requests. */
const FEW = latency({
  n: 5,
  challenger: latency().challenger.map((own) => ({ ...own, interval: undefined })),
  ratio: { value: 1.2, interval: undefined },
});

describe('latency', () => {
  it('is shown without limits', () => {
    expect(Object.values(said({}))).toEqual(Array(4).fill('inform pass: shown'));
  });

  it.each<[string, ShadowSettings['latency'], LatencyFacts, string, string]>([
    ['p50 within', { p50: 20 }, latency(), 'latency.p50', 'gate pass: within-limit'],
    ['p50 on the edge', { p50: 18.5 }, latency(), 'latency.p50', 'gate hold: not-proved'],
    ['p50 beyond', { p50: 16 }, latency(), 'latency.p50', 'gate fail: above-max'],
    ['p95 beyond', { p95: 16 }, latency(), 'latency.p95', 'gate fail: above-max'],
    ['p99 within', { p99: 30 }, latency(), 'latency.p99', 'gate pass: within-limit'],
    ['p99 of too few', { p99: 30 }, FEW, 'latency.p99', 'gate hold: not-proved'],
    ['the ratio within', { maxRatio: 1.4 }, latency(), 'latency.p95_ratio', 'gate pass: within-limit'],
    ['the ratio on the edge', { maxRatio: 1.25 }, latency(), 'latency.p95_ratio', 'gate hold: not-proved'],
    ['the ratio beyond', { maxRatio: 1 }, latency(), 'latency.p95_ratio', 'gate fail: above-max'],
    ['the ratio of too few', { maxRatio: 2 }, FEW, 'latency.p95_ratio', 'gate hold: not-proved'],
  ])('%s', (_, ...[limits, facts, id, outcome]) => {
    expect(said(limits, facts)[id]).toBe(outcome);
  });

  it('that was not logged breaks a limit, and is nothing without one', () => {
    const none = (limits: ShadowSettings['latency']) =>
      saidBy(checkLatency, shadowFacts({ latency: undefined }), shadowSettings({ latency: limits }));
    expect(none({ maxRatio: 2 })).toEqual({ latency: 'gate error: not-logged' });
    expect(none({})).toEqual({});
  });

  it('without a bound, because requests have no time, holds and says so', () => {
    const [, p95] = latency().challenger;
    const forEver = latency({
      untimed: 90,
      challenger: [{ share: 0.95, value: 23, interval: { low: 20, high: Number.POSITIVE_INFINITY } }],
      champion: [p95 ?? { share: 0.95, value: 1, interval: undefined }],
      ratio: { value: 1.2, interval: { low: 1, high: Number.POSITIVE_INFINITY } },
    });
    const results = resultsOf(
      checkLatency,
      shadowFacts({ latency: forEver }),
      shadowSettings({ latency: { p95: 100, maxRatio: 2 } }),
    );
    expect(results['latency.p95']).toMatchObject({ role: 'gate', outcome: 'hold' });
    expect(results['latency.p95']?.message).toContain('without a bound, because of requests without a time');
    expect(results['latency.p95_ratio']).toMatchObject({ role: 'gate', outcome: 'hold' });
    expect(results['latency.p95_ratio']).not.toHaveProperty('interval');
    expect(results['latency.untimed']).toMatchObject({ role: 'inform', outcome: 'hold', measured: 90 });
  });

  it('of 0 has no ratio, and does not read as NaN', () => {
    const zero = latency({
      ratio: { value: Number.NaN, interval: { low: 0, high: Number.POSITIVE_INFINITY } },
    });
    const results = resultsOf(
      checkLatency,
      shadowFacts({ latency: zero }),
      shadowSettings({ latency: { maxRatio: 2 } }),
    );
    expect(results['latency.p95_ratio']).toMatchObject({ outcome: 'hold' });
    expect(results['latency.p95_ratio']?.message).toContain('cannot be divided');
  });
});
