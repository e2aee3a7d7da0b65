import type { CheckResult } from '../../src/core/check.ts';
import { verdictSchema, type Verdict } from '../../src/core/verdict.ts';
import { compared } from './sample-checks.ts';
import { numbers } from './sample-figures.ts';

/** A digest that starts with some hex digits. */
export const hex = (start: string): string => `sha256:${start.padEnd(64, '0123456789abcdef')}`;

/** The bank champion. */
export const CHAMPION = {
  path: 'models/bank-champion',
  digest: hex('ca784407c7c1ee09613da9c69d14436d4a3bb1d70c4a0ea8eaed3c1c9b1703e1'),
  version: '1.0.0',
  files: 3,
};

/** A verdict of the bank challenger, without checks. */
export const BANK = {
  schema: 1,
  kind: 'gate',
  model: 'bank',
  version: '2.0.0',
  environment: 'production',
  task: 'binary-classification',
  predictions: 'measured',
  artifact: {
    path: 'models/bank',
    digest: hex('0ef524e36adf7f1cec10aeebf3c3b44996722f90d657c73ed79b5028aa145fb6'),
    version: '2.0.0',
    files: 4,
  },
  champion: CHAMPION,
  outcome: 'pass',
  reason: '',
  createdAt: '2026-11-20T13:05:42Z',
  producer: {
    tool: 'known-good 0.1.0',
    repository: 'acme/bank-models',
    ref: 'refs/heads/main',
    sha: '7f3c1d9a5b2e4f60817293a4b5c6d7e8f9012345',
    workflow: 'gate.yml',
    run: '8123456789',
  },
  config: { path: '.github/known-good.yml', sha256: hex('5be1a7c3d209'), gates: hex('91c04fd2aa77') },
  data: [
    {
      role: 'test',
      path: 'data/test_encoded.csv',
      sha256: hex('6249567f43085ca1b5ff20c523ba052f5f67bd2640d24d99c60a4811c0968ef3'),
      rows: 5000,
    },
  ],
  seed: 1,
  machine: {
    os: 'linux 6.8 x64',
    cpu: 'AMD EPYC 7763',
    cores: 2,
    memoryBytes: 8_321_499_136,
    node: '24.11.1',
    runtime: 'onnxruntime-node 1.30.0 (CPU, 1 thread)',
  },
  assumptions: [],
  checks: [],
} satisfies Verdict;

/** The bank verdict with changes, as the schema accepts it. */
export const verdict = (changes: Partial<Verdict>, base: Verdict = BANK): Verdict =>
  verdictSchema.parse({ ...base, ...changes });

/** The same verdict without some optional fields. */
export const without = (full: Verdict, keys: readonly (keyof Verdict)[]): Verdict =>
  verdictSchema.parse(
    Object.fromEntries(Object.entries(full).filter(([key]) => !keys.some((each) => each === key))),
  );

/** The numbers of the good bank challenger on 5,000 rows. */
export const good = numbers.bank.challenger;
/** ROC-AUC and Brier score against the champion. */
export const comparedBank = (sample: typeof good, changes: Partial<CheckResult>[] = []): CheckResult[] => [
  compared(
    {
      metric: 'roc_auc',
      pair: sample.roc_auc,
      margin: 0.01,
      n: sample.n,
      message: `ROC-AUC is ${(sample.roc_auc.difference * 100).toFixed(2)} points above the champion's on the same rows; a loss of more than 1.00 points is ruled out.`,
    },
    changes[0],
  ),
  compared(
    {
      metric: 'brier',
      pair: sample.brier,
      margin: 0.005,
      n: sample.n,
      message: `The Brier score is ${(-sample.brier.difference * 100).toFixed(2)} points better than the champion's.`,
    },
    changes[1],
  ),
];
