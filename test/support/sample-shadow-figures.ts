import * as z from 'zod';
import type { ShadowFigures } from '../../src/report/shadow/shadow-figures.ts';
import figures from '../fixtures/report/shadow-figures.json' with { type: 'json' };

const pair = z.object({
  champion: z.number(),
  challenger: z.number(),
  difference: z.number(),
  interval: z.tuple([z.number(), z.number()]),
});
const compared = z.object({
  n: z.int(),
  roc_auc: pair.optional(),
  brier: pair.optional(),
  mae: pair.optional(),
});
const shares = z.array(z.number());
const spread = z.object({ p10: z.number(), p50: z.number(), p90: z.number() });
const answered = z.object({ answered: z.int(), failed: z.int() });
const bins = z.array(z.object({ predicted: z.number(), observed: z.number(), count: z.int() }));
const interval = z.tuple([z.number(), z.number()]);

const log = z.object({
  rows: z.int(),
  scored: z.int(),
  labelled: z.int(),
  compared,
  density: z.object({ from: z.number(), to: z.number(), champion: shares, challenger: shares }),
  calibration: z.object({ champion: bins, challenger: bins }),
  overTime: z.array(
    z
      .object({
        from: z.int(),
        rows: z.int(),
        labelled: z.number(),
        disagreement: z.number().optional(),
        champion: spread.optional(),
        challenger: spread.optional(),
      })
      .transform(({ disagreement, champion, challenger, ...point }) => ({
        ...point,
        disagreement,
        champion,
        challenger,
      })),
  ),
  drift: z.array(
    z.object({
      name: z.string(),
      of: z.enum(['feature', 'prediction']),
      against: z.enum(['reference', 'first third']),
      psi: z.number(),
      noise: z.number(),
      effect: z.object({ name: z.enum(['D', 'V']), value: z.number() }),
      wasserstein: z.object({ normalised: z.number(), raw: z.number() }).optional(),
      jensenShannon: z.number(),
      kullbackLeibler: z.number(),
      adjustedP: z.number(),
      missing: z.object({ reference: z.number(), current: z.number() }),
      judgement: z.enum(['stable', 'investigate', 'alert', 'undecided']),
    }),
  ),
  latency: z.array(
    z.object({
      share: z.number(),
      champion: z.number(),
      challenger: z.number(),
      championInterval: interval,
      challengerInterval: interval,
    }),
  ),
  disagreements: z.array(z.object({ id: z.string(), champion: z.number(), challenger: z.number() })),
  slices: z.array(z.object({ slice: z.string(), n: z.int(), flips: z.int(), compared })),
  differences: z.array(z.object({ share: z.number(), value: z.number() })),
  flips: z.object({ n: z.int(), up: z.int(), down: z.int() }),
  failures: z.object({
    both: z.int(),
    championOnly: z.int(),
    challengerOnly: z.int(),
    neither: z.int(),
  }),
  errors: z.array(z.object({ kind: z.string(), champion: z.int(), challenger: z.int() })),
  peculiar: z.array(
    z.object({
      kind: z.enum(['missing', 'NaN']),
      rows: z.int(),
      champion: answered,
      challenger: answered,
    }),
  ),
});

/** The numbers of test/fixtures/report/shadow-figures.json. */
export const logs = z.object({ bank: log, bike: log }).parse(figures);

/** The figures of one of the two logs, without what only its verdict knows. */
function figuresOf(kind: 'bank' | 'bike'): ShadowFigures {
  const {
    slices,
    rows: _rows,
    scored: _scored,
    labelled: _labelled,
    compared: _compared,
    ...own
  } = logs[kind];
  const { errors, ...others } = own;
  return {
    ...others,
    errors: errors.slice(0, 8),
    sliceDisagreements: slices
      .map(({ slice, n, flips }) => ({ slice, n, flips }))
      .toSorted((a, b) => b.n - a.n)
      .slice(0, 8),
  };
}

/** The whole bank log. */
export const bankShadow: ShadowFigures = {
  ...figuresOf('bank'),
  promised: [
    { metric: 'roc_auc', difference: 0.0316, interval: [0.0207, 0.0424] },
    { metric: 'brier', difference: -0.003363, interval: [-0.0048, -0.002] },
  ],
};

/** The bank log before any label came. */
export const unlabelledShadow: ShadowFigures = (() => {
  const { calibration: _c, promised: _p, overTime = [], ...others } = bankShadow;
  return { ...others, overTime: overTime.map((point) => ({ ...point, labelled: 0 })) };
})();

/** Four weeks of the bank log, with labels that are still coming in. */
export const youngShadow: ShadowFigures = (() => {
  const { promised: _p, drift = [], overTime = [], ...others } = bankShadow;
  const start = Date.parse('2008-05-05T00:00:00Z');
  const young = overTime.filter(({ rows }) => rows > 50).slice(0, 14);
  return {
    ...others,
    overTime: young.map((point, index) => ({
      ...point,
      from: start + index * 2 * 86_400_000,
      rows: 380 + ((index * 37) % 60),
      disagreement: 0.004 + ((index * 5) % 7) / 1000,
      labelled: index < 6 ? 0.97 - index * 0.01 : Math.max(0.92 - (index - 5) * 0.13, 0),
    })),
    drift: drift.filter(({ against }) => against === 'reference'),
    flips: { n: 5598, up: 22, down: 11 },
    failures: { both: 10, championOnly: 74, challengerOnly: 0, neither: 5598 },
  };
})();

/** The bank log beside a challenger that ranks at random, whatever its evaluation promised. */
export const harmfulShadow: ShadowFigures = (() => {
  const { calibration: _c, ...others } = bankShadow;
  return {
    ...others,
    promised: [{ metric: 'roc_auc', difference: 0.0337 }],
    flips: { n: 19_700, up: 2210, down: 690 },
  };
})();

/** The bank log beside a challenger that decides otherwise in a third of the requests. */
export const disagreeingShadow: ShadowFigures = {
  ...bankShadow,
  flips: { n: 19_700, up: 6_402, down: 329 },
  overTime: (bankShadow.overTime ?? []).map((point, index) => ({
    ...point,
    disagreement: point.disagreement === undefined ? undefined : 0.29 + ((index * 7) % 10) / 100,
  })),
  sliceDisagreements: (bankShadow.sliceDisagreements ?? []).map((slice, index) => ({
    ...slice,
    flips: Math.round(slice.n * (0.31 + (index % 4) / 50)),
  })),
};

/** The whole bike log; beyond 50 rentals a difference is a disagreement. */
export const bikeShadow: ShadowFigures = {
  ...figuresOf('bike'),
  promised: [{ metric: 'mae', difference: -20.23, interval: [-21.9, -18.6] }],
};
