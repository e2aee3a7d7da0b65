import { KnownGoodError } from '../../core/errors.ts';
import type {
  LoadedSource,
  LogSource,
  ResultKind,
  ResultOf,
  SqlDialect,
  SqlLimits,
  SqlSession,
} from '../../core/sql-engine.ts';
import { isParquet } from '../tables/is-parquet.ts';
import { duckDialect } from './duck-dialect.ts';
import { assertUnchanged } from './file-identity.ts';
import { checkNames, loadSource } from './load-source.ts';
import { parquetFields, probeRows } from './parquet-rows.ts';
import { Rejections } from './rejections.ts';
import { resolveFiles } from './resolve-files.ts';
import { checkParquetEnds } from './stage-parquet.ts';
import { stageSource, textLimits } from './stage-source.ts';
import { textNames } from './text-names.ts';
import type { Workspace } from './workspace.ts';

/** A session on a workspace; what is asked at the same time is done one after the other. */
export class DuckSession implements SqlSession {
  readonly dialect: SqlDialect;
  private readonly workspace: Workspace;
  private readonly limits: SqlLimits;
  /** Relations that are read from their Parquet files again at every query. */
  private readonly views = new Set<string>();
  private readonly watched = new Map<string, { identity: string | undefined; probe: string }>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(workspace: Workspace, limits: SqlLimits) {
    this.workspace = workspace;
    this.limits = limits;
    this.dialect = duckDialect(this.views);
  }

  columnsOf(paths: readonly string[]): Promise<string[]> {
    return this.inTurn(async () => {
      const [path] = (await resolveFiles(paths)) as [string];
      if (!(await isParquet(path))) return textNames(path, textLimits(this.limits));
      await checkParquetEnds(path);
      const file = await this.workspace.allow(path);
      const fields = parquetFields(this.workspace.duckdb, await this.workspace.database(), file);
      return (await this.workspace.guard(path, fields)).names;
    });
  }

  load(source: LogSource): Promise<LoadedSource> {
    return this.inTurn(async () => {
      checkNames(source);
      const { workspace, limits } = this;
      const rejections = new Rejections(source.maxRejected);
      const staged = await stageSource(workspace, source, { limits, rejections });
      try {
        const guard = <T>(path: string, work: Promise<T>): Promise<T> => workspace.guard(path, work);
        const database = await workspace.database();
        const loading = { database, source, files: staged.files, rejections, guard };
        const { isView, ...loaded } = await workspace.guard(undefined, loadSource(loading));
        await staged.assertUnchanged();
        if (isView) {
          this.views.add(source.relation);
          for (const file of staged.files) {
            const identity = staged.identities.get(file.path);
            this.watched.set(file.path, { identity, probe: probeRows(file) });
          }
        }
        return loaded;
      } finally {
        await staged.remove();
      }
    });
  }

  run(sql: string): Promise<void> {
    return this.asked(async () => (await this.workspace.database()).run(sql));
  }

  read<Shape extends Readonly<Record<string, ResultKind>>>(
    sql: string,
    shape: Shape,
    expected?: number,
  ): Promise<ResultOf<Shape>> {
    return this.asked(async () => (await this.workspace.database()).read(sql, shape, expected));
  }

  close(): Promise<void> {
    return this.inTurn(() => this.workspace.close());
  }

  /** A query, and a look whether the files behind views are still those that were loaded. */
  private asked<T>(query: () => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      const result = await this.workspace.guard(undefined, query()).catch(async (error: unknown) => {
        await this.findDamage(error);
        throw error;
      });
      for (const [path, { identity }] of this.watched) await assertUnchanged(path, identity);
      return result;
    });
  }

  /** Not every error over a damaged Parquet file names it: each is read once more, and the first that fails is the one. */
  private async findDamage(error: unknown): Promise<void> {
    if (!(error instanceof KnownGoodError) || error.code !== 'internal') return;
    const database = await this.workspace.database();
    for (const [path, { identity, probe }] of this.watched) {
      await assertUnchanged(path, identity);
      await this.workspace.guard(path, database.run(probe));
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
