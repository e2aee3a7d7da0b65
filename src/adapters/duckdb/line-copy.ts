import { closeSync, openSync, writeSync } from 'node:fs';
import { noTemporaryRoom } from './no-temporary-room.ts';

const FLUSH_AT = 2 ** 20;

/** Writes a new private file piece by piece; a disk that takes no more is `unavailable`. */
export class LineCopy {
  private readonly file: number;
  private pieces: Buffer[] = [];
  private bytes = 0;

  constructor(path: string) {
    this.file = openSync(path, 'wx', 0o600);
  }

  /** Keeps `piece` until it is written: it must not change. */
  write(piece: Buffer): void {
    if (piece.length === 0) return;
    this.pieces.push(piece);
    this.bytes += piece.length;
    if (this.bytes >= FLUSH_AT) this.flush();
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.file);
    }
  }

  private flush(): void {
    const all = this.pieces.length === 1 ? (this.pieces[0] as Buffer) : Buffer.concat(this.pieces);
    [this.pieces, this.bytes] = [[], 0];
    try {
      for (let at = 0; at < all.length;) at += writeSync(this.file, all, at);
    } catch (error) {
      throw noTemporaryRoom(error);
    }
  }
}
