import { KnownGoodError } from '../../core/errors.ts';
import { nearestName } from '../../core/nearest-name.ts';
import type { LoadedSource, LogColumn, SqlSession } from '../../core/sql-engine.ts';
import { listNames, quote } from '../../verdict/sentences.ts';
import { logColumns, type NamedColumn, type ShadowColumns } from '../../shadow/columns.ts';
import { guessColumns, unguessable } from '../../shadow/guess-columns.ts';
import { labelOf } from '../../shadow/sql/request-views.ts';
import type { ShadowRequest } from './shadow-request.ts';

/** A slice column of the log. */
export interface SliceColumn extends NamedColumn {
  edges: readonly number[] | undefined;
}

/** The log and its labels as relations of a session. */
export interface OpenLog {
  session: SqlSession;
  columns: ShadowColumns;
  loaded: LoadedSource;
  /** Absent without label files. */
  labels: LoadedSource | undefined;
  slices: readonly SliceColumn[];
  features: readonly NamedColumn[];
  /** Columns of the reference that the log does not have. */
  absent: readonly string[];
  /** What a label is: text where the positive class is named in words. */
  labelKind: 'number' | 'text';
  /** What the log calls the columns of its relation. */
  names: ReadonlyMap<string, string>;
  /** Whether the relation `log` has a column. */
  has(column: string): boolean;
  assumptions: readonly string[];
}

/** Reads log and labels into the session. Columns that cannot be found are `input` errors. */
export async function openLog(session: SqlSession, request: ShadowRequest): Promise<OpenLog> {
  const names = await session.columnsOf(request.log);
  const reference = await referenceColumns(session, request);
  const { columns, assumptions } = chooseColumns(request, names);
  const slices = chooseSlices(request, { names, columns });
  const { features, absent } = chooseFeatures(request, { names, columns, reference });
  const labelKind = typeof request.positive === 'string' ? 'text' : 'number';
  const wanted = logColumns(columns, {
    features,
    slices: slices.map((slice) => ({ ...slice, numeric: slice.edges !== undefined })),
    labelKind,
  });
  const { log: paths, maxRejected } = request;
  const loaded = await session.load({ relation: 'log', paths, columns: wanted, maxRejected });
  const labels = await openLabels(session, request, { columns, labelKind });
  const found = new Set(wanted.filter(({ name }) => loaded.kinds.has(name)).map(({ name }) => name));
  return {
    session,
    columns,
    loaded,
    labels,
    labelKind,
    slices,
    features: features.filter(({ as }) => found.has(as)),
    absent,
    names: new Map(wanted.map(({ name, from }) => [name, from])),
    has: (column) => found.has(column),
    assumptions,
  };
}

/** The columns of the reference; none where there is none, or where a default one cannot be read. */
async function referenceColumns(
  session: SqlSession,
  { reference, referenceAsked, features }: ShadowRequest,
): Promise<string[]> {
  if (reference === undefined || features !== undefined) return [];
  return session.columnsOf([reference]).catch((error: unknown) => {
    if (referenceAsked || !(error instanceof KnownGoodError)) throw error;
    return [];
  });
}

function chooseColumns(
  { columns }: ShadowRequest,
  names: readonly string[],
): { columns: ShadowColumns; assumptions: string[] } {
  if (columns !== undefined) return { columns, assumptions: [] };
  const guessed = guessColumns(names);
  if ('missing' in guessed) throw new KnownGoodError('input', unguessable(guessed.missing, names));
  return { columns: guessed.columns, assumptions: [guessed.assumption] };
}

interface Known {
  names: readonly string[];
  columns: ShadowColumns;
}

/** The column or path of a name in the log: inside the field of the features, or beside it. */
function placeOf({ names, columns }: Known, name: string): string | undefined {
  const inside = columns.features === undefined ? name : `${columns.features}.${name}`;
  return [inside, name].find((each) => names.includes(each));
}

function chooseSlices({ slices }: ShadowRequest, known: Known): SliceColumn[] {
  const absent = slices.wanted.filter(({ column }) => placeOf(known, column) === undefined);
  if (slices.asked && absent.length > 0) {
    const columns = absent.map(({ column }) => column);
    throw notThere(columns, { names: known.names, wish: 'to slice by' });
  }
  return slices.wanted
    .flatMap(({ column: name, edges }) => {
      const from = placeOf(known, name);
      return from === undefined ? [] : [{ name, from, edges }];
    })
    .map((slice, index) => ({ ...slice, as: `slice_${index}` }));
}

function notThere(
  absent: readonly string[],
  { names, wish }: { names: readonly string[]; wish: string },
): KnownGoodError {
  const near = nearestName(absent[0] ?? '', names);
  const hint = near === undefined ? '' : ` Did you mean ${quote(near)}?`;
  return new KnownGoodError('input', `The log has no column ${listNames(absent)} ${wish}.${hint}`);
}

/** Those that were asked for, else those of the reference that the log has, and what it does not have. */
function chooseFeatures(
  { features }: ShadowRequest,
  { names, columns, reference }: Known & { reference: readonly string[] },
): { features: NamedColumn[]; absent: string[] } {
  const known = { names, columns };
  const used = new Set([columns.id, columns.time, columns.label, columns.labelTime]);
  const wanted = features ?? reference;
  const absent = wanted.filter((name) => placeOf(known, name) === undefined);
  if (features !== undefined && absent.length > 0)
    throw notThere(absent, { names, wish: 'that shadow.features names' });
  const found = wanted
    .flatMap((name) => {
      const from = placeOf(known, name);
      return from === undefined || used.has(from) ? [] : [{ name, from }];
    })
    .map((feature, index) => ({ ...feature, as: `feature_${index}` }));
  return { features: found, absent };
}

/** `labels_numbered`: the label files with a position a row. */
async function openLabels(
  session: SqlSession,
  { labels: paths, labelColumns, maxRejected }: ShadowRequest,
  { columns, labelKind }: { columns: ShadowColumns; labelKind: 'number' | 'text' },
): Promise<LoadedSource | undefined> {
  if (paths.length === 0) return undefined;
  const label = labelColumns.label ?? columns.label ?? 'label';
  const labelTime = labelColumns.labelTime ?? columns.labelTime ?? 'label_timestamp';
  const wanted: LogColumn[] = [
    { name: 'id', from: labelColumns.id ?? columns.id, kind: 'text' },
    { name: 'label', from: label, kind: labelKind },
    { name: 'label_time', from: labelTime, kind: 'instant', optional: labelColumns.labelTime === undefined },
  ];
  const loaded = await session.load({ relation: 'labels', paths, columns: wanted, maxRejected });
  const { dialect } = session;
  const known = labelOf('label', labelKind === 'number', dialect);
  await session.run(
    `CREATE VIEW labels_numbered AS SELECT position, id, ${known}, label_time FROM (${dialect.numbered('labels')}) AS numbered`,
  );
  return loaded;
}
