import type { Verdict } from '../../src/core/verdict.ts';
import type { GateFigures } from '../../src/report/figures.ts';
import { erring, failing, holding, leaky, passing } from './sample-bank-verdicts.ts';
import { bankFigures, bikeFigures } from './sample-figures.ts';
import { hostile, manySlices } from './sample-hard-verdicts.ts';
import {
  bikeFailing,
  bikePassing,
  elsewhere,
  multiclass,
  noBaseline,
  twoFiles,
  zeroConfig,
} from './sample-other-verdicts.ts';

/** A verdict with its figures, for reports to be looked at. */
export interface Sample {
  verdict: Verdict;
  figures: GateFigures;
}

/** Reports worth looking at, by file name. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  'pass-bank': { verdict: passing, figures: bankFigures('challenger') },
  'fail-declared': { verdict: failing, figures: bankFigures('challenger_regressed') },
  'fail-leaky': { verdict: leaky, figures: {} },
  'hold-few-rows': { verdict: holding, figures: {} },
  'error-timeout': { verdict: erring, figures: {} },
  'hold-no-gates': { verdict: zeroConfig, figures: {} },
  'pass-two-files': { verdict: twoFiles, figures: {} },
  'pass-no-baseline': { verdict: noBaseline, figures: {} },
  'hold-multiclass': { verdict: multiclass, figures: {} },
  'pass-bike': { verdict: bikePassing, figures: bikeFigures('challenger') },
  'fail-bike': { verdict: bikeFailing, figures: bikeFigures('challenger_regressed') },
  'pass-elsewhere': { verdict: elsewhere, figures: {} },
  'fail-40-slices': { verdict: manySlices, figures: bankFigures('challenger') },
  'fail-hostile-names': { verdict: hostile, figures: {} },
};
