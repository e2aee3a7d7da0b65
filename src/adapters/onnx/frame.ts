/**
 * One message between parent and child: a 16-byte prefix (magic, header bytes, body bytes), a header in JSON,
 * and a body of raw numbers. The other side may be hostile, so sizes are checked before anything is allocated.
 */
export interface Frame {
  header: unknown;
  body: Uint8Array;
}

export const PREFIX_BYTES = 16;
const MAGIC = 0x4b474631;

/** Frames that break the rules, or are larger than was agreed. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** The bytes of a frame, in parts that share memory with `body`. */
export function encodeFrame(header: object, body: readonly Uint8Array[] = []): Uint8Array[] {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const prefix = new DataView(new ArrayBuffer(PREFIX_BYTES));
  prefix.setUint32(0, MAGIC);
  prefix.setUint32(4, json.length);
  prefix.setFloat64(
    8,
    body.reduce((sum, part) => sum + part.length, 0),
  );
  return [new Uint8Array(prefix.buffer), json, ...body];
}

/** The two lengths in a prefix. Throws `FrameError` for anything else, and above the limits. */
export function decodePrefix(
  bytes: Uint8Array,
  most: { header: number; body: number },
): { header: number; body: number } {
  const prefix = new DataView(bytes.buffer, bytes.byteOffset, PREFIX_BYTES);
  const header = prefix.getUint32(4);
  const body = prefix.getFloat64(8);
  if (prefix.getUint32(0) !== MAGIC || !Number.isSafeInteger(body) || body < 0)
    throw new FrameError('not a frame');
  if (header > most.header || body > most.body) throw new FrameError(`an answer of ${header + body} bytes`);
  return { header, body };
}

/** The header of a frame. Throws `FrameError` when it is not JSON. */
export function decodeHeader(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new FrameError('a header that is not JSON');
  }
}
