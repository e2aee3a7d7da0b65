import type { CellDecoder } from './column-sink.ts';

/** A JSON object as `JSON.parse` gives it; only own keys are looked at. */
export type JsonRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads one field of JSON lines. `a.b` is the key `a.b` where there is one, else the key `b` inside `a` (keys may have dots themselves). null and
 * absent are missing; true and false are 1 and 0 as numbers, `true` and `false` as text (`auto` takes them as text).
 */
export class JsonlColumn implements CellDecoder<JsonRecord> {
  /** Whether any line had the field, null included. */
  found = false;
  private readonly name: string;
  private readonly path: readonly string[];
  private readonly texts = new Map<string, string>();

  constructor(name: string) {
    this.name = name;
    this.path = name.split('.');
  }

  isMissing(record: JsonRecord): boolean {
    const value = this.value(record);
    if (value !== undefined) this.found = true;
    return value === undefined || value === null || value === '';
  }

  number(record: JsonRecord): number | undefined {
    const value = this.value(record);
    if (typeof value === 'number') return value;
    if (typeof value === 'boolean') return value ? 1 : 0;
    return value === 'NaN' || value === 'nan' ? NaN : undefined;
  }

  isPlainNumber(record: JsonRecord): boolean {
    const value = this.value(record);
    return typeof value === 'number' ? Number.isFinite(value) : value === 'NaN' || value === 'nan';
  }

  text(record: JsonRecord): string | undefined {
    const value = this.value(record);
    if (typeof value === 'string') return this.interned(value);
    if (typeof value === 'boolean') return String(value);
    if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
    // A longer integer has lost digits: two identifiers could become one.
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value);
  }

  shown(record: JsonRecord): unknown {
    return this.value(record);
  }

  private value(record: JsonRecord): unknown {
    if (Object.hasOwn(record, this.name)) return record[this.name];
    return this.path.length === 1 ? undefined : valueAt(record, this.path);
  }

  private interned(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    if (this.texts.size < 4096) this.texts.set(text, text);
    return text;
  }
}

/** Follows a dotted name; a key that has dots itself wins over the same path through objects, the longest first. */
function valueAt(record: JsonRecord, path: readonly string[]): unknown {
  for (let taken = path.length; taken > 0; taken--) {
    const key = path.slice(0, taken).join('.');
    if (!Object.hasOwn(record, key)) continue;
    const value = record[key];
    if (taken === path.length) return value;
    const inner = isRecord(value) ? valueAt(value, path.slice(taken)) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** The dotted names of a line's fields, in order; lists and null are fields, objects are looked into. */
export function fieldNames(record: JsonRecord, prefix = ''): string[] {
  return Object.entries(record).flatMap(([key, value]) =>
    isRecord(value) ? fieldNames(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}
