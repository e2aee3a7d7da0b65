import type { CheckResult } from '../../src/core/check.ts';
import { comparedBank, good, hex, verdict } from './sample-base.ts';
import { floored, performanceChecks, shown, sliceChecks, soundChecks, told } from './sample-checks.ts';
import { numbers } from './sample-figures.ts';

/** The good challenger. */
export const passing = verdict({
  reason:
    'ROC-AUC is 0.7930, 3.16 points above the champion on the same 5,000 rows, and every gate is proved.',
  checks: [
    ...soundChecks(47, '5,000'),
    floored(good.roc_auc, 5000),
    shown('average_precision', 0.456525, {
      baseline: 0.421777,
      baselineName: 'champion',
      difference: 0.034748,
    }),
    shown('ece', 0.012334, { baseline: 0.016048, baselineName: 'champion', difference: -0.003714 }),
    ...comparedBank(good),
    ...sliceChecks(6),
    ...performanceChecks(),
  ],
});

const claimed: [string, CheckResult['metric'], number, number][] = [
  ['roc_auc', 'roc_auc', 0.541112, 0.795068],
  ['brier', 'brier', 0.194457, 0.081166],
];

const regressed = numbers.bank.regressed;
/** The regressed challenger, whose pipeline declares other numbers. */
export const failing = verdict({
  version: '2.1.0',
  outcome: 'fail',
  reason:
    "The pipeline declares a ROC-AUC of 0.7951, and the model measures 0.5411 on the declared data: 25.40 points less. The file's numbers are not this model's.",
  binding: 'declared.roc_auc',
  checks: [
    ...soundChecks(47, '5,000'),
    ...claimed.map(([key, metric, measured, declared]): CheckResult => ({
      id: `declared.${key}`,
      check: 'declared',
      role: 'gate',
      outcome: 'fail',
      reason: 'declared-differs',
      metric,
      measured,
      baseline: declared,
      baselineName: 'declared',
      difference: measured - declared,
      limit: { rule: 'within', value: 0.001 },
      unit: 'share',
      n: 5000,
      message: `metrics.json declares ${declared.toFixed(4)}, measured is ${measured.toFixed(4)}.`,
      settle:
        'compare the order of the features in training and in features.json, build the model again, and write metrics.json from the exported file.',
    })),
    floored(regressed.roc_auc, 5000, {
      outcome: 'fail',
      reason: 'below-min',
      settle: 'train a model that reaches the floor.',
    }),
    ...comparedBank(regressed, [
      {
        outcome: 'fail',
        reason: 'worse',
        message:
          "ROC-AUC is 22.03 points below the champion's; at least 19.44 points of loss are proved, 1.00 is allowed.",
      },
      {
        outcome: 'fail',
        reason: 'worse',
        message: 'The Brier score is 10.98 points worse; at least 10.44 are proved, 0.50 is allowed.',
      },
    ]),
    ...performanceChecks(),
  ],
});

/** The challenger with a feature that serving does not send. */
export const leaky = verdict({
  version: '2.2.0',
  outcome: 'fail',
  reason:
    'The model takes 48 features and the contract has 47: it also wants duration, which serving does not send.',
  binding: 'signature',
  checks: [
    ...soundChecks(47, '5,000').filter(({ check }) => ['structure', 'manifest', 'data'].includes(check)),
    told('signature', 'Input features has 48 columns; the contract has 47. Not in the contract: duration.', {
      outcome: 'fail',
      reason: 'feature-unknown',
      measured: '48 features, with duration',
      limit: { rule: 'equals', value: '47 features' },
      settle:
        'take duration out of training (it is known only after the call), or add it to the contract if serving can send it.',
    }),
    told('metrics', 'Not measured, because the inputs do not fit the table of the contract.', {
      id: 'metrics.roc_auc.min',
      outcome: 'error',
      reason: 'missing',
      metric: 'roc_auc',
      limit: { rule: 'min', value: 0.75 },
      settle: 'mend the signature first.',
    }),
  ],
});

const few = numbers.bank.few;
/** The good challenger on too few rows. */
export const holding = verdict({
  version: '1.8.0',
  outcome: 'hold',
  reason:
    'Brier score is 0.12 points worse on 400 rows; the interval reaches 0.59 points and the margin is 0.50.',
  binding: 'champion.brier',
  data: [{ role: 'test', path: 'data/recent.csv', sha256: hex('f226ec74360e'), rows: 400 }],
  checks: [
    ...soundChecks(47, '400'),
    floored(few.roc_auc, 400, {
      outcome: 'hold',
      reason: 'not-proved',
      message: 'ROC-AUC is 0.8082, but its interval reaches down to 0.7470 and the floor is 0.7500.',
      rowsNeeded: 430,
    }),
    ...comparedBank(few, [
      {
        outcome: 'hold',
        reason: 'not-proved',
        message:
          'ROC-AUC is 0.86 points better, but a loss of 1.27 points is not ruled out and 1.00 is the margin.',
        rowsNeeded: 530,
      },
      {
        outcome: 'hold',
        reason: 'not-proved',
        message: 'Brier score is 0.12 points worse; the interval reaches 0.59 points and the margin is 0.50.',
        rowsNeeded: 620,
      },
    ]),
    ...performanceChecks(),
  ],
});

/** A model that never answers. */
export const erring = verdict({
  version: '3.0.0',
  outcome: 'error',
  reason: 'The model did not answer within 30 s for one row and was stopped, so nothing could be measured.',
  binding: 'smoke',
  checks: [
    told('structure', 'The ONNX file has 12 nodes, one of them a Loop; ONNX Runtime loads it.'),
    told('signature', 'Inputs and outputs are those of the contract: 47 features, in order.'),
    told('smoke', 'One row took longer than 30 s; the process was stopped.', {
      outcome: 'error',
      reason: 'timeout',
      settle:
        'look at the Loop in the graph: its end condition may never hold. Raise the time limit only if 30 s a row is meant.',
    }),
    ...(['roc_auc', 'brier'] as const).map((metric) =>
      told('champion', 'Not measured, because the model gave no predictions.', {
        id: `champion.${metric}`,
        metric,
        outcome: 'error',
        reason: 'missing',
      }),
    ),
  ],
});
