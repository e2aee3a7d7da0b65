import type * as z from 'zod';
import { KnownGoodError } from '../../core/errors.ts';

/** The variable in which action.yml hands over an input: `gate-verdict` comes as `KG_GATE_VERDICT`. */
export function inputVariable(name: string): string {
  return `KG_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** The variable in which GitHub hands an input to a JavaScript action: `github-token` comes as `INPUT_GITHUB-TOKEN`. */
export function runnerVariable(name: string): string {
  return `INPUT_${name.toUpperCase().replaceAll(' ', '_')}`;
}

/**
 * Reads the inputs of an action from the environment of its step; every wrong one is named in one `usage` error. `variable`: how the variable
 * of an input is called.
 */
export function readInputs<S extends z.ZodObject>(
  schema: S,
  env: Readonly<Record<string, string | undefined>>,
  variable: (name: string) => string = inputVariable,
): z.infer<S> {
  const given = Object.keys(schema.shape).map((name) => [name, env[variable(name)]]);
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `input ${name}: saw ${JSON.stringify(env[variable(name)])}, ${message}`;
  });
  throw new KnownGoodError('usage', `${problems.join('; ')}.`);
}
