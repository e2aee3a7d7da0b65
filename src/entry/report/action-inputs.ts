import * as z from 'zod';
import { optionalText } from '../action/input-fields.ts';

const SWITCH = ['true', 'false'] as const;

/** `true` or `false` (default). */
const switchInput = z
  .string()
  .trim()
  .transform((value) => (value === '' ? 'false' : value))
  .pipe(z.enum(SWITCH, { error: `allowed: ${SWITCH.join(', ')}` }))
  .transform((value) => value === 'true')
  .default(false);

/** The number of a pull request, or nothing. */
const numberInput = z
  .string()
  .trim()
  .regex(/^(?:#?[1-9]\d{0,8})?$/, { error: 'allowed: the number of a pull request, such as 12' })
  .transform((value) => (value === '' ? undefined : Number(value.replace('#', ''))))
  .optional();

/** The inputs of actions/report, as action.yml maps them to `KG_*` variables. */
export const reportInputs = z.object({
  report: optionalText,
  artifact: optionalText,
  'artifact-url': optionalText,
  'pull-request': numberInput,
  check: switchInput,
  required: switchInput,
  'github-token': optionalText,
});

export type ReportInputs = z.infer<typeof reportInputs>;
