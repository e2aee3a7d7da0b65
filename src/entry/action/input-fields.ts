import * as z from 'zod';

/** Text that may be left out: an input that was not given arrives as an empty one. */
export const optionalText = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional();

/** Names of columns, one a line, or on a single line separated by commas; spaces belong to the names. */
export const columnNames = z
  .string()
  .transform((value) => partsOf(value, value.trim().includes('\n') ? '\n' : ','))
  .optional();

/** Texts such as paths, one a line: commas and spaces belong to them. */
export const textLines = z
  .string()
  .transform((value) => partsOf(value, '\n'))
  .optional();

function partsOf(value: string, separator: string): string[] | undefined {
  const parts = value.split(separator).map((part) => part.trim());
  const given = parts.filter((part) => part !== '');
  return given.length === 0 ? undefined : given;
}

const HOLDS = ['fail', 'neutral'] as const;

/** What a hold does to the step: `fail` (default) or `neutral`. */
export const holdInput = z
  .string()
  .trim()
  .transform((value) => (value === '' ? 'fail' : value))
  .pipe(z.enum(HOLDS, { error: `allowed: ${HOLDS.join(', ')}` }))
  .default('fail');
