import { formatCount } from '../../core/format-number.ts';
import type { ColumnRequest, Table } from '../../core/table.ts';
import type { Files, Tables } from '../../core/ports.ts';
import type { Digest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { countOf, listNames, quote } from '../../verdict/sentences.ts';
import type { SliceColumn } from '../../gate/facts.ts';
import { bandNames } from '../../verdict/band-names.ts';
import type { DataRequest, SliceRequest } from './gate-request.ts';

/** A table as the gate uses it: its feature columns, and everything beside them as text. */
export interface LabelledTable {
  table: Table;
  digest: Digest;
  labels: readonly string[];
  ids: readonly string[] | undefined;
  clusters: Int32Array | undefined;
  slices: readonly SliceColumn[];
  slicesMissing: string | undefined;
}

/** The ports that reading tables needs. */
export interface TablePorts {
  files: Files;
  tables: Tables;
}

/** What to read beside the features. */
export interface TableWish {
  request: DataRequest;
  features: readonly ColumnRequest[];
  slices: readonly SliceRequest[];
}

/** Reads the table once, with explicit types; slice columns come from it or from the joined table. */
export async function loadTable(
  { request, features, slices }: TableWish,
  ports: TablePorts,
): Promise<LabelledTable> {
  const head = await ports.tables.head(request.path);
  const own = slices.filter((slice) => head.columns.includes(slice.column));
  const texts = [request.label, request.id, request.cluster, ...own.map((slice) => slice.column)];
  const table = await ports.tables.read(request.path, mergeColumns(features, texts));
  const ids = request.id === undefined ? undefined : textsOf(table, request.id);
  const joined = await joinSlices(
    request,
    { slices: slices.filter((slice) => !own.includes(slice)), ids },
    ports,
  );
  return {
    table,
    digest: table.digest,
    labels: textsOf(table, request.label),
    ids,
    clusters: clustersOf(table, request.cluster),
    slices: [...own.map((slice) => cut(slice, textsOf(table, slice.column))), ...joined.slices],
    slicesMissing: joined.missing,
  };
}

/** Each column once. What one model takes as text and the other as a number is read as text, which loses nothing. */
function mergeColumns(
  features: readonly ColumnRequest[],
  texts: readonly (string | undefined)[],
): ColumnRequest[] {
  const wanted = new Map<string, ColumnRequest>();
  for (const column of features)
    if (wanted.get(column.name)?.type !== 'string') wanted.set(column.name, column);
  for (const name of texts)
    if (name !== undefined && !wanted.has(name)) wanted.set(name, { name, type: 'string' });
  return [...wanted.values()];
}

/** A column as text, whatever it was read as; NaN and empty cells become `''`. */
export function textsOf(table: Table, name: string): string[] {
  const column = table.columns.get(name);
  if (column === undefined) throw new KnownGoodError('internal', `Column ${quote(name)} was not read.`);
  return column.type === 'string'
    ? column.values
    : Array.from(column.values, (value) => (Number.isNaN(value) ? '' : String(value)));
}

/** Rows without a cluster belong nowhere, and must not be put together. */
function clustersOf(table: Table, column: string | undefined): Int32Array | undefined {
  if (column === undefined) return undefined;
  const names = textsOf(table, column);
  const empty = names.filter((name) => name.trim() === '').length;
  if (empty === 0) return clusterIndices(names);
  const first = names.findIndex((name) => name.trim() === '');
  throw new KnownGoodError(
    'input',
    `${quote(table.path)} has no cluster in ${formatCount(empty)} of ${countOf(names.length, 'row')} (column ${quote(column)}, first: row ${formatCount(first + 1)}). Fill the column in, or name another one: cluster.`,
  );
}

function clusterIndices(names: readonly string[]): Int32Array {
  const index = new Map<string, number>();
  return Int32Array.from(names, (name) => {
    const at = index.get(name) ?? index.size;
    index.set(name, at);
    return at;
  });
}

interface Joined {
  slices: SliceColumn[];
  missing: string | undefined;
}

async function joinSlices(
  request: DataRequest,
  { slices, ids }: { slices: readonly SliceRequest[]; ids: readonly string[] | undefined },
  ports: TablePorts,
): Promise<Joined> {
  if (slices.length === 0) return { slices: [], missing: undefined };
  const names = listNames(slices.map((slice) => slice.column));
  if (request.join === undefined)
    return {
      slices: [],
      missing: `${names} ${slices.length === 1 ? 'is' : 'are'} not in ${quote(request.path)}, and no table is joined.`,
    };
  if (ids === undefined)
    return {
      slices: [],
      missing: `${quote(request.join.path)} is joined by id, and the test table names no id column.`,
    };
  const head = await ports.tables.head(request.join.path);
  const absent = slices.filter((slice) => !head.columns.includes(slice.column)).map((slice) => slice.column);
  if (absent.length > 0)
    return {
      slices: [],
      missing: `${listNames(absent)} ${absent.length === 1 ? 'is' : 'are'} neither in ${quote(request.path)} nor in ${quote(request.join.path)}.`,
    };
  const other = await ports.tables.read(
    request.join.path,
    mergeColumns([], [request.join.id, ...slices.map((slice) => slice.column)]),
  );
  return joinById(other, { request, slices, ids });
}

function joinById(
  other: Table,
  { request, slices, ids }: { request: DataRequest; slices: readonly SliceRequest[]; ids: readonly string[] },
): Joined {
  const joinId = request.join?.id ?? '';
  const rowOf = new Map<string, number>();
  for (const [row, id] of textsOf(other, joinId).entries()) {
    const first = rowOf.get(id);
    if (first !== undefined)
      return {
        slices: [],
        missing: `The id ${quote(id)} stands twice in ${quote(other.path)} (rows ${formatCount(first + 1)} and ${formatCount(row + 1)}), so nobody can say which row belongs to it.`,
      };
    rowOf.set(id, row);
  }
  const lost = ids.filter((id) => !rowOf.has(id));
  if (lost.length > 0)
    return {
      slices: [],
      missing: `${formatCount(lost.length)} of ${formatCount(ids.length)} ids are not in ${quote(other.path)} (first: ${quote(lost[0] ?? '')}).`,
    };
  const columns = slices.map((slice) => {
    const values = textsOf(other, slice.column);
    return cut(
      slice,
      ids.map((id) => values[rowOf.get(id) ?? -1] ?? ''),
    );
  });
  return { slices: columns, missing: undefined };
}

function cut({ column, edges }: SliceRequest, values: readonly string[]): SliceColumn {
  return {
    name: column,
    ...(edges === undefined
      ? { values }
      : { bands: true, values: values.map((value) => band(value, edges)) }),
  };
}

/** `< 30`, `30 to < 45`, `≥ 60`; what is not a number stays as it is. */
function band(text: string, edges: readonly number[]): string {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) return text;
  const above = edges.findIndex((edge) => value < edge);
  return bandNames(edges).at(above) ?? '';
}
