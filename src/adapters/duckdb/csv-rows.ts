import type { LogColumn } from '../../core/sql-engine.ts';
import type { TableLimits } from '../tables/table-limits.ts';
import type { CsvCheck } from './csv-check.ts';
import { quoteText } from './duck-dialect.ts';
import type { RowSource } from './row-source.ts';
import { lineOfRecord, type StagedText } from './stage-text.ts';

/** What DuckDB takes as a line at most, unless more is asked for. */
const USUAL_LINE = 2 ** 21;

/** How `read_csv` is told everything, so that it guesses nothing. */
export function readCsv(
  file: string,
  options: { columns: readonly string[]; longest: number; rest: string },
): string {
  const columns = options.columns.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
  const line = Math.max(USUAL_LINE, options.longest + 16);
  return `read_csv(${quoteText(file)}, columns = {${columns}}, auto_detect = false, compression = 'none', strict_mode = true, null_padding = false, ignore_errors = false, max_line_size = ${line}, nullstr = '', ${options.rest})`;
}

/** The rows of a CSV file, its cells as texts. */
export function csvRows(
  staged: StagedText & { check: CsvCheck },
  wanted: readonly LogColumn[],
  { file, limits }: { file: string; limits: TableLimits },
): RowSource {
  const { path, digest, bytes, check } = staged;
  // DuckDB 1.5.4 reads nothing where it is told of CRLF, and finds it by itself.
  const newLine = staged.lineEnd === 'crlf' ? '' : `, new_line = '\\n'`;
  const from = readCsv(file, {
    columns: check.columns.map((_, index) => `c${index}`),
    longest: check.longest,
    rest: `header = true, delim = ${quoteText(check.delimiter)}, quote = '"', escape = '"'${newLine}`,
  });
  return {
    path,
    digest,
    bytes,
    from,
    lines: {
      numbered: `(SELECT *, row_number() OVER () AS n FROM ${from})`,
      lineOf: (n) => lineOfRecord(path, limits, n),
    },
    values: wanted.map((column) => {
      const index = check.columns.indexOf(column.from);
      return index < 0 ? undefined : { sql: `c${index}`, type: 'text' };
    }),
    rows: check.records,
    names: async () => check.columns,
  };
}
