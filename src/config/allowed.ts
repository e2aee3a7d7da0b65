import * as z from 'zod';
import { BYTE_SIZE, BYTE_SIZE_ALLOWED, parseByteSize } from '../core/byte-size.ts';
import { DURATION, DURATION_ALLOWED, parseDuration } from '../core/duration.ts';
import { LANE_NAME } from '../core/lane.ts';

/**
 * The building blocks of the schemas. Every issue's message is what is allowed there, in words that fit behind
 * "allowed:"; `document-problems.ts` puts the path and what was seen before it.
 */

export interface Range {
  min?: number;
  max?: number;
  /** The number must be above `min`, not equal. */
  above?: boolean;
}

function rangeInWords(noun: string, { min, max, above }: Range): string {
  if (min !== undefined && max !== undefined) return `${noun} from ${min} to ${max}`;
  if (min !== undefined) return above ? `${noun} above ${min}` : `${noun}, at least ${min}`;
  return max === undefined ? noun : `${noun}, at most ${max}`;
}

/** A finite number in a range; both ends belong to it, unless `above`. */
export function number(range: Range = {}): z.ZodNumber {
  const error = rangeInWords('a number', range);
  let schema = z.number({ error });
  if (range.min !== undefined) {
    schema = range.above ? schema.gt(range.min, { error }) : schema.gte(range.min, { error });
  }
  return range.max === undefined ? schema : schema.lte(range.max, { error });
}

/** A whole number in a range, ends included. */
export function wholeNumber(range: Range = {}): z.ZodInt {
  const error = rangeInWords('a whole number', range);
  let schema = z.int({ error });
  if (range.min !== undefined) schema = schema.gte(range.min, { error });
  return range.max === undefined ? schema : schema.lte(range.max, { error });
}

/** Without control characters; spelled so that every JSON Schema validator understands the pattern. */
const CONTROL = String.raw`\u0000-\u001f\u007f-\u009f`;
const ONE_LINE = new RegExp(`^[^${CONTROL}]*$`);

/** Text without control characters, of 1 to `max` characters. */
export function text(max = 1000, allowed = `a text of 1 to ${max} characters on one line`): z.ZodString {
  const error = allowed;
  return z.string({ error }).min(1, { error }).max(max, { error }).regex(ONE_LINE, { error });
}

/** Text that matches a pattern. */
export function pattern(regex: RegExp, allowed: string): z.ZodString {
  return z.string({ error: allowed }).max(1000, { error: allowed }).regex(regex, { error: allowed });
}

/** One of some words. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  const error = words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return z.enum(words, { error });
}

/** true or false. */
export function flag(): z.ZodBoolean {
  return z.boolean({ error: 'true or false' });
}

/** A list with at least `min` items. */
export function list<T extends z.ZodType>(item: T, allowed: string, min = 1): z.ZodArray<T> {
  const error = allowed;
  return z.array(item, { error }).min(min, { error }).max(20_000, { error });
}

/** A mapping with exactly these keys, some of them optional. */
export function section<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? known.join(', ') : `a mapping of ${known.join(', ')}`,
  });
}

/** A duration such as `5ms`; milliseconds once parsed. */
export function duration() {
  return pattern(DURATION, DURATION_ALLOWED)
    .refine(isPositive, { error: DURATION_ALLOWED })
    .transform(parseDuration);
}

/** A size such as `512MiB`; bytes once parsed. */
export function byteSize() {
  return pattern(BYTE_SIZE, BYTE_SIZE_ALLOWED)
    .refine(isPositive, { error: BYTE_SIZE_ALLOWED })
    .transform(parseByteSize);
}

function isPositive(amount: string): boolean {
  return Number.parseFloat(amount) > 0;
}

/** The name of a model or environment: a folder of the ledger and a part of every lane. */
export function laneName(): z.ZodString {
  return pattern(
    LANE_NAME,
    'a name of 1 to 64 letters, digits, ".", "_" or "-" that begins and ends with a letter or digit',
  );
}
