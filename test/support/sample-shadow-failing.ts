import { hex } from './sample-base.ts';
import { told } from './sample-checks.ts';
import { failures, disagreed, others, shadow } from './sample-shadow-base.ts';
import { agreement, brier, latencies, promise, rocAuc, soundLog } from './sample-shadow-checks.ts';

const harmMessage =
  'ROC-AUC is 23.06 points worse than the champion on 19,115 rows, and the margin is 1.00 points: proved to be worse than allowed.';
/** A challenger that ranks at random. */
export const harming = shadow(
  {
    version: '2.1.0',
    outcome: 'fail',
    reason: harmMessage,
    binding: 'champion.roc_auc',
    checks: [
      ...soundLog(),
      agreement(0.1472, [0.1405, 0.1541]),
      rocAuc({
        outcome: 'fail',
        reason: 'worse',
        measured: 0.5384,
        difference: -0.2306,
        interval: [-0.2471, -0.2141],
        message: harmMessage,
        settle: 'Do not ship this model for ROC-AUC; find what changed against the champion.',
      }),
      brier({
        outcome: 'fail',
        reason: 'worse',
        measured: 0.1951,
        difference: 0.1099,
        interval: [0.1052, 0.1146],
        message:
          'Brier score is 10.99 points worse than the champion on 19,115 rows, and the margin is 0.50 points: proved to be worse than allowed.',
        settle: 'Do not ship this model for Brier score; find what changed against the champion.',
      }),
      promise(
        'roc_auc',
        { baseline: 0.0337, measured: -0.2306, interval: [-0.2471, -0.2141] },
        {
          outcome: 'hold',
          reason: 'broken',
          message:
            'ROC-AUC against the champion: promised +3.37 points, shadow −23.06 points [−24.71, −21.41]. The shadow proves less than the evaluation promised.',
          settle:
            'Look for leakage in the evaluation (a feature that is only known afterwards, rows shared with training), for features that serving computes otherwise, and for traffic unlike the test table.',
        },
      ),
      failures,
      ...latencies('bank'),
    ],
  },
  { challenger: { name: '2.1.0', digest: hex('d00d5eed') }, look: 1 },
);

const disagreeMessage =
  'Both decide otherwise at 0.5 (up 6,402, down 329) on 34.2 % of 19,700 requests (between 33.1 % and 35.3 % with 90 % confidence); the limit is 30 %.';
/** A challenger that decides otherwise in a third of the requests. */
export const disagreeing = shadow({
  outcome: 'fail',
  reason: disagreeMessage,
  binding: 'agreement.disagreement',
  checks: [
    ...soundLog(),
    agreement(0.3417, [0.3308, 0.3526], {
      outcome: 'fail',
      reason: 'above-max',
      message: disagreeMessage,
      settle:
        'Look at the largest disagreements below before anything else: models this far apart are rarely both right about the same inputs.',
    }),
    rocAuc({
      measured: 0.7702,
      difference: 0.0012,
      interval: [-0.0057, 0.0081],
      message: 'ROC-AUC is 0.12 points better.',
    }),
    brier({
      measured: 0.0871,
      difference: 0.0019,
      interval: [0.0008, 0.003],
      message: 'Brier score is 0.19 points worse.',
    }),
    failures,
    ...latencies('bank'),
  ],
});

const unboundMessage =
  'The log does not say which releases answered, so nothing that it shows is bound to a release.';
/** A log without versions. */
export const unbound = shadow(
  {
    outcome: 'hold',
    reason: unboundMessage,
    binding: 'log.versions',
    checks: [
      told('log', unboundMessage, {
        id: 'log.versions',
        outcome: 'hold',
        reason: 'unbound',
        settle:
          'Log a version column for both models (shadow.columns: champion.version, challenger.version). If you know that it holds just these two, name them by --champion and --challenger and set trust_log: true.',
      }),
      ...soundLog().filter(({ check }) => check !== 'log'),
      disagreed,
      rocAuc(),
      brier(),
      ...others,
    ],
  },
  { bound: 'unbound', champion: { name: 'champion' }, challenger: { name: 'challenger' } },
);
