import { known } from '../../src/core/fact.ts';
import type { CheckResult } from '../../src/core/check.ts';
import type { NumberColumn } from '../../src/core/table.ts';
import type { Sample } from '../../src/core/task.ts';
import type { ShadowCheck } from '../../src/shadow/checks/shadow-check.ts';
import type {
  DriftFinding,
  LatencyFacts,
  MaturedRows,
  ShadowFacts,
  SliceCodes,
} from '../../src/shadow/facts.ts';
import { DEFAULT_SHADOW_SETTINGS, type ShadowSettings } from '../../src/shadow/settings.ts';
import { measureDrift } from '../../src/stats/drift/measure-drift.ts';

const DAY = 86_400_000;
/** Midnight of the first day; the window lasts ten days. */
export const FIRST_DAY = Date.parse('2026-01-01T00:00:00Z');

/** Facts of 8,000 requests on which both models answered and everything is in order; labels are added where a test needs them. */
export function shadowFacts(more: Partial<ShadowFacts> = {}): ShadowFacts {
  const silent = { errors: [], otherErrors: 0, notANumber: 0, silent: 0 };
  return {
    model: 'bank',
    task: 'binary-classification',
    threshold: 0.5,
    releases: { champion: { name: '1.0.0' }, challenger: { name: '2.0.0' } },
    binding: 'versions',
    log: {
      files: [],
      labelFiles: [],
      rows: 8000,
      rejected: { count: 0 },
      malformed: [],
      withoutId: 0,
      withoutTime: 0,
      fromFuture: 0,
      outsideWindow: 0,
      withoutVersion: 0,
      duplicates: { rows: 0, differing: 0 },
      otherVersions: { rows: 0, names: [] },
      swapped: 0,
    },
    window: { from: FIRST_DAY, to: FIRST_DAY + 10 * DAY },
    coverage: { both: 8000, championOnly: 0, challengerOnly: 0, neither: 0 },
    outcomes: { champion: { scored: 8000, ...silent }, challenger: { scored: 8000, ...silent } },
    failures: { both: 0, championOnly: 0, challengerOnly: 0, neither: 8000 },
    sliceFailures: [],
    labels: {
      absent: false,
      inLog: 8000,
      inFiles: 0,
      repeats: 0,
      corrections: 0,
      unknownIds: 0,
      beforeRequest: 0,
      delayP95Ms: DAY,
      maturedUntil: FIRST_DAY + 9 * DAY,
      matured: 8000,
      missing: 0,
      immature: 0,
      waiting: 0,
      unscored: 0,
      byDecision: { positive: { rows: 4000, missing: 0 }, negative: { rows: 4000, missing: 0 } },
    },
    agreement: {
      n: 8000,
      flips: { up: 80, down: 80 },
      difference: { mean: 0, quantiles: [] },
      largest: [],
      slices: [],
    },
    scored: { n: 0, champion: new Float64Array(), challenger: new Float64Array(), slices: [] },
    matured: known(pairedRows()),
    latency: latency(),
    peculiar: [],
    drift: { findings: [], noReference: undefined, unmeasured: [], absent: [] },
    promised: undefined,
    overTime: [],
    ...more,
  };
}

/** Settings without metrics, unless a test says otherwise. */
export function shadowSettings(more: Partial<ShadowSettings> = {}): ShadowSettings {
  return { ...DEFAULT_SHADOW_SETTINGS, ...more };
}

/** Log facts and label facts with other counts. */
export function logged(more: Partial<ShadowFacts['log']>): ShadowFacts {
  const facts = shadowFacts();
  return { ...facts, log: { ...facts.log, ...more } };
}

export function labelled(more: Partial<ShadowFacts['labels']>): ShadowFacts {
  const facts = shadowFacts();
  return { ...facts, labels: { ...facts.labels, ...more } };
}

/** What a check says, by id: role, outcome and reason. */
export function saidBy(
  check: ShadowCheck,
  facts: ShadowFacts,
  settings: ShadowSettings = shadowSettings(),
): Record<string, string> {
  return Object.fromEntries(
    check(facts, settings).map(({ id, role, outcome, reason }) => [id, `${role} ${outcome}: ${reason}`]),
  );
}

/** The results of a check by id. */
export function resultsOf(
  check: ShadowCheck,
  facts: ShadowFacts,
  settings: ShadowSettings = shadowSettings(),
): Record<string, CheckResult> {
  return Object.fromEntries(check(facts, settings).map((result) => [result.id, result]));
}

/** How good each model is: 1 knows the label, 0 guesses. */
export interface Skill {
  n?: number;
  champion?: number;
  challenger?: number;
  /** Share of positive labels. */
  positives?: number;
  slices?: readonly SliceCodes[];
  /** The challenger's skill on rows of a slice, by code of the first slice. */
  challengerOn?: Readonly<Record<number, number>>;
}

/** Scores of two models for the same drawn labels; the same at each call. */
export function pairedRows({
  n = 2000,
  champion = 0.5,
  challenger = 0.6,
  positives = 0.5,
  slices = [],
  challengerOn = {},
}: Skill = {}): MaturedRows {
  let state = 7;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const labels = Uint8Array.from({ length: n }, () => (random() < positives ? 1 : 0));
  const scores = (skillOf: (row: number) => number): Float64Array =>
    Float64Array.from(
      labels,
      (label, row) => 0.5 + skillOf(row) * (label - 0.5) * 0.5 + (random() - 0.5) * 0.5,
    );
  const sample = (values: Float64Array): Sample => ({
    task: 'binary-classification',
    labels,
    scores: values,
    decisions: Uint8Array.from(values, (value) => (value >= 0.5 ? 1 : 0)),
  });
  const own = (row: number): number => challengerOn[slices[0]?.codes[row] ?? -2] ?? challenger;
  return { n, champion: sample(scores(() => champion)), challenger: sample(scores(own)), slices };
}

/** A slice column of 2,000 rows. */
export function sliceOf(
  name: string,
  values: readonly string[],
  codeOf: (row: number) => number,
): SliceCodes {
  const codes = Int32Array.from({ length: 2000 }, (_, row) => codeOf(row));
  return { name, bands: false, values, pooled: 0, codes };
}

/** Latencies of a thousand requests in milliseconds. */
export function latency(more: Partial<LatencyFacts> = {}): LatencyFacts {
  const side = (scale: number) =>
    [0.5, 0.95, 0.99].map((share) => {
      const value = 10 * scale * (1 + share);
      return { share, value, interval: { low: 0.9 * value, high: 1.1 * value } };
    });
  return {
    n: 1000,
    untimed: 0,
    champion: side(1),
    challenger: side(1.2),
    ratio: { value: 1.2, interval: { low: 1.1, high: 1.3 } },
    ...more,
  };
}

/** The drift of as many numbers that were moved by so much of their range. */
export function driftBy(shift: number, { name = 'age', n = 2000 } = {}): DriftFinding {
  const numbers = (by: number): NumberColumn => ({
    type: 'number',
    values: Float64Array.from({ length: n }, (_, row) => ((row * 7919) % 10_007) / 10_007 + by),
    missing: 0,
  });
  const result = measureDrift(numbers(0), numbers(shift));
  return { name, of: 'feature', against: 'reference', result, adjustedP: 0.5 };
}
