import * as z from 'zod';
import { canonicalJson } from '../core/canonical-json.ts';
import { digestOf } from '../core/digest.ts';
import { KnownGoodError } from '../core/errors.ts';
import { parseStrictJson } from '../core/json.ts';
import { releaseSchema, type Release } from '../core/release.ts';
import { foreignEntrySchema, knownEntrySchema, type Entry } from './entry.ts';
import type { Chained } from './fold.ts';
import { leftSchema, stateSchema, type LaneState, type Left } from './state.ts';

const MOST_BYTES = 2 ** 20;

/** The bytes of a ledger document: canonical JSON and a newline, so that equal data has one digest. */
export function writeDocument(value: unknown): string {
  return `${canonicalJson(value)}\n`;
}

/** Reads an entry and the digest of its bytes; a kind that is not known here becomes a foreign entry. */
export function readEntry(text: string, path: string): Chained {
  const data = jsonOf(text, path);
  const known = knownEntrySchema.safeParse(data);
  if (known.success) return { entry: known.data, digest: digestOf(text) };
  const kinds: readonly string[] = knownEntrySchema.options.map((option) => option.shape.kind.value);
  const foreign = foreignEntrySchema.safeParse(data);
  if (foreign.success && !kinds.includes(foreign.data.kind)) {
    return { entry: { ...foreign.data, foreign: true } satisfies Entry, digest: digestOf(text) };
  }
  throw unreadable(path, known.error);
}

/** Reads a lane's state. */
export function readState(text: string, path: string): LaneState {
  return read(stateSchema, text, path);
}

/** Reads the record of a release. */
export function readRelease(text: string, path: string): Release {
  return read(releaseSchema, text, path);
}

const quarantineSchema = z.object({ schema: z.literal(1), model: z.string(), left: z.array(leftSchema) });

/** Reads a model's quarantine; no file = nothing quarantined. */
export function readQuarantine(text: string | undefined, path: string): readonly Left[] {
  return text === undefined ? [] : read(quarantineSchema, text, path).left;
}

/** The bytes of a model's quarantine. */
export function writeQuarantine(model: string, left: readonly Left[]): string {
  return writeDocument({ schema: 1, model, left });
}

const pointerSchema = z.object({ schema: z.literal(1), digest: releaseSchema.shape.digest });

/** Reads a pointer file (`versions/…`, `commits/…`, `newest.json`): the digest it names. */
export function readPointer(text: string, path: string): Release['digest'] {
  return read(pointerSchema, text, path).digest;
}

/** The bytes of a pointer file. */
export function writePointer(digest: Release['digest']): string {
  return writeDocument({ schema: 1, digest });
}

function read<T extends z.ZodType>(schema: T, text: string, path: string): z.infer<T> {
  const parsed = schema.safeParse(jsonOf(text, path));
  if (parsed.success) return parsed.data;
  throw unreadable(path, parsed.error);
}

function jsonOf(text: string, path: string): unknown {
  return parseStrictJson(text, { name: path, maxBytes: MOST_BYTES });
}

function unreadable(path: string, error: z.ZodError): KnownGoodError {
  const [issue] = error.issues;
  const where = issue === undefined ? '' : ` at ${JSON.stringify(issue.path.join('.'))}: ${issue.message}`;
  return new KnownGoodError(
    'unavailable',
    `The ledger's ${path} cannot be understood${where}. It was altered, or written by a newer major version: ` +
      'run known-good ledger verify.',
  );
}
