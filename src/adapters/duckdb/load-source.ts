import { KnownGoodError } from '../../core/errors.ts';
import type { LoadedSource, LogColumn, LogKind, LogSource, Malformed } from '../../core/sql-engine.ts';
import { seen } from '../../core/seen.ts';
import { tableError } from '../tables/table-error.ts';
import type { Database } from './database.ts';
import { quoteName } from './duck-dialect.ts';
import { makeRelation } from './make-relation.ts';
import type { Rejections } from './rejections.ts';
import type { RowSource } from './row-source.ts';
import { firstMalformed, surveySource, type Survey } from './survey-source.ts';
import type { SourceValue } from './value-sql.ts';

const NAME = /^[a-z][a-z0-9_]*$/;

/** What is needed to make a relation of files that were staged. `guard` names the file of an error of the engine. */
export interface SourceLoading {
  database: Database;
  source: LogSource;
  files: readonly RowSource[];
  rejections: Rejections;
  guard: <T>(path: string, work: Promise<T>) => Promise<T>;
}

/** Names of relation and columns are ours, not the user's: a wrong one is a mistake of the program. */
export function checkNames({ relation, columns }: LogSource): void {
  const names = columns.map(({ name }) => name);
  const wrong = [relation, ...names].find((name) => !NAME.test(name));
  if (wrong !== undefined)
    throw new KnownGoodError('internal', `${seen(wrong)} is no name for a relation or a column.`);
  if (names.length === 0) throw new KnownGoodError('internal', `No column of ${relation} was asked for.`);
  const twice = names.find((name, index) => names.indexOf(name) !== index || name === 'position');
  if (twice !== undefined)
    throw new KnownGoodError('internal', `The column ${twice} of ${relation} is taken already.`);
}

/** Surveys every file, decides what `auto` columns hold, and makes the relation. */
export async function loadSource(loading: SourceLoading): Promise<LoadedSource & { isView: boolean }> {
  const { database, source, files, rejections, guard } = loading;
  const { relation, columns: wanted } = source;
  const surveys: Survey[] = [];
  for (const file of files)
    surveys.push(await guard(file.path, surveySource(database, file, { wanted, rejections })));
  const found = wanted.map((column, index) => kindOf(column, surveys, index));
  const kinds = found.map((kind, index) => kind ?? emptyKind(wanted[index]));
  const [only] = files.length === 1 ? files : [];
  const making = makeRelation(database, { relation, columns: wanted, kinds, sources: files });
  const isView = await (only === undefined ? making : guard(only.path, making));
  const rows = surveys.reduce((sum, survey) => sum + survey.rows, 0);
  if (!isView) await checkRows(loading, rows);
  return {
    files: files.map(({ path, digest, bytes }, index) => ({
      path,
      digest,
      bytes,
      rows: surveys[index]?.rows ?? 0,
    })),
    rows,
    kinds: new Map(
      wanted.flatMap(({ name }, index) => (found[index] ? [[name, found[index]] as const] : [])),
    ),
    malformed: await collectMalformed(loading, surveys),
    rejected: rejections.facts(),
    isView,
  };
}

/** What a column holds in all files together; `undefined` where no file has it. */
function kindOf(
  { kind }: LogColumn,
  surveys: readonly Survey[],
  index: number,
): Exclude<LogKind, 'auto'> | undefined {
  const holds = surveys.map(({ columns }) => columns[index]?.holds);
  if (holds.every((each) => each === 'absent')) return undefined;
  if (kind !== 'auto') return kind;
  return holds.includes('text') ? 'text' : 'number';
}

function emptyKind(column: LogColumn | undefined): Exclude<LogKind, 'auto'> {
  return column === undefined || column.kind === 'auto' ? 'number' : column.kind;
}

/** Rows must not get lost between two readings of a file. */
async function checkRows({ database, source, files }: SourceLoading, rows: number): Promise<void> {
  const { n } = await database.read(`SELECT count(*) FROM ${quoteName(source.relation)}`, { n: 'number' });
  if (n[0] === rows) return;
  const what = `${rows} rows were counted and ${n[0]} read`;
  throw tableError({ path: files[0]?.path ?? '' }, { what, todo: 'Try again when the files are written' });
}

async function collectMalformed(
  { database, source, files, guard }: SourceLoading,
  surveys: readonly Survey[],
): Promise<Malformed[]> {
  const malformed: Malformed[] = [];
  for (const [index, column] of source.columns.entries()) {
    const counts = surveys.map(({ columns }) => columns[index]?.malformed ?? 0);
    const count = counts.reduce((sum, n) => sum + n, 0);
    const file = files[counts.findIndex((n) => n > 0)];
    if (file === undefined) continue;
    const value = file.values[index] as SourceValue;
    const example = await guard(file.path, firstMalformed(database, file, { column, value }));
    malformed.push({ column: column.name, count, example });
  }
  return malformed;
}
