import type { DuckDBStructType, DuckDBType } from '@duckdb/node-api';
import type { TypedColumn } from './database.ts';
import { quoteName, quoteText } from './duck-dialect.ts';
import { fieldKeys } from './field-keys.ts';
import type { DuckDb } from './load-duckdb.ts';
import type { SourceValue, ValueType } from './value-sql.ts';

const TYPES: Readonly<Record<string, ValueType>> = {
  VARCHAR: 'text',
  ENUM: 'text',
  UUID: 'text',
  BOOLEAN: 'boolean',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  UTINYINT: 'integer',
  USMALLINT: 'integer',
  UINTEGER: 'integer',
  UBIGINT: 'integer',
  HUGEINT: 'decimal',
  UHUGEINT: 'decimal',
  DECIMAL: 'decimal',
  FLOAT: 'float',
  DOUBLE: 'double',
  DATE: 'instant',
  TIMESTAMP: 'instant',
  TIMESTAMP_S: 'instant',
  TIMESTAMP_MS: 'instant',
  TIMESTAMP_NS: 'instant',
  TIMESTAMP_TZ: 'instant',
};

/** The columns of a Parquet file as they can be asked for: fields inside of others by dotted names. */
export class ParquetFields {
  private readonly duckdb: DuckDb;
  private readonly columns: readonly TypedColumn[];

  constructor(duckdb: DuckDb, columns: readonly TypedColumn[]) {
    this.duckdb = duckdb;
    this.columns = columns;
  }

  /** Dotted names in file order; lists and maps are fields, structures are looked into. */
  get names(): string[] {
    return this.namesIn(this.columns, '');
  }

  /** Equal for files whose columns are the same. */
  get schema(): string {
    return JSON.stringify(this.columns.map(({ name, type }) => [name, String(type)]));
  }

  /** Whether a column hides what the reader tells of a row's place. */
  get hidesPlaces(): boolean {
    return this.columns.some(({ name }) => /^(?:file_row_number|file_index)$/i.test(name));
  }

  /** The field of a name and what DuckDB calls its type; `undefined` when there is none. */
  find(name: string): (SourceValue & { typeName: string }) | undefined {
    for (const keys of fieldKeys(name)) {
      const found = this.at(keys);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private at([first, ...rest]: readonly string[]): (SourceValue & { typeName: string }) | undefined {
    const column = this.columns.find(({ name }) => name === first);
    if (column === undefined) return undefined;
    let sql = quoteName(column.name);
    let type: DuckDBType | undefined = column.type;
    for (const key of rest) {
      type = this.inside(type)?.find(({ name }) => name === key)?.type;
      if (type === undefined) return undefined;
      sql = `struct_extract(${sql}, ${quoteText(key)})`;
    }
    const held = TYPES[this.nameOf(type)] ?? 'other';
    const value = held === 'text' ? `nullif(CAST(${sql} AS VARCHAR), '')` : sql;
    return { sql: value, type: held, typeName: String(type) };
  }

  private namesIn(columns: readonly TypedColumn[], prefix: string): string[] {
    return columns.flatMap(({ name, type }) => {
      const inner = this.inside(type);
      return inner === undefined ? [`${prefix}${name}`] : this.namesIn(inner, `${prefix}${name}.`);
    });
  }

  /** The fields of a structure. */
  private inside(type: DuckDBType): TypedColumn[] | undefined {
    if (this.nameOf(type) !== 'STRUCT') return undefined;
    const { entryNames, entryTypes } = type as DuckDBStructType;
    return entryNames.map((name, index) => ({ name, type: entryTypes[index] as DuckDBType }));
  }

  private nameOf(type: DuckDBType): string {
    return this.duckdb.DuckDBTypeId[type.typeId] ?? '';
  }
}
