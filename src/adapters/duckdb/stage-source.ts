import { rm } from 'node:fs/promises';
import type { LogSource, SqlLimits } from '../../core/sql-engine.ts';
import { isParquet } from '../tables/is-parquet.ts';
import { peekTable } from '../tables/open-table.ts';
import { DEFAULT_TABLE_LIMITS, type TableLimits } from '../tables/table-limits.ts';
import { CsvCheck } from './csv-check.ts';
import { csvRows } from './csv-rows.ts';
import { assertUnchanged, fileIdentity } from './file-identity.ts';
import { JsonlCheck } from './jsonl-check.ts';
import { jsonlRows } from './jsonl-rows.ts';
import { parquetRows } from './parquet-rows.ts';
import type { Rejections } from './rejections.ts';
import { resolveFiles } from './resolve-files.ts';
import type { RowSource } from './row-source.ts';
import { stageParquet } from './stage-parquet.ts';
import { stageText, type StagedText } from './stage-text.ts';
import type { Workspace } from './workspace.ts';

/** The ceilings of text files as the table readers know them. */
export function textLimits({
  fileBytes,
  lineBytes,
}: Pick<SqlLimits, 'fileBytes' | 'lineBytes'>): TableLimits {
  return { ...DEFAULT_TABLE_LIMITS, bytes: fileBytes, recordBytes: lineBytes };
}

/** The files of a source, looked at and ready to be asked. */
export interface StagedSource {
  files: RowSource[];
  /** What each file was when it was looked at, by its path. */
  identities: ReadonlyMap<string, string | undefined>;
  /** Throws where a file is another one now. */
  assertUnchanged(): Promise<void>;
  /** Removes the copies. */
  remove(): Promise<void>;
}

type RowsOf = () => Promise<RowSource>;

/** Looks at every file of a source, in order. Broken lines go to `rejections`. */
export async function stageSource(
  workspace: Workspace,
  source: LogSource,
  { limits, rejections }: { limits: SqlLimits; rejections: Rejections },
): Promise<StagedSource> {
  const copies: string[] = [];
  const remove = async (): Promise<void> => {
    for (const copy of copies) await rm(copy, { force: true });
  };
  const identities = new Map<string, string | undefined>();
  try {
    const later: RowsOf[] = [];
    for (const path of await resolveFiles(source.paths)) {
      identities.set(path, await fileIdentity(path));
      const staging = { workspace, path, source, limits };
      later.push(
        (await isParquet(path))
          ? await stageParquetFile(staging)
          : await stageTextFile({ ...staging, rejections, copies }),
      );
    }
    const files: RowSource[] = [];
    for (const rows of later) files.push(await rows());
    const check = async (): Promise<void> => {
      for (const [path, before] of identities) await assertUnchanged(path, before);
    };
    return { files, identities, assertUnchanged: check, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

interface FileStaging {
  workspace: Workspace;
  path: string;
  source: LogSource;
  limits: SqlLimits;
}

async function stageParquetFile({ workspace, path, source, limits }: FileStaging): Promise<RowsOf> {
  const staged = await stageParquet(path);
  const file = await workspace.allow(path);
  const { duckdb } = workspace;
  return async () => {
    const database = await workspace.database();
    const reading = { duckdb, database, path, file, staged, fileBytes: limits.fileBytes };
    return workspace.guard(path, parquetRows(reading, source.columns));
  };
}

async function stageTextFile(
  staging: FileStaging & { rejections: Rejections; copies: string[] },
): Promise<RowsOf> {
  const { workspace, path, source, rejections, copies } = staging;
  const limits = textLimits(staging.limits);
  const copy = workspace.newPath('.txt');
  copies.push(copy, `${copy}-plain`);
  const start = await peekTable(path);
  const zipped = start[0] === 0x1f && start[1] === 0x8b;
  const staged = await stageText({ path, limits, zipped, copy, rejections });
  const file = staged.copy ?? (await workspace.allow(path));
  const rows = rowsOf(staged, { source, file, limits });
  return async () => rows;
}

function rowsOf(
  staged: StagedText,
  { source, file, limits }: { source: LogSource; file: string; limits: TableLimits },
): RowSource {
  const { check } = staged;
  if (check instanceof CsvCheck) return csvRows({ ...staged, check }, source.columns, { file, limits });
  if (check instanceof JsonlCheck) return jsonlRows({ ...staged, check }, source.columns, { file, limits });
  return check satisfies never;
}
