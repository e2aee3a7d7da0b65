import { StringDecoder } from 'node:string_decoder';

/** A line is passed on at this length even where it does not end, so that nothing grows without bound. */
const LONGEST = 16_384;

/** Cuts a stream of UTF-8 bytes into lines; `\r` ends one too, as progress bars use it. Blank lines are left out. */
export class LineReader {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** Takes the next bytes. */
  push(chunk: Buffer): void {
    this.#take(this.#decoder.write(chunk));
  }

  /** Passes on what stands there without an end of line. */
  end(): void {
    this.#take(`${this.#decoder.end()}\n`);
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split(/[\r\n]+/);
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > LONGEST) {
      lines.push(this.#rest);
      this.#rest = '';
    }
    for (const line of lines) if (line.trim() !== '') this.#onLine(line);
  }
}
