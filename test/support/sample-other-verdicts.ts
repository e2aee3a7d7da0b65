import type { CheckResult } from '../../src/core/check.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { BANK, CHAMPION, comparedBank, good, hex, verdict, without } from './sample-base.ts';
import { compared, floored, performanceChecks, shown, soundChecks, told } from './sample-checks.ts';
import { numbers } from './sample-figures.ts';

const naive = (metric: CheckResult['metric'], measured: number, baseline: number): Partial<CheckResult> => ({
  metric,
  measured,
  baseline,
  baselineName: 'naive',
  difference: measured - baseline,
  n: 5000,
});

/** One file and a table, nothing else said. */
export const zeroConfig = without(
  verdict({
    model: 'challenger.onnx',
    outcome: 'hold',
    reason:
      'ROC-AUC is 0.7930 on 5,000 rows, 29.30 points above always answering the share of positives; no limit was given, so nothing could pass.',
    artifact: { path: 'challenger.onnx', digest: hex('0ef524e36adf7f1cec10aeebf3c3b449') },
    data: [{ role: 'test', path: 'test_encoded.csv', sha256: BANK.data[0]?.sha256 ?? '', rows: 5000 }],
    producer: { tool: 'known-good 0.1.0' },
    assumptions: [
      'The task is binary-classification: the label column y holds 0 and 1 alone.',
      'The score is the second column of the output probabilities, the positive class is 1.',
      'All 47 columns but y are features, in the order of the file.',
    ],
    checks: [
      ...soundChecks(47, '5,000')
        .filter(({ check }) => check !== 'manifest' && check !== 'golden')
        .map((check) => ({ ...check, role: 'inform' as const })),
      told('manifest', 'There is no manifest.json beside the model.', {
        role: 'inform',
        outcome: 'hold',
        reason: 'missing',
        settle: 'known-good manifest --write drafts one.',
      }),
      shown('roc_auc', 0.792986, {
        ...naive('roc_auc', 0.792986, 0.5),
        interval: [0.275126, 0.310847],
        method: 'DeLong',
      }),
      shown('average_precision', 0.456525, naive('average_precision', 0.456525, 0.116)),
      shown('log_loss', 0.284975, naive('log_loss', 0.284975, 0.3588)),
      shown('brier', 0.081258, naive('brier', 0.081258, 0.102544)),
      shown('accuracy', 0.8528, naive('accuracy', 0.8528, 0.884)),
    ],
  }),
  ['version', 'environment', 'config', 'champion'],
);

/** Two files compared, without config. */
export const twoFiles = without(
  verdict({
    model: 'equal.onnx',
    reason:
      'ROC-AUC is 0.02 points above champion.onnx on the same 5,000 rows, and a loss of more than 1.00 points is ruled out.',
    champion: { path: 'champion.onnx', digest: CHAMPION.digest },
    checks: [...soundChecks(47, '5,000').slice(0, 2), ...comparedBank(numbers.bank.equal)],
  }),
  ['version', 'environment', 'config'],
);

/** The first version: no champion yet. */
export const noBaseline = without(
  verdict({
    environment: 'staging',
    version: '1.0.0',
    reason:
      'ROC-AUC is 0.7930 on 5,000 rows, and its interval stays above the floor of 0.7500; there is no champion yet.',
    checks: [
      ...soundChecks(47, '5,000'),
      floored(good.roc_auc, 5000),
      shown('brier', 0.081258),
      shown('ece', 0.012334),
    ],
  }),
  ['champion'],
);

/** A small multiclass table. */
export const multiclass = verdict({
  model: 'iris',
  version: '0.4.0',
  environment: 'staging',
  task: 'multiclass-classification',
  outcome: 'hold',
  reason:
    'Accuracy is 2.00 points better on 150 rows, but a loss of 1.35 points is not ruled out and 1.00 is the margin.',
  binding: 'champion.accuracy',
  data: [{ role: 'test', path: 'iris.csv', sha256: hex('aa11'), rows: 150 }],
  checks: [
    ...soundChecks(4, '150'),
    compared(
      {
        metric: 'accuracy',
        pair: { champion: 0.94, challenger: 0.96, difference: 0.02, interval: [-0.0135, 0.0581] },
        margin: 0.01,
        n: 150,
        message:
          'Accuracy is 2.00 points better, but a loss of 1.35 points is not ruled out and 1.00 is the margin.',
      },
      { outcome: 'hold', reason: 'not-proved', method: 'Tango score', rowsNeeded: 210 },
    ),
    compared(
      {
        metric: 'log_loss',
        pair: { champion: 0.1894, challenger: 0.1421, difference: -0.0473, interval: [-0.0866, -0.0107] },
        margin: 0.05,
        n: 150,
        message: 'Log loss is 0.0473 better.',
      },
      { method: 'betting' },
    ),
    shown('macro_f1', 0.9598, { baseline: 0.9397, baselineName: 'champion', difference: 0.0201 }),
    shown('weighted_f1', 0.9598, { baseline: 0.9397, baselineName: 'champion', difference: 0.0201 }),
  ],
});

const bike = (name: 'challenger' | 'challenger_regressed', changes: Partial<Verdict>): Verdict =>
  verdict({
    model: 'bike',
    task: 'regression',
    champion: { ...CHAMPION, path: 'models/bike-champion', digest: hex('679793bd369993af') },
    artifact: {
      path: 'models/bike',
      digest: hex(name === 'challenger' ? '3cf59896d71a' : 'f5170e4702bd'),
      files: 4,
    },
    data: [{ role: 'test', path: 'data/bike.csv', sha256: hex('a8d8f9169232'), rows: 1729 }],
    ...changes,
  });

/** The good bike challenger. */
export const bikePassing = bike('challenger', {
  reason:
    'Mean absolute error is 20.63, 20.23 below the champion on the same 1,729 rows, and every gate is proved.',
  checks: [
    ...soundChecks(11, '1,729'),
    compared({
      metric: 'mae',
      pair: numbers.bike.challenger.mae,
      margin: 2,
      n: 1729,
      message: 'Mean absolute error is 20.23 lower than the champion on the same rows.',
    }),
    shown('rmse', 32.236075, { baseline: 61.129965, baselineName: 'champion', difference: -28.89389 }),
    shown('r2', 0.943184, { baseline: 0.795687, baselineName: 'champion', difference: 0.147497 }),
    shown('bias', 0.48165, { baseline: 2.946865, baselineName: 'champion', difference: -2.465214 }),
    ...performanceChecks(),
  ],
});

/** The bike challenger with swapped columns. */
export const bikeFailing = bike('challenger_regressed', {
  version: '2.1.0',
  outcome: 'fail',
  reason:
    'Mean absolute error is 120.3, 79.45 above the champion on the same 1,729 rows; at least 75.40 of it is proved, and 2.00 is allowed.',
  binding: 'champion.mae',
  checks: [
    ...soundChecks(11, '1,729'),
    compared(
      {
        metric: 'mae',
        pair: numbers.bike.challenger_regressed.mae,
        margin: 2,
        n: 1729,
        message:
          'Mean absolute error is 79.45 above the champion; at least 75.40 of it is proved, and 2.00 is allowed.',
      },
      {
        outcome: 'fail',
        reason: 'worse',
        settle:
          'compare the order of the columns in training and in features.json; hr and holiday look swapped.',
      },
    ),
    shown('rmse', 171.682989, { baseline: 61.129965, baselineName: 'champion', difference: 110.553023 }),
    shown('bias', -109.117088, { baseline: 2.946865, baselineName: 'champion', difference: -112.063953 }),
    ...performanceChecks(),
  ],
});

/** Scores that were made elsewhere. */
export const elsewhere = without(
  verdict({
    model: 'summarizer',
    version: '3.1.0',
    task: 'score',
    predictions: 'elsewhere',
    reason:
      'The mean score is 0.0412 above the champion on the same 800 items, and a loss of more than 0.0200 is ruled out.',
    data: [{ role: 'predictions', path: 'scores.jsonl', sha256: hex('77ab'), rows: 800 }],
    checks: [
      told('data', '800 items, each scored for both models, no duplicate id.', { id: 'data.predictions' }),
      compared(
        {
          metric: 'mean_score',
          pair: { champion: 0.6917, challenger: 0.7329, difference: 0.0412, interval: [0.0207, 0.0617] },
          margin: 0.02,
          n: 800,
          message: 'The mean score is 0.0412 above the champion.',
        },
        { unit: 'score', method: 'betting' },
      ),
    ],
  }),
  ['artifact', 'champion', 'machine'],
);
