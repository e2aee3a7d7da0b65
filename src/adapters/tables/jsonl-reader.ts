import type { Column } from '../../core/table.ts';
import { seen } from '../../core/seen.ts';
import { ColumnSink } from './column-sink.ts';
import { fieldNames, JsonlColumn, type JsonRecord } from './jsonl-cell.ts';
import { parseJsonLine } from './parse-json-line.ts';
import { binaryRecord, isBinary, recordTooLong } from './read-records.ts';
import { tableError } from './table-error.ts';
import { checkCells, missingColumns, type TableReader, type TableWish } from './table-reader.ts';

const LF = 10;

/** Lines whose fields make the head of a table. */
const HEAD_LINES = 100;

interface WantedField {
  name: string;
  decoder: JsonlColumn;
  sink: ColumnSink<JsonRecord>;
}

/** Reads JSON lines: the fields of the first 100 alone, or the requested fields of all. */
export class JsonlReader implements TableReader {
  line = 1;
  rows = 0;
  private readonly names = new Set<string>();
  private readonly wish: TableWish;
  private readonly fields: readonly WantedField[];

  constructor(wish: TableWish) {
    this.wish = wish;
    const wanted = wish.wanted === 'head' ? [] : wish.wanted;
    this.fields = wanted.map((request) => {
      const decoder = new JsonlColumn(request.name);
      return { name: request.name, decoder, sink: new ColumnSink(request, decoder) };
    });
  }

  get done(): boolean {
    return this.wish.wanted === 'head' && this.rows >= HEAD_LINES;
  }

  get columns(): readonly string[] {
    return [...this.names];
  }

  take(window: Buffer, atEnd: boolean): number {
    let at = 0;
    while (at < window.length && !this.done) {
      const lineFeed = window.indexOf(LF, at);
      if (lineFeed < 0 && !atEnd) break;
      const end = lineFeed < 0 ? window.length : lineFeed;
      this.takeLine(window.subarray(at, end));
      at = end + 1;
    }
    checkCells(this.wish, this.rows);
    return Math.min(at, window.length);
  }

  finish(): Map<string, Column | 'read-again'> {
    const missing = this.fields.filter(({ decoder }) => !decoder.found).map(({ name }) => name);
    if (missing.length > 0) throw missingColumns(this.wish.path, missing, this.columns);
    return new Map(this.fields.map(({ name, sink }) => [name, sink.mustBeText ? 'read-again' : sink.take()]));
  }

  private takeLine(line: Buffer): void {
    const place = { path: this.wish.path, line: this.line };
    if (line.length > this.wish.limits.recordBytes) throw recordTooLong(place, this.wish.limits.recordBytes);
    if (isBinary(line)) throw binaryRecord(place, line);
    const record = parseJsonLine(line, place);
    if (this.rows < HEAD_LINES) this.addNames(record);
    for (const { name, sink } of this.fields) {
      const problem = sink.push(record);
      if (problem !== undefined) throw tableError({ ...place, column: seen(name) }, problem);
    }
    this.rows++;
    this.line++;
  }

  private addNames(record: JsonRecord): void {
    for (const name of fieldNames(record)) {
      if (this.names.size < this.wish.limits.columns) this.names.add(name);
    }
  }
}
