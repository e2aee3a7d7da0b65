import * as z from 'zod';
import { columnNames, holdInput, optionalText, textLines } from '../action/input-fields.ts';

/** The inputs of actions/shadow, as action.yml maps them to `KG_*` variables. */
export const shadowInputs = z.object({
  model: optionalText,
  environment: optionalText,
  config: optionalText,
  ledger: optionalText,
  champion: optionalText,
  challenger: optionalText,
  log: textLines,
  labels: textLines,
  task: optionalText,
  positive: optionalText,
  threshold: optionalText,
  reference: optionalText,
  slices: columnNames,
  'gate-verdict': optionalText,
  out: optionalText,
  hold: holdInput,
});

export type ShadowInputs = z.infer<typeof shadowInputs>;
