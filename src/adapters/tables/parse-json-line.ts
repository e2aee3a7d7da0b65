import { KnownGoodError } from '../../core/errors.ts';
import { parseStrictJson } from '../../core/json.ts';
import { seen } from '../../core/seen.ts';
import type { JsonRecord } from './jsonl-cell.ts';
import { tableError } from './table-error.ts';

const MAX_DEPTH = 64;
const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;

/** How many key-value pairs JSON text holds: its colons outside strings. */
function pairsInText(line: Buffer): number {
  let pairs = 0;
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const byte = line[at];
    if (byte === QUOTE) quoted = !quoted;
    else if (quoted && byte === BACKSLASH) at++;
    else if (byte === COLON && !quoted) pairs++;
  }
  return pairs;
}

/** How many keys a parsed value has in all; NaN when it nests deeper than 64 levels. */
function keysIn(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth >= MAX_DEPTH) return NaN;
  let keys = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const item of Object.values(value)) keys += keysIn(item, depth + 1);
  return keys;
}

/**
 * One line of a JSONL table: an object. JSON.parse is fast and keeps the last of two equal keys; the count of pairs
 * shows that, and the strict parser then says where.
 */
export function parseJsonLine(line: Buffer, place: { path: string; line: number }): JsonRecord {
  const text = line.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = strictly(text, place);
  }
  if (keysIn(value) !== pairsInText(line)) value = strictly(text, place);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonRecord;
  const what = `expected a JSON object, saw ${seen(value)}`;
  throw tableError(place, { what, todo: 'Write one object a line' });
}

function strictly(text: string, { path, line }: { path: string; line: number }): unknown {
  if (text.trim() === '') throw tableError({ path, line }, { what: 'this line is empty', todo: 'Remove it' });
  try {
    return parseStrictJson(text, { name: path, maxBytes: Infinity, firstLine: line });
  } catch (error) {
    if (error instanceof KnownGoodError) throw error;
    throw tableError(
      { path, line },
      { what: 'this line is not JSON', todo: 'Write one object a line' },
      error,
    );
  }
}
