import * as z from 'zod';
import { laneName, section } from './allowed.ts';
import { environmentSchema } from './environment-schema.ts';
import { modelSchema } from './model-schema.ts';

/** The schema of `.github/known-good.yml`, whose relative paths start at the folder that holds `.github/`. Rules across keys are in `cross-checks.ts`. */
export const configSchema = section({
  version: z.literal(1, { error: '1' }).describe('Version of this file’s format.'),
  models: z
    .record(laneName(), modelSchema, { error: 'a mapping of model name to model' })
    .refine((models) => Object.keys(models).length > 0, { error: 'at least one model' })
    .describe('The models of this repository, by name.'),
  environments: z
    .record(laneName(), environmentSchema, { error: 'a mapping of environment name to environment' })
    .optional()
    .describe('Named places with demands of their own.'),
});

export type Config = z.infer<typeof configSchema>;
