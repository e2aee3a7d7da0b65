import * as z from 'zod';
import type { GateFigures } from '../../src/report/figures.ts';
import figures from '../fixtures/report/figures.json' with { type: 'json' };

const pair = z.object({
  champion: z.number(),
  challenger: z.number(),
  difference: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  own: z.tuple([z.number(), z.number()]).optional(),
});
const binary = z.object({ n: z.int(), roc_auc: pair, brier: pair, log_loss: pair });
const bins = z.array(z.object({ predicted: z.number(), observed: z.number(), count: z.int() }));
const names = ['champion', 'challenger', 'challenger_regressed'] as const;

/** The numbers of test/fixtures/report/figures.json. */
export const numbers = z
  .object({
    bank: z.record(z.enum(['challenger', 'regressed', 'leaky', 'equal', 'few']), binary),
    bike: z.record(z.enum(['challenger', 'challenger_regressed']), z.object({ n: z.int(), mae: pair })),
    slices: z.array(
      z.object({ column: z.string(), value: z.string(), n: z.int(), positives: z.int(), roc_auc: pair }),
    ),
    roc: z.record(z.enum(names), z.array(z.object({ x: z.number(), y: z.number() }))),
    calibration: z.record(z.enum(names), bins),
    bike_calibration: z.record(z.enum(names), bins),
  })
  .parse(figures);

export type Pair = z.infer<typeof pair>;

/** ROC and calibration of the bank champion and one bank challenger. */
export function bankFigures(challenger: 'challenger' | 'challenger_regressed'): GateFigures {
  const { roc, calibration } = numbers;
  return {
    roc: { champion: roc.champion, challenger: roc[challenger] },
    calibration: { champion: calibration.champion, challenger: calibration[challenger] },
  };
}

/** Calibration of the bike champion and one bike challenger, in rentals an hour. */
export function bikeFigures(challenger: 'challenger' | 'challenger_regressed'): GateFigures {
  const { bike_calibration: calibration } = numbers;
  return { calibration: { champion: calibration.champion, challenger: calibration[challenger] } };
}
