import type { LogColumn, LogKind } from '../../core/sql-engine.ts';
import type { Database } from './database.ts';
import { numberedName, quoteName } from './duck-dialect.ts';
import { readParquet } from './parquet-rows.ts';
import type { RowSource } from './row-source.ts';
import { asKind } from './value-sql.ts';

/** What a relation is made of. */
export interface RelationPlan {
  relation: string;
  columns: readonly LogColumn[];
  kinds: readonly Exclude<LogKind, 'auto'>[];
  sources: readonly RowSource[];
}

/** Makes the relation: a view where all files are Parquet, else a table on disk. Whether it is a view. */
export async function makeRelation(database: Database, plan: RelationPlan): Promise<boolean> {
  const isView = plan.sources.every((source) => source.parquet !== undefined);
  await (isView ? makeView(database, plan) : makeTable(database, plan));
  return isView;
}

async function makeTable(database: Database, plan: RelationPlan): Promise<void> {
  const { relation, columns, kinds, sources } = plan;
  const types = columns.map(({ name }, index) => `${quoteName(name)} ${sqlType(kinds[index])}`);
  await database.run('BEGIN');
  try {
    await database.run(`CREATE TABLE ${quoteName(relation)} (${types.join(', ')})`);
    for (const source of sources) {
      const values = valuesOf(plan, source).join(', ');
      await database.run(`INSERT INTO ${quoteName(relation)} SELECT ${values} FROM ${source.from}`);
    }
    await database.run('COMMIT');
  } catch (error) {
    await database.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Two views, so that the relation has its columns alone and its rows' places are to be had where they are asked for. */
async function makeView(database: Database, plan: RelationPlan): Promise<void> {
  let offset = 0;
  const parts: string[] = [];
  for (const group of groupsOf(plan.sources)) {
    parts.push(selectGroup(plan, group, offset));
    offset += group.reduce((sum, { rows }) => sum + rows, 0);
  }
  const numbered = quoteName(numberedName(plan.relation));
  const names = plan.columns.map(({ name }) => quoteName(name)).join(', ');
  await database.run(`CREATE VIEW ${numbered} AS ${parts.join(' UNION ALL ')}`);
  await database.run(`CREATE VIEW ${quoteName(plan.relation)} AS SELECT ${names} FROM ${numbered}`);
}

/** Neighbours of one structure are read together. */
function groupsOf(sources: readonly RowSource[]): RowSource[][] {
  const groups: RowSource[][] = [];
  for (const source of sources) {
    const last = groups.at(-1);
    if (last?.[0]?.parquet?.schema === source.parquet?.schema) last?.push(source);
    else groups.push([source]);
  }
  return groups;
}

function selectGroup(plan: RelationPlan, group: readonly RowSource[], offset: number): string {
  const [first] = group as [RowSource];
  const columns = valuesOf(plan, first).map(
    (sql, index) => `${sql} AS ${quoteName(plan.columns[index]?.name ?? '')}`,
  );
  const from = readParquet(group.map(({ parquet }) => parquet?.file ?? ''));
  return `SELECT ${[...columns, `${positionIn(group, offset)} AS position`].join(', ')} FROM ${from}`;
}

function positionIn(group: readonly RowSource[], offset: number): string {
  if (group[0]?.parquet?.numbered !== true) return `${offset} + row_number() OVER ()`;
  const offsets: number[] = [];
  let before = offset;
  for (const { rows } of group) {
    offsets.push(before + 1);
    before += rows;
  }
  if (offsets.length === 1) return `file_row_number + ${offset + 1}`;
  return `file_row_number + list_extract(CAST([${offsets.join(', ')}] AS BIGINT[]), CAST(file_index AS BIGINT) + 1)`;
}

function valuesOf({ columns, kinds }: RelationPlan, source: RowSource): string[] {
  return columns.map((_, index) => {
    const kind = kinds[index] ?? 'text';
    const value = source.values[index];
    return `CAST(${(value && asKind(value, kind)) ?? 'NULL'} AS ${sqlType(kind)})`;
  });
}

function sqlType(kind: LogKind | undefined): string {
  return kind === 'text' ? 'VARCHAR' : 'DOUBLE';
}
