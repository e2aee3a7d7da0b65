import { describe, expect, it } from 'vitest';
import { VARINT, WireCursor, WireError, tagOf } from '../../../../src/adapters/onnx/wire-cursor.ts';
import {
  bytesField,
  concatBytes,
  textField,
  varintField,
} from '../../../../src/adapters/onnx/wire-writer.ts';

const NEGATIVE_ONE = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
const LOWEST = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01];

describe('WireCursor', () => {
  it.each([
    ['0', [0x00], 0],
    ['1', [0x01], 1],
    ['150, the example of the specification', [0x96, 0x01], 150],
    ['2^28 - 1', [0xff, 0xff, 0xff, 0x7f], 2 ** 28 - 1],
    ['2^28', [0x80, 0x80, 0x80, 0x80, 0x01], 2 ** 28],
    ['2^53', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10], 2 ** 53],
    ['2^62', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40], 2 ** 62],
    ['-1', NEGATIVE_ONE, -1],
    ['-2^63', LOWEST, -(2 ** 63)],
  ])('reads the varint of %s', (_, bytes, value) => {
    const cursor = new WireCursor(Uint8Array.from([0x08, ...bytes]));
    expect(cursor.next()).toBe(true);
    expect([cursor.tag, cursor.value]).toEqual([tagOf(1, VARINT), value]);
    expect(cursor.next()).toBe(false);
  });

  it('reads what the writer writes, nested and packed', () => {
    const inner = concatBytes([varintField(3, 2 ** 40), textField(4, 'é')]);
    const cursor = new WireCursor(
      concatBytes([bytesField(200, inner), bytesField(2, Uint8Array.of(1, 2, 0x96, 1))]),
    );
    cursor.next();
    const message = cursor.message();
    message.next();
    expect(message.value).toBe(2 ** 40);
    message.next();
    expect(message.text()).toBe('é');
    cursor.next();
    const packed: number[] = [];
    cursor.integers((value) => packed.push(value));
    expect(packed).toEqual([1, 2, 150]);
  });

  it.each([
    ['a varint without an end', [0x08, 0x80], 'truncated'],
    ['a length beyond the end', [0x0a, 0x05, 1, 2], 'truncated'],
    ['a length of 2^56 bytes', [0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], 'truncated'],
    ['half a fixed64', [0x09, 1, 2, 3, 4], 'truncated'],
    ['half a fixed32', [0x0d, 1, 2], 'truncated'],
    ['a negative length', [0x0a, ...NEGATIVE_ONE], 'malformed'],
    ['a varint of 11 bytes', [0x08, ...NEGATIVE_ONE.slice(0, 9), 0x80, 0x01], 'malformed'],
    ['field number 0', [0x00], 'malformed'],
    ['a group', [0x0b], 'malformed'],
    ['wire type 7', [0x0f], 'malformed'],
  ])('refuses %s', (_, bytes, kind) => {
    const read = (): boolean => new WireCursor(Uint8Array.from(bytes)).next();
    expect(read).toThrow(WireError);
    expect(read).toThrow(expect.objectContaining({ kind }));
  });

  it('calls a field longer than its message malformed, though the file goes on', () => {
    const cursor = new WireCursor(Uint8Array.from([0x0a, 0x02, 0x0a, 0x09, 0x08, 0x01]));
    cursor.next();
    const message = cursor.message();
    expect(() => message.next()).toThrow(expect.objectContaining({ kind: 'malformed' }));
  });
});
