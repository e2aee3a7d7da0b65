import * as z from 'zod';
import { verdictSchema } from '../core/verdict.ts';
import { configSchema } from './config-schema.ts';
import { manifestSchema } from './manifest-schema.ts';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Record<string, unknown>;

/** What is written, before durations and sizes become numbers. */
function written(schema: z.ZodType, title: string, description: string): JsonSchema {
  const json = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return { $schema: json.$schema, title, description, ...json };
}

/** The schema of `.github/known-good.yml`, for editors. */
export function configJsonSchema(): JsonSchema {
  return written(
    configSchema,
    'Known Good config',
    'The models of a repository, their tables and the gates they must pass.',
  );
}

/** The schema of an artifact's `manifest.json`. */
export function manifestJsonSchema(): JsonSchema {
  return written(
    manifestSchema,
    'Known Good manifest',
    'What the makers of a model say of it: manifest.json of an artifact.',
  );
}

/** The schema of `verdict.json`. */
export function verdictJsonSchema(): JsonSchema {
  return written(
    verdictSchema,
    'Known Good verdict',
    'The outcome of one gate, bound to one artifact digest.',
  );
}
