import * as z from 'zod';
import { columnNames, holdInput, optionalText } from '../action/input-fields.ts';

/** The inputs of actions/gate, as action.yml maps them to `KG_*` variables. */
export const gateInputs = z.object({
  model: optionalText,
  environment: optionalText,
  config: optionalText,
  artifact: optionalText,
  against: optionalText,
  data: optionalText,
  label: optionalText,
  id: optionalText,
  task: optionalText,
  features: optionalText,
  positive: optionalText,
  classes: optionalText,
  slices: columnNames,
  predictions: optionalText,
  challenger: optionalText,
  champion: optionalText,
  out: optionalText,
  hold: holdInput,
});

export type GateInputs = z.infer<typeof gateInputs>;
