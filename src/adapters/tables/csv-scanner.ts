import type { TableProblem } from './table-error.ts';

const LF = 10;
const CR = 13;
const QUOTE = 34;

/** How a cell was written: as it is, in quotes, or in quotes with doubled quotes inside. */
export const PLAIN = 0;
export const QUOTED = 1;
export const ESCAPED = 2;

/** `scan` needs more bytes. */
export const INCOMPLETE = -1;
/** `scan` found a `problem`. */
export const BROKEN = -2;

const STRAY = {
  what: 'a quote stands inside a cell that does not begin with one',
  todo: 'Put the whole cell in quotes and double the quotes inside it',
};
const AFTER_QUOTE = {
  what: 'text follows the closing quote of a cell',
  todo: 'Double the quotes inside the cell, or put the delimiter after the closing one',
};
const LONE_CR = {
  what: 'a carriage return stands without a line feed',
  todo: 'Write the file with LF or CRLF line ends, or put the cell in quotes',
};
const OPEN_QUOTE = {
  what: 'a quoted cell does not end before the end of the file',
  todo: 'Close the quote',
};

/**
 * Finds the cells of one CSV record at a time (RFC 4180, CRLF or LF) without copying them. After a record the cells
 * are `starts[i]` to `ends[i]` (outer quotes left out), written as `forms[i]`, for i below `count`; cells beyond
 * `capacity` are counted only.
 */
export class CsvScanner {
  count = 0;
  /** Line feeds inside the record's quoted cells. */
  lineFeeds = 0;
  /** The bytes that were scanned last: what the offsets point into. */
  bytes: Buffer = Buffer.alloc(0);
  /** Offset of what is wrong and index of the cell it is in, after BROKEN. */
  problemAt = 0;
  problemCell = 0;
  problem: TableProblem | undefined;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly forms: Uint8Array;
  private readonly special = new Uint8Array(256);
  private readonly delimiter: number;
  private readonly capacity: number;

  constructor(delimiter: number, capacity: number) {
    this.delimiter = delimiter;
    this.capacity = capacity;
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.forms = new Uint8Array(capacity);
    for (const byte of [delimiter, LF, CR, QUOTE]) this.special[byte] = 1;
  }

  /**
   * Reads the record that begins at `from` and returns the offset after its line end, INCOMPLETE or BROKEN. With `atEnd` the
   * record may end at `end` without a line feed.
   */
  scan(bytes: Buffer, from: number, atEnd: boolean): number {
    const { special, delimiter } = this;
    const end = bytes.length;
    this.bytes = bytes;
    this.count = 0;
    this.lineFeeds = 0;
    let at = from;
    for (;;) {
      const start = at;
      if (at < end && bytes[at] === QUOTE) {
        at = this.quoted(bytes, start);
        if (at === INCOMPLETE) return atEnd ? this.broken(start, OPEN_QUOTE) : INCOMPLETE;
      } else {
        while (at < end && special[bytes[at] as number] === 0) at++;
        this.add(start, at, PLAIN);
      }
      if (at === end) return atEnd ? end : INCOMPLETE;
      const byte = bytes[at];
      if (byte === delimiter) at++;
      else if (byte === LF) return at + 1;
      else if (byte === CR) return this.carriageReturn(bytes, at, atEnd);
      else return this.broken(at, bytes[start] === QUOTE ? AFTER_QUOTE : STRAY);
    }
  }

  /** Reads the quoted cell that begins at `start`; returns the offset after its closing quote, or INCOMPLETE. */
  private quoted(bytes: Buffer, start: number): number {
    let form = QUOTED;
    for (let at = start + 1; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === LF) this.lineFeeds++;
      if (byte !== QUOTE) continue;
      // At the end of the window this may be the first of two quotes; then the record is scanned again with more bytes.
      if (bytes[at + 1] !== QUOTE) {
        this.add(start + 1, at, form);
        return at + 1;
      }
      form = ESCAPED;
      at++;
    }
    return INCOMPLETE;
  }

  private carriageReturn(bytes: Buffer, at: number, atEnd: boolean): number {
    if (bytes[at + 1] === LF) return at + 2;
    return at + 1 === bytes.length && !atEnd ? INCOMPLETE : this.broken(at, LONE_CR);
  }

  private add(start: number, end: number, form: number): void {
    const index = this.count++;
    if (index >= this.capacity) return;
    this.starts[index] = start;
    this.ends[index] = end;
    this.forms[index] = form;
  }

  private broken(at: number, problem: TableProblem): number {
    this.problemAt = at;
    // Only the cell of an open quote has not been counted yet.
    this.problemCell = problem === OPEN_QUOTE ? this.count : this.count - 1;
    this.problem = problem;
    return BROKEN;
  }
}
