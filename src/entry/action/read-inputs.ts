import type * as z from 'zod';
import { KnownGoodError } from '../../core/errors.ts';

/** The variable in which action.yml hands over an input: `gate-verdict` comes as `KG_GATE_VERDICT`. */
export function inputVariable(name: string): string {
  return `KG_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** Reads the inputs of an action from the environment of its step; every wrong one is named in one `usage` error. */
export function readInputs<S extends z.ZodObject>(
  schema: S,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<S> {
  const given = Object.keys(schema.shape).map((name) => [name, env[inputVariable(name)]]);
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `input ${name}: saw ${JSON.stringify(env[inputVariable(name)])}, ${message}`;
  });
  throw new KnownGoodError('usage', `${problems.join('; ')}.`);
}
