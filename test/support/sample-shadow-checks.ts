import type { CheckResult } from '../../src/core/check.ts';
import { formatCount } from '../../src/core/format-number.ts';
import { compared, shown, told } from './sample-checks.ts';
import type { Pair } from './sample-figures.ts';
import { logs } from './sample-shadow-figures.ts';

const { bank, bike } = logs;
const METHOD = 'betting, valid at every look';

/** A comparison whose interval holds at every look. */
const everyLook = (
  metric: 'roc_auc' | 'brier' | 'mae',
  pair: Pair,
  more: Partial<CheckResult>,
): CheckResult =>
  compared(
    {
      metric,
      pair,
      margin: metric === 'roc_auc' ? 0.01 : metric === 'brier' ? 0.005 : 2,
      n: 19_115,
      message: '',
    },
    { method: metric === 'roc_auc' ? 'betting on blocks of pairs, valid at every look' : METHOD, ...more },
  );

/** ROC-AUC against the champion. */
export const rocAuc = (more: Partial<CheckResult> = {}): CheckResult =>
  everyLook('roc_auc', bank.compared.roc_auc ?? missing(), {
    message:
      "ROC-AUC is 3.09 points better than the champion's on 19,115 rows; it is at least 2.27 points better with 95 % confidence, and the margin is 1.00 points.",
    ...more,
  });

/** Brier score against the champion. */
export const brier = (more: Partial<CheckResult> = {}): CheckResult =>
  everyLook('brier', bank.compared.brier ?? missing(), {
    message: "Brier score is 0.34 points better than the champion's on 19,115 rows.",
    ...more,
  });

/** Mean absolute error of the bike models. */
export const mae = (): CheckResult =>
  everyLook('mae', bike.compared.mae ?? missing(), {
    n: 8558,
    message:
      "Mean absolute error is 3.531 better than the champion's on 8,558 rows; it is at least 2.246 better with 95 % confidence, and the margin is 2.000.",
  });

/** Rows of a log, requests in both, requests that both answered, and those of them without a label. */
export interface LogSize {
  rows: number;
  both: number;
  answered: number;
  missing: number;
}

const BANK: LogSize = { rows: 20_012, both: 20_000, answered: 19_700, missing: 585 };

/** What is known of the log, the labels and the coverage when all is well. */
export function soundLog({ rows, both, answered, missing } = BANK): CheckResult[] {
  const labels = told(
    'labels',
    `${formatCount(missing)} of ${formatCount(answered)} matured requests have no label; those that have one may not be like them.`,
    {
      id: 'labels.missing',
      measured: missing / answered,
      unit: 'share',
      n: answered,
      limit: { rule: 'max', value: 0.5 },
    },
  );
  const coverage = told(
    'coverage',
    `Only one of the models has (champion 0, challenger 0) 0 % of ${formatCount(both)} requests (between 0 % and 0.03 % with 90 % confidence); the limit is 1 %.`,
    {
      id: 'coverage.unmatched',
      measured: 0,
      interval: [0, 0.0003],
      level: 0.9,
      unit: 'share',
      limit: { rule: 'max', value: 0.01 },
      n: both,
    },
  );
  return [...(rows > both ? leftOut(rows) : []), labels, coverage];
}

function leftOut(rows: number): CheckResult[] {
  return [
    told(
      'log',
      '8 rows (0.04 %) repeat an id; all say the same as the first. The first row of each id counts.',
      {
        id: 'log.duplicates',
        measured: 8 / rows,
        unit: 'share',
        n: rows,
        limit: { rule: 'max', value: 0.01 },
      },
    ),
    told('log', '4 rows of other versions left out ("0.9.0" and "1.0.0": 4).', {
      id: 'log.other-versions',
      role: 'inform',
      reason: 'other-versions',
      measured: 4,
      unit: 'rows',
      n: rows,
    }),
    told(
      'labels',
      'Of the labels, 25 repeat an earlier one, 10 correct an earlier one (the latest counts), 5 are for ids that the log does not have.',
      { id: 'labels.oddities', role: 'inform', measured: 40, unit: 'rows' },
    ),
  ];
}

/** The share of requests on which both decide otherwise. */
export function agreement(
  measured: number,
  interval: [number, number],
  more: Partial<CheckResult> = {},
): CheckResult {
  const [seen, low, high] = [measured, ...interval].map((share) => `${(share * 100).toFixed(1)} %`);
  return told(
    'agreement',
    `Both decide otherwise at 0.5 on ${seen} of 19,700 requests (between ${low} and ${high} with 90 % confidence); the limit is 30 %.`,
    {
      id: 'agreement.disagreement',
      measured,
      unit: 'share',
      limit: { rule: 'max', value: 0.3 },
      interval,
      level: 0.9,
      n: 19_700,
      method: METHOD,
      ...more,
    },
  );
}

/** The share of requests that each model failed on. */
export const errors = (champion: number, challenger: number): CheckResult =>
  told(
    'errors',
    `The challenger fails on ${(challenger * 100).toFixed(2)} % of the requests, the champion on ${(champion * 100).toFixed(2)} %.`,
    {
      id: 'errors.increase',
      measured: challenger,
      baseline: champion,
      baselineName: 'champion',
      difference: challenger - champion,
      interval: [challenger - champion - 0.0021, challenger - champion + 0.0021],
      level: 0.9,
      unit: 'share',
      limit: { rule: 'max_drop', value: 0.01 },
      n: 20_000,
      method: METHOD,
    },
  );

/** Latency quantiles, of which the 95th has a limit. */
export function latencies(kind: 'bank' | 'bike'): CheckResult[] {
  return logs[kind].latency.map(({ share, champion, challenger }) =>
    told(
      'latency',
      `The challenger takes ${challenger} ms at the quantile ${share}, the champion ${champion} ms.`,
      {
        id: `latency.p${share * 100}`,
        measured: challenger,
        baseline: champion,
        baselineName: 'champion',
        difference: challenger - champion,
        unit: 'ms',
        n: logs[kind].rows,
        ...(share === 0.95 ? { limit: { rule: 'max', value: 5 } } : { role: 'inform' }),
      },
    ),
  );
}

/** ROC-AUC, or the mean absolute error, in the slices of a log. */
export function sliceResults(kind: 'bank' | 'bike'): CheckResult[] {
  const metric = kind === 'bank' ? 'roc_auc' : 'mae';
  return logs[kind].slices.flatMap(({ slice, compared: { n, ...pairs } }) => {
    const pair = pairs[metric];
    if (pair === undefined || n < 100) return [];
    const margin = metric === 'roc_auc' ? 0.05 : 15;
    const proved = metric === 'roc_auc' ? pair.interval[0] >= -margin : pair.interval[1] <= margin;
    return [
      everyLook(metric, pair, {
        role: 'inform',
        outcome: proved ? 'pass' : 'hold',
        reason: proved ? 'not-worse' : 'not-proved',
        id: `slices.${metric}.${slice.replace(' = ', '=')}`,
        check: 'slices',
        subject: slice,
        n,
        limit: { rule: 'max_drop', value: margin },
        message: `${metric === 'roc_auc' ? 'ROC-AUC' : 'Mean absolute error'} where ${slice} is ${proved ? 'not worse by more than the margin' : 'not proved either way'} on ${n} rows.`,
      }),
    ];
  });
}

/** Shifts within the window: shown, and no reason to hold. */
export const drift = (): CheckResult =>
  told(
    'drift',
    '8 of 17 columns moved from the first to the last third of the window: "contact", "month", "poutcome", "previous", "champion_score" and 3 more.',
    {
      id: 'drift.window',
      role: 'inform',
      outcome: 'hold',
      reason: 'moved',
    },
  );

/** Offline against online: what was promised, and what the shadow found. */
export const promise = (
  metric: 'roc_auc' | 'brier' | 'mae',
  { baseline, measured, interval }: { baseline: number; measured: number; interval: [number, number] },
  more: Partial<CheckResult> = {},
): CheckResult =>
  told('promise', 'The promise is kept.', {
    id: `promise.${metric}`,
    role: 'inform',
    reason: 'kept',
    metric,
    measured,
    baseline,
    baselineName: 'declared',
    interval,
    level: 0.9,
    unit: metric === 'mae' ? 'label' : 'share',
    n: 19_115,
    ...more,
  });

/** Metrics that nobody limits. */
export const shownMetrics = (): CheckResult[] => [
  shown('average_precision', 0.4631, { baseline: 0.4258, baselineName: 'champion', difference: 0.0373 }),
  shown('ece', 0.0109, { baseline: 0.0151, baselineName: 'champion', difference: -0.0042 }),
];

function missing(): never {
  throw new Error('the fixture lacks this comparison');
}
