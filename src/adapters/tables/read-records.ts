import { isUtf8 } from 'node:buffer';
import { tableError, type TablePlace, type TableProblem } from './table-error.ts';

const MiB = 2 ** 20;

/** What a table's bytes are given to, window by window. */
export interface RecordReader {
  /** Nothing more is wanted. */
  readonly done: boolean;
  /** Line of the next record, from 1. */
  readonly line: number;
  /** Reads the whole records at the start of a window and returns the bytes used; all of it with `atEnd`. */
  take(window: Buffer, atEnd: boolean): number;
}

/** Skips a UTF-8 byte-order mark. */
function withoutMark(window: Buffer): Buffer {
  return window[0] === 0xef && window[1] === 0xbb && window[2] === 0xbf ? window.subarray(3) : window;
}

export interface RecordSource {
  path: string;
  chunks: AsyncIterable<Buffer>;
  /** Chooses the reader by the first bytes of the text (at least four, unless there are fewer). */
  reader: (start: Buffer) => RecordReader;
  recordBytes: number;
}

/** The `input` error of a record above the ceiling. */
export function recordTooLong(place: TablePlace, recordBytes: number): Error {
  return tableError(place, {
    what: `this record is longer than the ${recordBytes} bytes that are allowed`,
    todo: 'Look for a quote that is not closed, or shorten the record',
  });
}

/**
 * Feeds chunks to a reader, keeping the bytes of an unfinished record for the next window. Memory: one chunk and at
 * most twice the longest record.
 */
export async function readRecords(source: RecordSource): Promise<void> {
  let reader: RecordReader | undefined;
  let rest: Buffer = Buffer.alloc(0);
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const take = (atEnd: boolean) => {
    let window = waiting.length === 0 ? rest : Buffer.concat([rest, ...waiting]);
    if (reader === undefined) {
      window = withoutMark(window);
      reader = source.reader(window);
    }
    rest = window.subarray(reader.take(window, atEnd));
    [waiting, waitingBytes] = [[], 0];
    return reader;
  };
  for await (const chunk of source.chunks) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    // A long record is scanned again only when its bytes have doubled, so that the work stays linear.
    if (waitingBytes < rest.length || rest.length + waitingBytes < 4) continue;
    const { done, line } = take(false);
    if (done) return;
    if (rest.length > source.recordBytes)
      throw recordTooLong({ path: source.path, line }, source.recordBytes);
  }
  take(true);
}

/** Whether some bytes hold what no table may hold: a NUL, or bytes that are not UTF-8. */
export function isBinary(bytes: Buffer): boolean {
  return bytes.includes(0) || !isUtf8(bytes);
}

/** What is wrong with a record that `isBinary`. */
export function binaryProblem(bytes: Buffer): TableProblem {
  if (bytes.includes(0)) {
    const todo = 'Write the file as UTF-8 text without NUL bytes (UTF-16 is not read)';
    return { what: 'there is a NUL byte', todo };
  }
  const at = firstInvalid(bytes);
  const saw = bytes.subarray(at, at + 4).toString('hex');
  return { what: `the bytes ${saw} (hex) are not UTF-8 text`, todo: 'Write the file as UTF-8' };
}

/** The `input` error of a record that `isBinary`. */
export function binaryRecord(place: TablePlace, bytes: Buffer): Error {
  return tableError(place, binaryProblem(bytes));
}

/** Offset of the first byte that is not part of valid UTF-8: the length of the longest valid prefix. */
function firstInvalid(bytes: Buffer): number {
  const text = bytes.subarray(0, MiB).toString('utf8');
  const at = text.indexOf('\ufffd');
  return at < 0 ? 0 : Buffer.byteLength(text.slice(0, at));
}
