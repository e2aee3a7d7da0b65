import { readCsvHeader } from '../tables/csv-header.ts';
import { BROKEN, CsvScanner, INCOMPLETE } from '../tables/csv-scanner.ts';
import {
  binaryProblem,
  binaryRecord,
  isBinary,
  recordTooLong,
  type RecordReader,
} from '../tables/read-records.ts';
import type { TableProblem } from '../tables/table-error.ts';
import type { TableLimits } from '../tables/table-limits.ts';
import type { LineCopy } from './line-copy.ts';

const LF = 10;
const CR = 13;
const NEW_LINE = Buffer.from('\n');

const RAGGED =
  'Give every row one cell for each column of the header; put cells that hold the delimiter in quotes';

/** How a CSV file is looked at. */
export interface CsvCheckOptions {
  path: string;
  limits: TableLimits;
  /** Told of every broken line; may throw. */
  reject: (line: number, problem: TableProblem) => void;
  /** Receives header and good records as they are. */
  copy?: LineCopy | undefined;
  /** The copy's lines end in LF alone. */
  plainEnds?: boolean;
  /** Stop at this record, from 1. */
  until?: number;
}

/**
 * Looks at every record of a CSV file before the engine does: what DuckDB would drop, guess or join is found here. A broken record ends
 * with the line that it begins on; a ragged one with its last.
 */
export class CsvCheck implements RecordReader {
  line = 1;
  /** Good records so far. */
  records = 0;
  /** The line on which the last good record begins. */
  lastLine = 1;
  columns: readonly string[] = [];
  /** A character. */
  delimiter = ',';
  /** Bytes of the longest good record. */
  longest = 0;
  /** Records and header by how their line ends. */
  readonly ends = { lf: 0, crlf: 0 };
  /** Lines of the header. */
  headerLines = 1;
  done = false;
  private readonly options: CsvCheckOptions;
  private scanner: CsvScanner | undefined;

  constructor(options: CsvCheckOptions) {
    this.options = options;
  }

  take(window: Buffer, atEnd: boolean): number {
    // What follows the last line feed may end inside a character: it is looked at with the next window.
    const suspicious = isBinary(atEnd ? window : window.subarray(0, window.lastIndexOf(LF) + 1));
    const first = this.scanner === undefined ? this.takeHeader(window, { atEnd, suspicious }) : 0;
    if (this.scanner === undefined) return first;
    let [at, runStart] = [first, first];
    while (at < window.length && !this.done) {
      const next = this.scanner.scan(window, at, atEnd);
      if (next === INCOMPLETE) break;
      const end = next === BROKEN ? lineEnd(window, at, atEnd) : next;
      if (end < 0) break;
      const problem = this.problemOf(window.subarray(at, end), next, suspicious);
      if (problem === undefined) {
        this.accept(window, at, end);
        if (this.options.plainEnds) {
          this.copyPlain(window, at, end);
          runStart = end;
        }
      } else {
        this.options.copy?.write(window.subarray(runStart, at));
        runStart = end;
        this.options.reject(this.line, problem);
      }
      this.line += 1 + (next === BROKEN ? 0 : this.scanner.lineFeeds);
      at = end;
    }
    this.options.copy?.write(window.subarray(runStart, at));
    return at;
  }

  private takeHeader(window: Buffer, { atEnd, suspicious }: { atEnd: boolean; suspicious: boolean }): number {
    const { path, limits } = this.options;
    const header = readCsvHeader(path, window, { atEnd, maxColumns: limits.columns });
    if (header === undefined) return 0;
    const bytes = window.subarray(0, header.next);
    if (suspicious && isBinary(bytes)) throw binaryRecord({ path, line: 1 }, bytes);
    this.columns = header.columns;
    this.delimiter = String.fromCharCode(header.delimiter);
    this.line = header.line;
    this.headerLines = header.line - 1;
    this.scanner = new CsvScanner(header.delimiter, header.columns.length);
    this.countEnd(window, header.next);
    if (this.options.plainEnds) this.copyPlain(window, 0, header.next);
    else this.options.copy?.write(bytes);
    return header.next;
  }

  private problemOf(record: Buffer, next: number, suspicious: boolean): TableProblem | undefined {
    const scanner = this.scanner as CsvScanner;
    if (record.length > this.options.limits.recordBytes)
      throw recordTooLong({ path: this.options.path, line: this.line }, this.options.limits.recordBytes);
    if (suspicious && isBinary(record)) return binaryProblem(record);
    if (next === BROKEN) return scanner.problem;
    if (scanner.count === 1 && scanner.starts[0] === scanner.ends[0])
      return { what: 'this line is empty', todo: 'Remove it' };
    if (scanner.count === this.columns.length) return undefined;
    const what = `this row has ${count(scanner.count, 'cell')}, the header has ${count(this.columns.length, 'column')}`;
    return { what, todo: RAGGED };
  }

  private accept(window: Buffer, at: number, end: number): void {
    this.records++;
    this.lastLine = this.line;
    if (end - at > this.longest) this.longest = end - at;
    this.countEnd(window, end);
    this.done = this.records === this.options.until;
  }

  private countEnd(window: Buffer, end: number): void {
    if (window[end - 1] !== LF) return;
    if (window[end - 2] === CR) this.ends.crlf++;
    else this.ends.lf++;
  }

  private copyPlain(window: Buffer, at: number, end: number): void {
    const crlf = window[end - 1] === LF && window[end - 2] === CR;
    this.options.copy?.write(window.subarray(at, crlf ? end - 2 : end));
    if (crlf) this.options.copy?.write(NEW_LINE);
  }
}

/** Offset after the line that begins at `at`; −1 when the window ends before it does. */
function lineEnd(window: Buffer, at: number, atEnd: boolean): number {
  const lineFeed = window.indexOf(LF, at);
  if (lineFeed >= 0) return lineFeed + 1;
  return atEnd ? window.length : -1;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
