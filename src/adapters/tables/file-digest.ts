import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Digest } from '../../core/digest.ts';
import { parseDigest } from '../../core/digest.ts';

const CHUNK = 2 ** 20;

/** SHA-256 of a file, taken from the very bytes that are read of it. */
export class FileDigest {
  readonly #sha256 = createHash('sha256');
  #bytes = 0;

  /** Bytes read so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The bytes from where reading stopped to the end, in chunks of up to 1 MiB; the digest takes each before it is given away. */
  async *readOn(handle: FileHandle): AsyncGenerator<Buffer> {
    for (;;) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafeSlow(CHUNK), 0, CHUNK, this.#bytes);
      if (bytesRead === 0) return;
      const chunk = buffer.subarray(0, bytesRead);
      this.#sha256.update(chunk);
      this.#bytes += bytesRead;
      yield chunk;
    }
  }

  /** The digest of all bytes read; may be asked for once. */
  value(): Digest {
    return parseDigest(`sha256:${this.#sha256.digest('hex')}`);
  }
}
