import type { Column } from '../../core/table.ts';
import { seen } from '../../core/seen.ts';
import { ColumnSink } from './column-sink.ts';
import { CsvColumn } from './csv-cell.ts';
import { readCsvHeader } from './csv-header.ts';
import { BROKEN, CsvScanner, INCOMPLETE } from './csv-scanner.ts';
import { binaryRecord, isBinary, recordTooLong } from './read-records.ts';
import { tableError, type TableProblem } from './table-error.ts';
import { checkCells, missingColumns, noRows, type TableReader, type TableWish } from './table-reader.ts';

const LF = 10;

const RAGGED =
  'Give every row one cell for each column of the header; put cells that hold the delimiter in quotes';

/** Reads CSV: the header alone, or the requested columns of all rows. */
export class CsvReader implements TableReader {
  line = 1;
  rows = 0;
  columns: readonly string[] = [];
  private readonly wish: TableWish;
  private readonly sinks = new Map<string, ColumnSink<CsvScanner>>();
  private wantedSinks: { index: number; sink: ColumnSink<CsvScanner> }[] = [];
  private scanner: CsvScanner | undefined;

  constructor(wish: TableWish) {
    this.wish = wish;
  }

  get done(): boolean {
    return this.wish.wanted === 'head' && this.scanner !== undefined;
  }

  take(window: Buffer, atEnd: boolean): number {
    // What follows the last line feed may end inside a character: it is looked at with the next window.
    const whole = atEnd ? window : window.subarray(0, window.lastIndexOf(LF) + 1);
    const suspicious = isBinary(whole);
    const first = this.scanner === undefined ? this.takeHeader(window, { atEnd, suspicious }) : 0;
    return this.scanner === undefined || this.done
      ? first
      : this.takeRows(window, first, { atEnd, suspicious });
  }

  finish(): Map<string, Column | 'read-again'> {
    if (this.rows === 0) throw noRows(this.wish.path);
    return new Map(
      [...this.sinks].map(([name, sink]) => [name, sink.mustBeText ? 'read-again' : sink.take()]),
    );
  }

  private takeHeader(window: Buffer, { atEnd, suspicious }: { atEnd: boolean; suspicious: boolean }): number {
    const { path, limits } = this.wish;
    const header = readCsvHeader(path, window, { atEnd, maxColumns: limits.columns });
    if (header === undefined) return 0;
    if (suspicious) this.checkText(window.subarray(0, header.next));
    this.columns = header.columns;
    this.line = header.line;
    this.scanner = new CsvScanner(header.delimiter, header.columns.length);
    if (this.wish.wanted !== 'head') this.openSinks(this.wish.wanted);
    return header.next;
  }

  private openSinks(wanted: Exclude<TableWish['wanted'], 'head'>): void {
    const places = new Map(this.columns.map((name, index) => [name, index]));
    const missing = wanted.filter(({ name }) => !places.has(name)).map(({ name }) => name);
    if (missing.length > 0) throw missingColumns(this.wish.path, missing, this.columns);
    for (const request of wanted) {
      const index = places.get(request.name) ?? 0;
      this.sinks.set(request.name, new ColumnSink(request, new CsvColumn(index)));
    }
    this.wantedSinks = [...this.sinks].map(([name, sink]) => ({ index: places.get(name) ?? 0, sink }));
  }

  private takeRows(
    window: Buffer,
    first: number,
    { atEnd, suspicious }: { atEnd: boolean; suspicious: boolean },
  ): number {
    const scanner = this.scanner as CsvScanner;
    let at = first;
    while (at < window.length) {
      const next = scanner.scan(window, at, atEnd);
      if (next === INCOMPLETE) break;
      if (suspicious) this.checkText(window.subarray(at, next === BROKEN ? scanner.problemAt : next));
      if (next === BROKEN) throw this.broken(scanner, window.subarray(at, scanner.problemAt));
      if (next - at > this.wish.limits.recordBytes)
        throw recordTooLong(this.place(), this.wish.limits.recordBytes);
      this.pushRow(scanner, at);
      this.line += 1 + scanner.lineFeeds;
      at = next;
    }
    checkCells(this.wish, this.rows);
    return at;
  }

  private pushRow(scanner: CsvScanner, at: number): void {
    if (scanner.count !== this.columns.length) throw this.ragged(scanner);
    this.rows++;
    const sinks = this.wantedSinks;
    for (let i = 0; i < sinks.length; i++) {
      const { index, sink } = sinks[i] as (typeof sinks)[number];
      const problem = sink.push(scanner);
      if (problem === undefined) continue;
      const before = scanner.bytes.subarray(at, scanner.starts[index]);
      throw tableError({ ...this.place(before), column: seen(this.columns[index]) }, problem);
    }
  }

  private ragged(scanner: CsvScanner): Error {
    const empty = scanner.count === 1 && scanner.starts[0] === scanner.ends[0];
    if (empty) return tableError(this.place(), { what: 'this line is empty', todo: 'Remove it' });
    const what = `this row has ${count(scanner.count, 'cell')}, the header has ${count(this.columns.length, 'column')}`;
    return tableError(this.place(), { what, todo: RAGGED });
  }

  private broken(scanner: CsvScanner, before: Buffer): Error {
    const problem = scanner.problem as TableProblem;
    const name = this.columns[scanner.problemCell];
    return tableError(
      { ...this.place(before), ...(name === undefined ? {} : { column: seen(name) }) },
      problem,
    );
  }

  private checkText(record: Buffer): void {
    if (isBinary(record)) throw binaryRecord(this.place(), record);
  }

  /** The line on which something stands: that of the record, and the line feeds before it. */
  private place(before: Buffer = Buffer.alloc(0)): { path: string; line: number } {
    return { path: this.wish.path, line: this.line + before.filter((byte) => byte === LF).length };
  }
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
