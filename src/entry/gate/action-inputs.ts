import * as z from 'zod';
import { KnownGoodError } from '../../core/errors.ts';

/** An input that was not given arrives as an empty text. */
const optional = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional();
const words = (allowed: readonly [string, ...string[]]) =>
  z.enum(allowed, { error: `allowed: ${allowed.join(', ')}` });

/** Names of columns, one a line, or on a single line separated by commas; spaces belong to the names. */
const names = z
  .string()
  .transform((value) => {
    const text = value.trim();
    const parts = text.split(text.includes('\n') ? '\n' : ',').map((part) => part.trim());
    const given = parts.filter((part) => part !== '');
    return given.length === 0 ? undefined : given;
  })
  .optional();

/** The inputs of actions/gate, as action.yml maps them to `KG_*` variables. */
export const gateInputs = z.object({
  model: optional,
  environment: optional,
  config: optional,
  artifact: optional,
  against: optional,
  data: optional,
  label: optional,
  id: optional,
  task: optional,
  features: optional,
  positive: optional,
  classes: optional,
  slices: names,
  predictions: optional,
  challenger: optional,
  champion: optional,
  out: optional,
  hold: z
    .string()
    .trim()
    .transform((value) => (value === '' ? 'fail' : value))
    .pipe(words(['fail', 'neutral']))
    .default('fail'),
});

export type GateInputs = z.infer<typeof gateInputs>;

/** Reads the inputs from the environment of the step; every wrong one is named in one `usage` error. */
export function readGateInputs(env: Readonly<Record<string, string | undefined>>): GateInputs {
  const given = Object.keys(gateInputs.shape).map((name) => [name, env[`KG_${name.toUpperCase()}`]]);
  const parsed = gateInputs.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) =>
      `input ${issue.path.join('.')}: saw ${JSON.stringify(env[`KG_${issue.path.join('_').toUpperCase()}`])}, ${issue.message}`,
  );
  throw new KnownGoodError('usage', `${problems.join('; ')}.`);
}
