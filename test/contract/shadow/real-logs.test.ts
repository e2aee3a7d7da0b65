import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LoadedShadow } from '../../../src/app/shadow/load-shadow.ts';
import type { DriftFinding, LatencyQuantile, MaturedRows } from '../../../src/shadow/facts.ts';
import { computeMetric } from '../../../src/stats/compute-metric.ts';
import { factsOf, lookAt, type Scene, type SceneWish } from '../../support/shadow-scene.ts';

const FIXTURES = 'test/fixtures';

function json(path: string) {
  return JSON.parse(readFileSync(`${FIXTURES}/${path}`, 'utf8'));
}

/** By numpy, SciPy and scikit-learn, without SQL: test/fixtures/shadow/make_shadow.py. */
const EXPECTED = json('shadow/shadow.json');
/** By numpy and SciPy: test/fixtures/stats/make_drift.py. */
const DRIFT = json('stats/drift.json').real as {
  data: string;
  name: string;
  bins: number;
  half: { psi: number };
  noiseFloor: number;
}[];

function wishOf(name: 'bank' | 'bike'): SceneWish {
  return {
    model: name,
    log: `${FIXTURES}/${name}/shadow.jsonl.gz`,
    labels: [`${FIXTURES}/${name}/labels_late.csv`],
    reference: `${FIXTURES}/${name}/train_reference.csv`,
    referenceAsked: true,
    ...(name === 'bank'
      ? { slices: { wanted: [{ column: 'job' }, { column: 'age', edges: [30, 45, 60] }], asked: true } }
      : {}),
  };
}

describe.each(['bank', 'bike'] as const)('the real log of %s, against values by Python', (name) => {
  const expected = EXPECTED[name];
  let facts: LoadedShadow['facts'];
  let rows: MaturedRows;
  beforeAll(async () => {
    ({ facts } = await factsOf(wishOf(name)));
    if (!facts.matured.known) throw new Error(facts.matured.why);
    rows = facts.matured.value;
  });

  it('counts the same requests, and leaves none out', () => {
    expect(facts.log).toMatchObject({
      rows: expected.rows,
      rejected: { count: 0 },
      malformed: [],
      withoutId: 0,
      withoutTime: 0,
      fromFuture: 0,
      outsideWindow: 0,
      withoutVersion: 0,
      duplicates: { rows: 0, differing: 0 },
      otherVersions: { rows: 0 },
      swapped: 0,
    });
    expect(facts.coverage).toEqual({
      both: expected.rows,
      championOnly: 0,
      challengerOnly: 0,
      neither: 0,
    });
    expect([facts.window?.from, facts.window?.to]).toEqual(expected.window);
    expect(facts.scored.n).toBe(expected.scored);
  });

  it('counts the same failures by kind', () => {
    expect(facts.failures).toEqual({ ...expected.failures, neither: expected.scored });
    for (const side of ['champion', 'challenger'] as const) {
      const { errors, otherErrors } = facts.outcomes[side];
      expect(otherErrors).toBe(0);
      expect(Object.fromEntries(errors.map(({ kind, rows }) => [kind, rows]))).toEqual(expected.errors[side]);
    }
  });

  it('counts the same rows with missing and NaN features, and who answered them', () => {
    const found = facts.peculiar.map(({ kind, rows, champion, challenger }) => [
      kind,
      { rows, champion: champion.answered, challenger: challenger.answered },
    ]);
    expect(Object.fromEntries(found)).toEqual(expected.peculiar);
  });

  it('joins the same labels: the latest wins; repeats, corrections and unknown ids are counted', () => {
    const { absent, beforeRequest, byDecision: _, ...labels } = facts.labels;
    expect([absent, beforeRequest]).toEqual([false, 0]);
    expect(labels).toEqual(expected.labels);
    expect(rows.n).toBe(expected.pairs.matured);
  });

  it('measures the same metrics on the same rows', () => {
    const { z: _z, maeInterval95: _i, ...metrics } = expected.quality;
    for (const [key, pair] of Object.entries<[number, number]>(metrics)) {
      expect(computeMetric(key as 'mae', rows.champion), `${key} of the champion`).toBeCloseTo(pair[0], 10);
      expect(computeMetric(key as 'mae', rows.challenger), `${key} of the challenger`).toBeCloseTo(
        pair[1],
        10,
      );
    }
  });

  it('sees the same differences', () => {
    const { difference, flips, largest } = facts.agreement;
    expect(difference.mean).toBeCloseTo(expected.difference.mean, 9);
    for (const [index, value] of expected.difference.quantiles.entries())
      expect(difference.quantiles[index]?.value).toBeCloseTo(value, 9);
    expect(largest.map(({ id }) => id)).toEqual(expected.largest);
    expect(flips && [flips.up, flips.down]).toEqual(expected.flips ?? undefined);
  });

  it('gives the same quantiles of the latencies, within their intervals', () => {
    const { latency } = facts;
    if (latency === undefined) throw new Error('no latency');
    expect([latency.n, latency.untimed]).toEqual([expected.latency.champion.n, 0]);
    for (const side of ['champion', 'challenger'] as const) {
      const seen: readonly LatencyQuantile[] = latency[side];
      expect(seen.map(({ value }) => value)).toEqual(expected.latency[side].quantiles);
      for (const { value, interval } of seen) {
        expect(interval?.low).toBeLessThanOrEqual(value);
        expect(interval?.high).toBeGreaterThanOrEqual(value);
      }
    }
  });

  it('measures the same drift from the training reference', () => {
    const own = DRIFT.filter(({ data }) => data === name);
    expect(own.length).toBeGreaterThan(9);
    const findings = new Map(
      facts.drift.findings
        .filter(({ against }) => against === 'reference')
        .map((finding): [string, DriftFinding] => [finding.name, finding]),
    );
    for (const { name: feature, half, noiseFloor, bins } of own) {
      const found = findings.get(feature)?.result;
      expect(found?.psi, feature).toBeCloseTo(half.psi, 9);
      expect(found?.noiseFloor, feature).toBeCloseTo(noiseFloor, 9);
      expect(found?.bins, feature).toBe(bins);
    }
    expect(findings.size).toBe(own.length);
    expect(facts.drift.unmeasured).toEqual([]);
  });
});

describe('the slices of the bank log', () => {
  it('hold the same rows with the same AUC', async () => {
    const { verdict } = await lookAt(wishOf('bank'));
    const bands = ['age < 30', 'age 30 to < 45', 'age 45 to < 60', 'age ≥ 60'];
    const name = (column: string, value: string | number): string =>
      typeof value === 'number' ? (bands[value] ?? '') : `${column} = ${value}`;
    for (const [column, slices] of Object.entries<{ value: string | number; n: number; roc_auc: number[] }[]>(
      EXPECTED.bank.slices,
    )) {
      for (const { value, n, roc_auc } of slices) {
        const found = verdict.checks.find(({ id }) => id === `slices.roc_auc.${name(column, value)}`);
        expect(found?.n, String(value)).toBe(n);
        expect(found?.baseline).toBeCloseTo(roc_auc[0] ?? 0, 10);
        expect(found?.measured).toBeCloseTo(roc_auc[1] ?? 0, 10);
      }
    }
  });
});

describe('the verdict on the real logs', () => {
  it('passes the bank’s challenger: every pair counts once the wait for labels is over', async () => {
    const scene = await lookAt({ ...wishOf('bank'), maturedAfter: 0 });
    expect([scene.verdict.outcome, scene.trouble]).toEqual(['pass', []]);
    const auc = scene.of('champion.roc_auc');
    expect(auc?.n).toBe(19_115);
    expect(auc?.baseline).toBeCloseTo(0.76903, 5);
    expect(auc?.measured).toBeCloseTo(0.79993, 5);
    const { roc_auc: both, z } = EXPECTED.bank.qualityOfAll;
    expect(auc?.measured).toBeCloseTo(both[1], 10);
    expectAroundByError(auc, (both[1] - both[0]) / z, { n: 19_115, planned: 10_000 });
  });

  it('passes the bike’s challenger', async () => {
    const scene: Scene = await lookAt(wishOf('bike'));
    expect([scene.verdict.outcome, scene.trouble]).toEqual(['pass', []]);
    const mae = scene.of('champion.mae');
    expect(mae?.n).toBe(8558);
    expect(mae?.baseline).toBeCloseTo(93.72, 2);
    expect(mae?.measured).toBeCloseTo(90.19, 2);
    const [low, high] = mae?.interval ?? [0, 0];
    const [lowest, highest] = EXPECTED.bike.quality.maeInterval95;
    expect(low).toBeLessThan(lowest);
    expect(high).toBeGreaterThan(highest);
    expect(high).toBeLessThan(0);
  });
});

/** The half-width of an interval for every look, in standard errors by another hand: more than one look takes, less than four times as much. */
function expectAroundByError(
  check: { difference?: number | undefined; interval?: readonly number[] | undefined } | undefined,
  error: number,
  { n, planned }: { n: number; planned: number },
): void {
  const time = (7 * n) / planned;
  const multiplier = Math.sqrt(((2 * (time + 1)) / time) * Math.log1p(Math.sqrt(time + 1) / (2 * 0.045)));
  const [low = Number.NaN, high = Number.NaN] = check?.interval ?? [];
  expect((high - low) / 2 / error).toBeGreaterThan(0.97 * multiplier);
  expect((high - low) / 2 / error).toBeLessThan(1.03 * multiplier);
}
