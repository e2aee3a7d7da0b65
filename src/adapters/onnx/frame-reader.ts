import { PREFIX_BYTES, decodeHeader, decodePrefix } from './frame.ts';
import type { Frame } from './frame.ts';

/** Puts frames together from the chunks of a stream, each byte copied once. */
export class FrameReader {
  readonly #most: { header: number; body: number };
  #parts = [new Uint8Array(PREFIX_BYTES)];
  #filled = 0;

  constructor(most: { header: number; body: number }) {
    this.#most = most;
  }

  /** Takes a chunk and returns the frames that it completes. Throws `FrameError`; the stream is unusable then. */
  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let at = 0;
    while (at < chunk.length) {
      at += this.#fill(chunk.subarray(at));
      const frame = this.#completed();
      if (frame !== undefined) frames.push(frame);
    }
    return frames;
  }

  #fill(chunk: Uint8Array): number {
    const part = this.#parts.at(-1);
    if (part === undefined) return chunk.length;
    const taken = chunk.subarray(0, part.length - this.#filled);
    part.set(taken, this.#filled);
    this.#filled += taken.length;
    return taken.length;
  }

  /** Opens the next part once one is full; parts of length 0 are full at once. */
  #completed(): Frame | undefined {
    while (this.#filled === this.#parts.at(-1)?.length) {
      const [prefix, json, body] = this.#parts;
      if (prefix === undefined) return undefined;
      this.#filled = 0;
      if (body !== undefined) {
        this.#parts = [new Uint8Array(PREFIX_BYTES)];
        return { header: decodeHeader(json ?? prefix), body };
      }
      const lengths = decodePrefix(prefix, this.#most);
      this.#parts.push(new Uint8Array(json === undefined ? lengths.header : lengths.body));
    }
    return undefined;
  }
}
