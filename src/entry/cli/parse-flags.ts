import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { KnownGoodError } from '../../core/errors.ts';
import { nearestName } from '../../core/nearest-name.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Parses flags strictly: an unknown one, or one without its value, is a `usage` error in a sentence. */
export function parseFlags<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message =
      error instanceof Error
        ? error.message.replace(/\. To specify.*$/s, '.').replace(/\n.*$/s, '')
        : 'wrong usage';
    throw new KnownGoodError(
      'usage',
      `${message.endsWith('.') ? message : `${message}.`}${nearestFlag(message, options)} See known-good help.`,
      { cause: error },
    );
  }
}

/** The flag that was probably meant, where the message is about one that nobody knows. */
function nearestFlag(message: string, options: Options): string {
  const unknown = /^Unknown option '--([^']+)'/.exec(message)?.[1];
  const near = unknown === undefined ? undefined : nearestName(unknown, Object.keys(options));
  return near === undefined ? '' : ` Did you mean --${near}?`;
}

/** At most one positional argument. */
export function onlyOne(positionals: readonly string[]): string | undefined {
  if (positionals.length <= 1) return positionals[0];
  throw new KnownGoodError(
    'usage',
    `One model at a time: saw ${positionals.length} (${positionals.map((each) => JSON.stringify(each)).join(', ')}).`,
  );
}
