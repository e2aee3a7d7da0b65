import { KnownGoodError } from '../../core/errors.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

/** Flags that every command on releases has. */
export const SHARED_FLAGS = {
  config: text,
  ledger: text,
  json: flag,
  quiet: flag,
  'no-color': flag,
} as const;

/** And those that change something. */
export const CHANGING_FLAGS = { ...SHARED_FLAGS, reason: text, 'dry-run': flag } as const;

/** The values of the shared flags. */
export interface SharedValues {
  config?: string | undefined;
  ledger?: string | undefined;
  json: boolean;
  quiet: boolean;
  'no-color': boolean;
}

const MOST_REASON = 500;

/** The reason that was given, on one line; `undefined` without one. An empty or too long one is a `usage` error. */
export function reasonOf({ reason }: { reason?: string | undefined }): string | undefined {
  if (reason === undefined) return undefined;
  const line = reason.replace(/\s+/g, ' ').trim();
  if (line === '') throw new KnownGoodError('usage', '--reason is empty. Say why, for whoever asks later.');
  if (line.length <= MOST_REASON) return line;
  throw new KnownGoodError(
    'usage',
    `--reason has ${line.length} characters; at most ${MOST_REASON} are kept. Shorten it.`,
  );
}

/** A reason that must be there. */
export function neededReason(values: { reason?: string | undefined }, command: string): string {
  const reason = reasonOf(values);
  if (reason !== undefined) return reason;
  throw new KnownGoodError('usage', `known-good ${command} asks for a reason: add --reason "…".`);
}

/** The positional arguments by name; too few or too many are a `usage` error that shows how to write it. */
export function argumentsOf(
  positionals: readonly string[],
  { usage, least, most }: { usage: string; least: number; most: number },
): readonly string[] {
  if (positionals.length >= least && positionals.length <= most) return positionals;
  const what = positionals.length < least ? 'Something is missing' : 'There is more than can be meant';
  throw new KnownGoodError('usage', `${what}. Write: known-good ${usage}. See known-good help.`);
}

/** A whole number of at least 1. */
export function countOf(text: string | undefined, fallback: number, name: string): number {
  if (text === undefined) return fallback;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new KnownGoodError(
    'usage',
    `${name} takes a whole number from 1 on, and saw ${JSON.stringify(text.slice(0, 40))}.`,
  );
}
