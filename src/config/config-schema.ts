import * as z from 'zod';
import { list, NAME, NAME_ALLOWED, oneOf, pattern, section } from './allowed.ts';
import { gatesSchema } from './gates-schema.ts';
import { modelSchema } from './model-schema.ts';

const name = () => pattern(NAME, NAME_ALLOWED);

const environmentSchema = section({
  requires: list(oneOf(['gate']), 'a list of: gate')
    .optional()
    .describe('Evidence that a release needs here (default: gate).'),
  predictions: oneOf(['measured', 'any'])
    .optional()
    .describe(
      'measured (default): the model must have been run here; any: predictions made elsewhere count too.',
    ),
  gates: z
    .record(name(), gatesSchema, { error: 'a mapping of model name to gates' })
    .optional()
    .describe('Limits by model, laid over the model’s own.'),
});

/** The schema of `.github/known-good.yml`, whose relative paths start at the folder that holds `.github/`. Rules across keys are in `cross-checks.ts`. */
export const configSchema = section({
  version: z.literal(1, { error: '1' }).describe('Version of this file’s format.'),
  models: z
    .record(name(), modelSchema, { error: 'a mapping of model name to model' })
    .refine((models) => Object.keys(models).length > 0, { error: 'at least one model' })
    .describe('The models of this repository, by name.'),
  environments: z
    .record(name(), environmentSchema, { error: 'a mapping of environment name to environment' })
    .optional()
    .describe('Named places with demands of their own.'),
});

export type Config = z.infer<typeof configSchema>;
export type EnvironmentConfig = z.infer<typeof environmentSchema>;
