const KEPT = 8_192;

/** Keeps the end of a process' output, at most 8 KiB, however much it writes. */
export class TailText {
  #text = '';

  /** Takes a piece of output. */
  push(piece: string): void {
    this.#text = (this.#text + piece).slice(-KEPT);
  }

  /** Whether what was kept has this text in it. */
  includes(part: string): boolean {
    return this.#text.includes(part);
  }

  /** The last line that tells of an error, else the last line that is not blank; `''` when there is none. */
  lastLine(): string {
    const lines = this.#text.split('\n').filter((line) => line.trim() !== '');
    return lines.findLast((line) => /error|abort|fault|terminate/i.test(line)) ?? lines.at(-1) ?? '';
  }
}
