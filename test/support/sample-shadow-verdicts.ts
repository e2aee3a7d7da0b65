import type { Verdict } from '../../src/core/verdict.ts';
import type { ShadowFigures } from '../../src/report/shadow/shadow-figures.ts';
import { hex } from './sample-base.ts';
import { shown, told } from './sample-checks.ts';
import { base, disagreed, failures, others, shadow, SHADOW } from './sample-shadow-base.ts';
import {
  agreement,
  brier,
  drift,
  errors,
  latencies,
  mae,
  promise,
  rocAuc,
  sliceResults,
  soundLog,
} from './sample-shadow-checks.ts';
import { disagreeing, harming, unbound } from './sample-shadow-failing.ts';
import {
  bankShadow,
  bikeShadow,
  disagreeingShadow,
  harmfulShadow,
  unlabelledShadow,
  youngShadow,
} from './sample-shadow-figures.ts';
import { hostileFigures, hostileShadow } from './sample-shadow-hostile.ts';

/** A verdict with its figures, and a command, for reports to be looked at. */
export interface ShadowSample {
  verdict: Verdict;
  figures: ShadowFigures;
  command?: string;
}

const passing = shadow({
  reason: 'All 7 gates pass.',
  checks: [...soundLog(), disagreed, rocAuc(), brier(), ...others],
});

const noLabels =
  'There are no labels, so nothing is known about quality: agreement, errors and latency alone do not show that the challenger is as good.';
const unlabelled = shadow(
  {
    outcome: 'hold',
    reason: noLabels,
    binding: 'labels.known',
    data: base.data.filter(({ role }) => role !== 'labels'),
    checks: [
      ...soundLog().filter(({ check }) => check !== 'labels'),
      told('labels', noLabels, {
        id: 'labels.known',
        outcome: 'hold',
        reason: 'no-labels',
        n: 0,
        settle:
          'Name where labels arrive: shadow.columns.label for a column of the log, shadow.labels or --labels for files.',
      }),
      disagreed,
      failures,
      drift(),
      ...latencies('bank'),
    ],
  },
  { look: 1, labels: { known: 0, matured: 0, immature: 0, missing: 0 } },
);

const fewMessage =
  'ROC-AUC is 1.69 points better than the champion on 1,420 rows; it may be up to 1.94 points worse with 95 % confidence, and the margin is 1.00 points.';
const young = shadow(
  {
    outcome: 'hold',
    reason: fewMessage,
    binding: 'champion.roc_auc',
    createdAt: '2008-06-02T07:00:00Z',
    checks: [
      ...soundLog({ rows: 5694, both: 5682, answered: 1464, missing: 44 }),
      agreement(0.005895, [0.0041, 0.0083], { n: 5598 }),
      rocAuc({
        outcome: 'hold',
        reason: 'not-proved',
        measured: 0.7581,
        baseline: 0.7412,
        difference: 0.0169,
        interval: [-0.0194, 0.0532],
        n: 1420,
        rowsNeeded: 4300,
        message: fewMessage,
        settle:
          'Let the shadow run on: ≈ 2,900 more labelled requests, about 3 days at this rate, would probably settle it.',
      }),
      brier({
        measured: 0.0412,
        baseline: 0.0419,
        difference: -0.0007,
        interval: [-0.0031, 0.0017],
        n: 1420,
        message: 'Brier score is 0.07 points better than the champion on 1,420 rows.',
      }),
      errors(0.01478, 0.00176),
      ...latencies('bank'),
    ],
  },
  {
    look: 1,
    window: { from: '2008-05-05T09:01:47.285Z', to: '2008-06-02T06:55:10.000Z' },
    maturedUntil: '2008-05-13T06:55:10.000Z',
    planned: { labels: 10_000, until: '2008-07-31T00:00:00.000Z' },
    requests: { rows: 5694, both: 5682, championOnly: 0, challengerOnly: 0, excluded: 12 },
    labels: { known: 4318, matured: 1420, immature: 2898, missing: 44 },
  },
);

const bike = shadow(
  {
    model: 'bike',
    task: 'regression',
    reason: 'All 6 gates pass.',
    data: [{ role: 'log', path: 'logs/bike.jsonl.gz', sha256: hex('b1ce'), rows: 8734 }],
    checks: [
      ...soundLog({ rows: 8734, both: 8734, answered: 8644, missing: 86 }),
      agreement(0.23045, [0.2187, 0.2425], {
        message:
          'Both differ by more than 50 (up 920, down 1,072) on 23 % of 8,644 requests (between 21.9 % and 24.3 % with 90 % confidence); the limit is 30 %.',
        n: 8644,
      }),
      mae(),
      shown('rmse', 131.6, { baseline: 139.2, baselineName: 'champion', difference: -7.6 }),
      shown('bias', -74.11, { baseline: -76.9, baselineName: 'champion', difference: 2.79 }),
      promise(
        'mae',
        { baseline: -20.23, measured: -3.53142, interval: [-4.81661, -2.24622] },
        {
          outcome: 'hold',
          reason: 'broken',
          n: 8558,
          message:
            'Mean absolute error against the champion: promised −20.23, shadow −3.531 [−4.817, −2.246]. The shadow proves less than the evaluation promised.',
          settle:
            'Look for leakage in the evaluation, for features that serving computes otherwise, and for traffic unlike the test table.',
        },
      ),
      ...sliceResults('bike'),
      errors(0.0103, 0),
      ...latencies('bike'),
    ],
  },
  {
    bound: 'trusted',
    window: { from: '2012-01-01T00:00:00.000Z', to: '2012-12-31T23:00:00.000Z' },
    maturedUntil: '2012-12-30T23:00:00.000Z',
    planned: { labels: 8000 },
    requests: { rows: 8734, both: 8734, championOnly: 0, challengerOnly: 0, excluded: 0 },
    labels: { known: 8558, matured: 8558, immature: 0, missing: 86 },
    signOff: [],
  },
);

/** Shadow reports worth looking at, by file name. */
export const SHADOW_SAMPLES: Readonly<Record<string, ShadowSample>> = {
  'shadow-pass-bank': { verdict: passing, figures: bankShadow, command: '/promote production 2.0.0' },
  'shadow-hold-no-labels': { verdict: unlabelled, figures: unlabelledShadow },
  'shadow-hold-few-labels': {
    verdict: young,
    figures: youngShadow,
    command: 'known-good shadow --model bank',
  },
  'shadow-fail-harm': { verdict: harming, figures: harmfulShadow },
  'shadow-fail-disagreement': { verdict: disagreeing, figures: disagreeingShadow },
  'shadow-unbound': { verdict: unbound, figures: bankShadow },
  'shadow-pass-bike': { verdict: bike, figures: bikeShadow, command: '/promote production 2.0.0' },
  'shadow-fail-hostile': { verdict: hostileShadow(base, SHADOW), figures: hostileFigures },
};
