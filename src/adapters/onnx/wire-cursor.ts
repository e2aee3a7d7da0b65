/** The bytes do not follow the protobuf wire format: they end too early, or are something else. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly kind: 'truncated' | 'malformed';

  constructor(kind: 'truncated' | 'malformed', message: string) {
    super(message);
    this.kind = kind;
  }
}

export const VARINT = 0;
export const FIXED64 = 1;
export const BYTES = 2;
export const FIXED32 = 5;

/** Field number and wire type as one number, as the wire itself writes them. */
export function tagOf(field: number, wire: number): number {
  return field * 8 + wire;
}

const text = new TextDecoder('utf-8');

/**
 * Walks the fields of one protobuf message without copying (protobuf.dev, "Encoding"). Groups, which ONNX
 * never uses, are malformed. Lengths are checked against the bytes at hand before anything is read.
 */
export class WireCursor {
  readonly bytes: Uint8Array;
  /** Tag of the current field, see `tagOf`. */
  tag = 0;
  /** Value of a varint as a signed 64-bit integer; inexact beyond 2^53, where it is only compared with limits. */
  value = 0;
  /** Start of the field with its tag, start of its content, and its end. */
  fieldStart = 0;
  start = 0;
  end: number;
  readonly #limit: number;

  constructor(bytes: Uint8Array, start = 0, limit = bytes.length) {
    this.bytes = bytes;
    this.end = start;
    this.#limit = limit;
  }

  /** Moves to the next field; `false` at the end of the message. Throws `WireError`. */
  next(): boolean {
    if (this.end >= this.#limit) return false;
    this.fieldStart = this.end;
    this.tag = this.#varint();
    if (this.tag < 8 || this.tag > 0xffffffff) throw this.#broken(`field tag ${this.tag}`);
    this.start = this.end;
    this.#skip(this.tag % 8);
    return true;
  }

  /** A cursor over the content of the current field. */
  message(): WireCursor {
    return new WireCursor(this.bytes, this.start, this.end);
  }

  /** A second cursor from where this one stands to the same end. */
  copy(): WireCursor {
    return new WireCursor(this.bytes, this.end, this.#limit);
  }

  /** The content of the current field as UTF-8; bad sequences become U+FFFD. */
  text(): string {
    return text.decode(this.bytes.subarray(this.start, this.end));
  }

  /** Calls `take` with each integer of the current field, one or packed. */
  integers(take: (value: number) => void): void {
    if (this.tag % 8 === VARINT) return take(this.value);
    const packed = this.message();
    while (packed.end < packed.#limit) take(packed.#varint());
  }

  #skip(wire: number): void {
    if (wire === VARINT) this.value = this.#varint();
    else if (wire === FIXED64) this.#advance(8);
    else if (wire === FIXED32) this.#advance(4);
    else if (wire === BYTES) {
      const length = this.#varint();
      this.start = this.end;
      this.#advance(length);
    } else throw this.#broken(`wire type ${wire}`);
  }

  #advance(length: number): void {
    if (length < 0) throw this.#broken('a negative length');
    if (length > this.#limit - this.end) throw this.#short();
    this.end += length;
  }

  #varint(): number {
    let low = 0;
    let high = 0;
    for (let i = 0; i < 10; i++) {
      if (this.end >= this.#limit) throw this.#short();
      const byte = this.bytes[this.end++] ?? 0;
      if (i < 4) low += (byte & 0x7f) * 2 ** (7 * i);
      else high += (byte & 0x7f) * 2 ** (7 * (i - 4));
      if (byte < 0x80) return signed(low, high);
    }
    throw this.#broken('a number of more than 10 bytes');
  }

  #short(): WireError {
    const outermost = this.#limit === this.bytes.length;
    return outermost
      ? new WireError('truncated', `a field at byte ${this.fieldStart} runs past the end`)
      : this.#broken('a field that is longer than what holds it');
  }

  #broken(what: string): WireError {
    return new WireError('malformed', `byte ${this.fieldStart} begins ${what}`);
  }
}

/** Joins the low 28 bits and the rest, and takes the 64-bit result as two's complement. */
function signed(low: number, high: number): number {
  const unsigned = low + (high % 2 ** 36) * 2 ** 28;
  if (unsigned < 2 ** 63) return unsigned;
  const complement = (2 ** 36 - (high % 2 ** 36)) * 2 ** 28 - low;
  return -complement;
}
