import type { CheckResult } from '../../src/core/check.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { BANK, hex, verdict, without } from './sample-base.ts';
import {
  agreement,
  drift,
  errors,
  latencies,
  promise,
  shownMetrics,
  sliceResults,
} from './sample-shadow-checks.ts';

type Shadow = NonNullable<Verdict['shadow']>;

/** The facts of the whole bank log. */
export const SHADOW: Shadow = {
  champion: { name: '1.0.0', digest: hex('ca784407c7c1') },
  challenger: { name: '2.0.0', digest: hex('0ef524e36adf') },
  bound: 'versions',
  window: { from: '2008-05-05T09:01:47.285Z', to: '2010-11-17T16:30:00.000Z' },
  maturedUntil: '2010-11-17T16:30:00.000Z',
  look: 3,
  planned: { labels: 10_000, until: '2010-12-31T00:00:00.000Z' },
  requests: { rows: 20_012, both: 20_000, championOnly: 0, challengerOnly: 0, excluded: 12 },
  labels: { known: 19_115, matured: 19_115, immature: 0, missing: 585 },
  signOff: ['1 approval by someone other than the one who promotes: /approve production 2.0.0'],
};

/** A shadow verdict of the bank challenger, without checks. */
export const base: Verdict = {
  ...without(BANK, ['machine', 'artifact', 'champion']),
  kind: 'shadow',
  predictions: 'elsewhere',
  image: { digest: hex('0ef524e36adf') },
  createdAt: '2010-11-24T09:05:42Z',
  producer: { ...BANK.producer, workflow: 'shadow.yml' },
  data: [
    { role: 'log', path: 'logs/bank.parquet', sha256: hex('b1f0c2'), rows: 20_012 },
    { role: 'labels', path: 'labels/late.csv', sha256: hex('77d1e0'), rows: 8182 },
    { role: 'reference', path: 'data/train_reference.csv', sha256: hex('c0ffee'), rows: 5000 },
  ],
  shadow: SHADOW,
};

/** The same with changes, as the schema accepts it. */
export const shadow = (changes: Partial<Verdict>, facts: Partial<Shadow> = {}): Verdict =>
  verdict({ ...changes, shadow: { ...SHADOW, ...facts } }, base);

/** The disagreement of the bank models. */
export const disagreed = agreement(0.02264, [0.0199, 0.0256]);
/** How many requests each of the bank models failed on. */
export const failures = errors(0.015, 0.00175);

const keptPromises: CheckResult[] = [
  promise(
    'roc_auc',
    { baseline: 0.0316, measured: 0.0309033, interval: [0.0226686, 0.039138] },
    { message: 'ROC-AUC against the champion: promised +3.16 points, shadow +3.09 points [+2.27, +3.91].' },
  ),
  promise(
    'brier',
    { baseline: -0.003363, measured: -0.00344277, interval: [-0.004593, -0.00229253] },
    {
      message: 'Brier score against the champion: promised −0.34 points, shadow −0.34 points [−0.46, −0.23].',
    },
  ),
];

/** What every sample with all labels shows besides its gates of quality. */
export const others: CheckResult[] = [
  ...shownMetrics(),
  ...keptPromises,
  ...sliceResults('bank'),
  failures,
  drift(),
  ...latencies('bank'),
];
