import { BYTES, VARINT, tagOf } from './wire-cursor.ts';

/** A non-negative whole number below 2^53 as a protobuf varint. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  return Uint8Array.from([...bytes, rest]);
}

/** A protobuf field that holds a whole number. */
export function varintField(field: number, value: number): Uint8Array {
  return concatBytes([varint(tagOf(field, VARINT)), varint(value)]);
}

/** A protobuf field that holds bytes or a message. */
export function bytesField(field: number, content: Uint8Array): Uint8Array {
  return concatBytes([varint(tagOf(field, BYTES)), varint(content.length), content]);
}

/** A protobuf field that holds UTF-8 text. */
export function textField(field: number, text: string): Uint8Array {
  return bytesField(field, new TextEncoder().encode(text));
}

/** The parts, one after the other. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
