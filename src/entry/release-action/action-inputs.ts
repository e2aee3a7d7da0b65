import * as z from 'zod';
import { holdInput, optionalText, textLines } from '../action/input-fields.ts';

const FLAGS = ['true', 'false'] as const;

/** A switch: `true` or `false` (default), and nothing else. */
const flagInput = z
  .string()
  .trim()
  .transform((value) => (value === '' ? 'false' : value))
  .pipe(z.enum(FLAGS, { error: `allowed: ${FLAGS.join(', ')}` }))
  .transform((value) => value === 'true')
  .default(false);

/** What every one of these actions takes: config, ledger, and who we are for GitHub and the registry. */
const shared = {
  config: optionalText,
  ledger: optionalText,
  'github-token': optionalText,
  registry: optionalText,
  'registry-username': optionalText,
  'registry-password': optionalText,
} as const;

/** The inputs of actions/register, as action.yml maps them to `KG_*` variables. */
export const registerInputs = z.object({
  model: optionalText,
  version: optionalText,
  digest: optionalText,
  image: optionalText,
  artifact: optionalText,
  sha: optionalText,
  evidence: textLines,
  'dry-run': flagInput,
  ...shared,
});

/** The inputs of actions/promote. */
export const promoteInputs = z.object({
  lane: optionalText,
  release: optionalText,
  reason: optionalText,
  'accept-hold': flagInput,
  'dry-run': flagInput,
  ...shared,
});

/** The inputs of actions/rollback. */
export const rollbackInputs = z.object({
  lane: optionalText,
  release: optionalText,
  reason: optionalText,
  unproved: flagInput,
  'dry-run': flagInput,
  ...shared,
});

/** The inputs of actions/verify. */
export const verifyInputs = z.object({ lane: optionalText, waiting: holdInput, ...shared });

export type RegisterInputs = z.infer<typeof registerInputs>;
export type PromoteInputs = z.infer<typeof promoteInputs>;
export type RollbackInputs = z.infer<typeof rollbackInputs>;
export type VerifyInputs = z.infer<typeof verifyInputs>;

/** The shared ones, as every step hands them on. */
export type PlaceInputs = Pick<VerifyInputs, keyof typeof shared>;
