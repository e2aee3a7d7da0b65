import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Digest } from '../../core/digest.ts';
import { parseDigest } from '../../core/digest.ts';

const CHUNK = 2 ** 20;

/** SHA-256 of a file, taken from the very bytes that are read of it. */
export class FileDigest {
  readonly #sha256 = createHash('sha256');
  #bytes = 0;
  #reading: Promise<unknown> = Promise.resolve();

  /** Bytes read so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The bytes from where reading stopped to the end, in chunks of up to 1 MiB; the digest takes each before it is given away. Who
   * starts while another's read is under way (a decompressor reads ahead) comes after it: no byte is taken twice or left out.
   */
  async *readOn(handle: FileHandle): AsyncGenerator<Buffer> {
    for (;;) {
      const chunk = await this.#next(handle);
      if (chunk.length === 0) return;
      yield chunk;
    }
  }

  /** The digest of all bytes read; may be asked for once. */
  value(): Digest {
    return parseDigest(`sha256:${this.#sha256.digest('hex')}`);
  }

  #next(handle: FileHandle): Promise<Buffer> {
    const chunk = this.#reading.then(() => this.#read(handle));
    this.#reading = chunk.catch(() => undefined);
    return chunk;
  }

  async #read(handle: FileHandle): Promise<Buffer> {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafeSlow(CHUNK), 0, CHUNK, this.#bytes);
    const chunk = buffer.subarray(0, bytesRead);
    this.#sha256.update(chunk);
    this.#bytes += bytesRead;
    return chunk;
  }
}
