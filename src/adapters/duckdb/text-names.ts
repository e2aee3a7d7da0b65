import { CsvReader } from '../tables/csv-reader.ts';
import { fieldNames } from '../tables/jsonl-cell.ts';
import { openTable } from '../tables/open-table.ts';
import { parseJsonLine } from '../tables/parse-json-line.ts';
import { readRecords, type RecordReader } from '../tables/read-records.ts';
import { tableFormat } from '../tables/table-format.ts';
import type { TableLimits } from '../tables/table-limits.ts';

const LF = 10;

/** Lines whose fields are the columns of a JSONL file. */
const HEAD_LINES = 100;

type NameReader = RecordReader & { readonly columns: readonly string[] };

/** The columns of a CSV or JSONL file in file order; of JSONL the fields of its first 100 lines as dotted names, broken lines left out. */
export async function textNames(path: string, limits: TableLimits): Promise<string[]> {
  const chosen: NameReader[] = [];
  await readRecords({
    path,
    chunks: openTable(path, limits),
    recordBytes: limits.recordBytes,
    reader: (start) => {
      const jsonl = tableFormat(path, start) === 'jsonl';
      const reader = jsonl ? new JsonlNames(path, limits) : new CsvReader({ path, limits, wanted: 'head' });
      chosen.push(reader);
      return reader;
    },
  });
  return [...(chosen[0]?.columns ?? [])];
}

class JsonlNames implements NameReader {
  line = 1;
  private readonly path: string;
  private readonly limits: TableLimits;
  private readonly names = new Set<string>();

  constructor(path: string, limits: TableLimits) {
    this.path = path;
    this.limits = limits;
  }

  get done(): boolean {
    return this.line > HEAD_LINES;
  }

  get columns(): readonly string[] {
    return [...this.names].slice(0, this.limits.columns);
  }

  take(window: Buffer, atEnd: boolean): number {
    let at = 0;
    while (at < window.length && !this.done) {
      const lineFeed = window.indexOf(LF, at);
      if (lineFeed < 0 && !atEnd) break;
      const end = lineFeed < 0 ? window.length : lineFeed;
      this.addNames(window.subarray(at, end));
      this.line++;
      at = end + 1;
    }
    return Math.min(at, window.length);
  }

  /** What is wrong with a line is said when it is loaded. */
  private addNames(line: Buffer): void {
    try {
      for (const name of fieldNames(parseJsonLine(line, { path: this.path, line: this.line })))
        this.names.add(name);
    } catch {
      return;
    }
  }
}
