import { readSync, writeSync } from 'node:fs';
import { CHANNEL } from './child-protocol.ts';
import { PREFIX_BYTES, decodeHeader, decodePrefix, encodeFrame } from './frame.ts';
import type { Frame } from './frame.ts';

const ANY_SIZE = { header: 2 ** 31, body: 2 ** 33 };

/** Waits for the parent's next frame; `undefined` when the parent has gone. Blocks, as the child has nothing else to do. */
export function receiveFrame(): Frame | undefined {
  const prefix = receiveBytes(PREFIX_BYTES);
  if (prefix === undefined) return undefined;
  const lengths = decodePrefix(prefix, ANY_SIZE);
  const json = receiveBytes(lengths.header);
  const body = receiveBytes(lengths.body);
  return json === undefined || body === undefined ? undefined : { header: decodeHeader(json), body };
}

/** Sends a frame to the parent. */
export function sendFrame(header: object, body: readonly Uint8Array[] = []): void {
  for (const part of encodeFrame(header, body)) {
    for (let at = 0; at < part.length;) at += whenReady(() => writeSync(CHANNEL, part, at, part.length - at));
  }
}

function receiveBytes(length: number): Uint8Array | undefined {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let at = 0; at < length;) {
    const read = whenReady(() => readSync(CHANNEL, bytes, at, length - at, null));
    if (read === 0) return undefined;
    at += read;
  }
  return bytes;
}

/** Some platforms hand over the socket in non-blocking mode: wait a millisecond and try again. */
function whenReady(attempt: () => number): number {
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
