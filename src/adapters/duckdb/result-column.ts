import type { ResultKind } from '../../core/sql-engine.ts';
import { GrowingArray } from './growing-array.ts';

/** What is used of a column of a chunk: `items` are the raw values, with anything at all where a row is NULL. */
export interface RawVector {
  items?: unknown;
  validity?: unknown;
  getItem(row: number): unknown;
}

/** Collects one column of a result, chunk by chunk. */
export interface ResultColumn {
  add(vector: RawVector, rows: number): void;
  take(): Float64Array | Int32Array | string[];
}

const SHARED_TEXTS = 4096;

/** The collector of a column as the shape asks for it, with room for the rows that are expected. Throws an `Error` for values that are no number, from `number` and `code`. */
export function resultColumn(kind: ResultKind, expected = 0): ResultColumn {
  switch (kind) {
    case 'number':
      return numberColumn(
        new GrowingArray((length) => new Float64Array(length), expected),
        Float64Array,
        Number.NaN,
      );
    case 'code':
      return numberColumn(new GrowingArray((length) => new Int32Array(length), expected), Int32Array, -1);
    case 'text':
      return textColumn();
    default:
      return kind satisfies never;
  }
}

function numberColumn<A extends Float64Array | Int32Array>(
  values: GrowingArray<A>,
  raw: new () => A,
  absent: number,
): ResultColumn {
  return {
    add(vector, rows) {
      const room = values.next(rows);
      if (vector.items instanceof raw) {
        room.set(vector.items.subarray(0, rows));
        fillInvalid(room, vector, absent);
      } else for (let row = 0; row < rows; row++) room[row] = asNumber(vector.getItem(row), absent);
    },
    take: () => values.take(),
  };
}

function textColumn(): ResultColumn {
  const values: string[] = [];
  const shared = new Map<string, string>();
  return {
    add(vector, rows) {
      for (let row = 0; row < rows; row++) {
        const value = vector.getItem(row);
        const text = value === null ? '' : String(value);
        const known = shared.get(text);
        if (known === undefined && shared.size < SHARED_TEXTS) shared.set(text, text);
        values.push(known ?? text);
      }
    },
    take: () => values,
  };
}

/** Numbers of other types than the fast one: integers of any width, decimals, booleans. */
function asNumber(value: unknown, absent: number): number {
  if (value === null) return absent;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return Number(value);
  if (typeof value === 'object' && 'toDouble' in value && typeof value.toDouble === 'function')
    return Number(value.toDouble());
  throw new Error(`a query gives ${typeof value} where a number was asked for`);
}

/** Puts `absent` where the mask has a 0; without a mask every row is valid. Bits from the lowest of the first byte. */
function fillInvalid(room: Float64Array | Int32Array, vector: RawVector, absent: number): void {
  const mask = (vector.validity as { data?: BigUint64Array | null } | undefined)?.data;
  if (mask === null) return;
  if (mask === undefined)
    throw new Error('this version of @duckdb/node-api does not show which rows are NULL');
  const bytes = new Uint8Array(mask.buffer, mask.byteOffset, mask.byteLength);
  for (let row = 0; row < room.length; row++) {
    const byte = bytes[row >> 3] as number;
    if (byte === 0xff) row |= 7;
    else if ((byte & (1 << (row & 7))) === 0) room[row] = absent;
  }
}
