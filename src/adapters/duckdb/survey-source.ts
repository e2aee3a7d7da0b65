import type { LogColumn, Malformed } from '../../core/sql-engine.ts';
import { seen } from '../../core/seen.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { tableError } from '../tables/table-error.ts';
import type { Database } from './database.ts';
import type { Rejections } from './rejections.ts';
import type { RowSource } from './row-source.ts';
import { asKind, asText, isPlainNumber, type SourceValue } from './value-sql.ts';

/** What one file holds, counted before it becomes part of a relation. */
export interface Survey {
  rows: number;
  columns: readonly ColumnSurvey[];
}

/** `absent`: the file has no such column; `empty`: without any value. For `auto` columns `holds` says what all values are. */
export interface ColumnSurvey {
  holds: 'absent' | 'empty' | 'number' | 'text';
  malformed: number;
}

/** Longest value that is shown. */
const SHOWN = 100;

/** Counts a file's rows, values and malformed values; broken lines go to `rejections`, a column that it lacks is an `input` error. */
export async function surveySource(
  database: Database,
  source: RowSource,
  { wanted, rejections }: { wanted: readonly LogColumn[]; rejections: Rejections },
): Promise<Survey> {
  for (const [index, column] of wanted.entries()) await requireColumn(source, column, source.values[index]);
  const counts = wanted.map((column, index) => countsOf(source, column, source.values[index]));
  if (source.lines === undefined && counts.every((each) => each === undefined))
    return { rows: source.rows, columns: wanted.map((_, index) => typedColumn(source.values[index])) };
  const sums = counts.flatMap((each) => each ?? []);
  const sql = `SELECT ${['count(*)', ...sums].join(', ')} FROM ${source.from}`;
  const names = ['rows', ...sums.map((_, index) => `n${index}`)].map(
    (name) => [`_${name}`, 'number'] as const,
  );
  const result = await database.read(sql, Object.fromEntries(names));
  const [rows = 0, ...found] = names.map(([name]) => (result[name] as Float64Array)[0] ?? 0);
  await rejectBroken(database, { source, rows, rejections });
  const next = found.values();
  const take = (): number => next.next().value ?? 0;
  const columns: ColumnSurvey[] = [];
  for (const [index, column] of wanted.entries()) {
    const value = source.values[index];
    if (counts[index] === undefined) {
      columns.push(typedColumn(value));
      continue;
    }
    const [filled, good] = [take(), take()];
    if (filled === 0 && (await isAbsent(database, source, index))) {
      if (column.optional !== true) throw await noColumn(source, column);
      columns.push({ holds: 'absent', malformed: 0 });
    } else if (column.kind === 'auto')
      columns.push({ holds: filled === 0 ? 'empty' : filled === good ? 'number' : 'text', malformed: 0 });
    else columns.push({ holds: filled === 0 ? 'empty' : 'text', malformed: filled - good });
  }
  return { rows, columns };
}

/** The first malformed value of a column and its place. */
export async function firstMalformed(
  database: Database,
  source: RowSource,
  { column, value }: { column: LogColumn; value: SourceValue },
): Promise<Malformed['example']> {
  const n = source.lines === undefined ? '0' : 'n';
  const good = asKind(value, column.kind as 'number' | 'instant') as string;
  const text = `substr(${asText(value)}, 1, ${SHOWN + 1})`;
  const sql = `SELECT ${n}, ${text} FROM ${source.lines?.numbered ?? source.from} WHERE ${value.sql} IS NOT NULL AND ${good} IS NULL LIMIT 1`;
  const found = await database.read(sql, { n: 'number', value: 'text' });
  const shown = found.value[0] ?? '';
  const example = {
    value: shown.length > SHOWN ? `${shown.slice(0, SHOWN - 1)}…` : shown,
    path: source.path,
  };
  return source.lines === undefined
    ? example
    : { ...example, line: await source.lines.lineOf(found.n[0] ?? 1) };
}

async function requireColumn(
  source: RowSource,
  column: LogColumn,
  value: SourceValue | undefined,
): Promise<void> {
  if (value === undefined) {
    if (column.optional !== true) throw await noColumn(source, column);
    return;
  }
  if (column.kind === 'auto' ? value.type !== 'other' : asKind(value, column.kind) !== undefined) return;
  const wanted = { text: 'texts', number: 'numbers', instant: 'times', auto: 'numbers or texts' }[
    column.kind
  ];
  const typeName = 'typeName' in value ? ` (${seen(value.typeName)})` : '';
  const what = `the column holds no ${wanted}${typeName}`;
  const todo = `Name a column of ${wanted}, a field inside it with a dot (a.b), or write it otherwise`;
  throw tableError({ path: source.path, column: seen(column.from) }, { what, todo });
}

/** Values that are there, and those that fit; `undefined` where nothing can be wrong with them. */
function countsOf(
  source: RowSource,
  column: LogColumn,
  value: SourceValue | undefined,
): [string, string] | undefined {
  if (value === undefined) return undefined;
  const { sql, type } = value;
  const fits = {
    text: source.presence === undefined ? undefined : sql,
    auto: type === 'text' ? `CASE WHEN ${isPlainNumber(value)} THEN 1 END` : undefined,
    number: type === 'text' ? asKind(value, 'number') : undefined,
    instant: asKind(value, 'instant'),
  }[column.kind];
  return fits === undefined ? undefined : [`count(${sql})`, `count(${fits})`];
}

function typedColumn(value: SourceValue | undefined): ColumnSurvey {
  if (value === undefined) return { holds: 'absent', malformed: 0 };
  const isNumber = ['integer', 'decimal', 'float', 'double'].includes(value.type);
  return { holds: isNumber ? 'number' : 'text', malformed: 0 };
}

async function isAbsent(database: Database, source: RowSource, index: number): Promise<boolean> {
  const sql = source.presence?.[index];
  if (sql === undefined) return false;
  return (await database.read(sql, { one: 'number' })).rows === 0;
}

/** The lines that the engine does not take for JSON; and what must never be: rows that nobody counted or that are gone. */
async function rejectBroken(
  database: Database,
  { source, rows, rejections }: { source: RowSource; rows: number; rejections: Rejections },
): Promise<void> {
  const { path } = source;
  const gone = source.rows - rows;
  if (gone === 0) return;
  if (gone < 0 || source.broken === undefined || source.lines === undefined) {
    const what = `${source.rows} rows were counted and DuckDB reads ${rows}`;
    throw tableError({ path }, { what, todo: 'Write the file again; what is odd in it is not known' });
  }
  const sql = `SELECT n, substr(line, 1, 200) FROM ${source.broken} LIMIT 1`;
  const first = await database.read(sql, { n: 'number', line: 'text' });
  const line = await source.lines.lineOf(first.n[0] ?? 1);
  const what = `expected a JSON object, saw ${seen(first.line[0])}`;
  rejections.add({ path, line }, { what, todo: 'Write one object a line' }, gone);
}

async function noColumn(source: RowSource, { from }: LogColumn): Promise<Error> {
  const { path } = source;
  const names = await source.names();
  const near = nearestName(from, names);
  const meant = near === undefined ? '' : ` (did you mean ${seen(near)}?)`;
  const some = names.slice(0, 20).map((name) => seen(name));
  const more = names.length > 20 ? ` and ${names.length - 20} more` : '';
  const what = `there is no column ${seen(from)}${meant}; the file has ${some.join(', ')}${more}`;
  return tableError({ path }, { what, todo: 'Correct the name, or add the column' });
}
