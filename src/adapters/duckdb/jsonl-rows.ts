import type { LogColumn } from '../../core/sql-engine.ts';
import type { TableLimits } from '../tables/table-limits.ts';
import { readCsv } from './csv-rows.ts';
import { quoteText } from './duck-dialect.ts';
import { fieldKeys } from './field-keys.ts';
import { NO_DELIMITER, type JsonlCheck } from './jsonl-check.ts';
import type { RowSource } from './row-source.ts';
import type { StagedText } from './stage-text.ts';
import { textNames } from './text-names.ts';

/** Whether a line is a JSON object. */
const IS_OBJECT = `(starts_with(ltrim(line, ' \t'), '{') AND json_valid(line))`;

/** The rows of a JSONL file: all wanted fields of a line are taken in one reading of it, as texts. */
export function jsonlRows(
  staged: StagedText & { check: JsonlCheck },
  wanted: readonly LogColumn[],
  { file, limits }: { file: string; limits: TableLimits },
): RowSource {
  const { path, digest, bytes, check } = staged;
  const lines = readCsv(file, {
    columns: ['line'],
    longest: check.longest,
    rest: `header = false, delim = ${quoteText(NO_DELIMITER)}, quote = '', escape = '', comment = '', new_line = '\\n'`,
  });
  const numbered = `(SELECT line, row_number() OVER () AS n FROM ${lines})`;
  const pointers = wanted.map((column) => fieldKeys(column.from).map(jsonPointer));
  const fields = `json_extract_string(line, [${pointers.flat().map(quoteText).join(', ')}]) AS v`;
  let place = 0;
  return {
    path,
    digest,
    bytes,
    from: `(SELECT ${fields} FROM ${lines} WHERE ${IS_OBJECT})`,
    lines: {
      numbered: `(SELECT n, ${fields} FROM ${numbered} WHERE ${IS_OBJECT})`,
      lineOf: async (n) => lineBefore(check.rejected, n),
    },
    values: pointers.map((ways) => {
      const items = ways.map(() => `v[${++place}]`);
      const first = items.length === 1 ? items[0] : `coalesce(${items.join(', ')})`;
      return { sql: `nullif(${first}, '')`, type: 'text' };
    }),
    rows: check.records,
    presence: pointers.map((ways) => {
      const tests = ways.map((pointer) => `json_exists(line, ${quoteText(pointer)})`);
      return `SELECT 1.0 FROM ${lines} WHERE ${IS_OBJECT} AND (${tests.join(' OR ')}) LIMIT 1`;
    }),
    broken: `(SELECT n, line FROM ${numbered} WHERE NOT coalesce(${IS_OBJECT}, false))`,
    names: () => textNames(path, limits),
  };
}

/** RFC 6901. */
function jsonPointer(keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The line of the file that is line `n` without the rejected ones. */
function lineBefore(rejected: readonly number[], n: number): number {
  let line = n;
  for (const gone of rejected) {
    if (gone > line) break;
    line++;
  }
  return line;
}
