import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import { naiveSample } from '../../stats/naive.ts';
import type { DataFacts, Measured } from '../../gate/facts.ts';
import { completeLabels } from '../../gate/mapping/labels.ts';
import type { InputFeed } from '../../gate/mapping/input-plan.ts';
import { columnsOf } from '../../gate/mapping/input-plan.ts';
import { listNames } from '../../verdict/sentences.ts';
import type { LabelScheme } from '../../gate/mapping/to-sample.ts';
import { toSample } from '../../gate/mapping/to-sample.ts';
import type { Column, ColumnRequest, Table } from '../../core/table.ts';
import type { LabelledTable, TablePorts } from './load-table.ts';
import { loadTable, textsOf } from './load-table.ts';
import type { DataRequest, GateRequest } from './gate-request.ts';
import type { Askable } from './measure.ts';
import { measureAll } from './measure.ts';
import { repeatedRows, textColumn } from './repeated-rows.ts';
import type { Scheme } from './resolve-scheme.ts';
import { resolveScheme } from './resolve-scheme.ts';
import { classAssumptions } from './class-assumptions.ts';
import { trainingDrift } from './training-drift.ts';

/** Both models as they can be asked, or why they cannot. */
export interface Contestants {
  challenger: Fact<Askable>;
  champion: Fact<Askable> | undefined;
  /** The classes that the challenger's file names. */
  fileClasses?: readonly string[] | undefined;
}

/** One data set with both models measured on it, and the table for the probes. */
export interface LoadedData {
  facts: DataFacts;
  table: LabelledTable;
  assumptions: readonly string[];
}

/** Reads a data set and runs both models over all of its rows. */
export async function loadData(
  wish: { request: DataRequest; all: GateRequest; contestants: Contestants; scheme: Scheme },
  ports: TablePorts,
): Promise<LoadedData> {
  const { request, all, contestants, scheme } = wish;
  const { columns } = await ports.tables.head(request.path);
  const fit = {
    challenger: withColumns(contestants.challenger, columns, request.path),
    champion: contestants.champion && withColumns(contestants.champion, columns, request.path),
  };
  const features = [fit.challenger, fit.champion].flatMap((model) =>
    model?.known ? columnsOf(model.value.inputs) : [],
  );
  const slices = request.role === 'test' ? all.slices : [];
  const table = await loadTable({ request, features, slices }, ports);
  const labels = completeLabels(table.labels, request.label);
  const resolved = labels.known
    ? resolveScheme(labels.value, scheme)
    : { scheme: unknown(labels.why), assumptions: [] };
  const judged = { labels, scheme: resolved.scheme };
  const challenger = await measure(fit.challenger, table, judged);
  const theirs = { labels, scheme: atThreshold(resolved.scheme, scheme.championThreshold) };
  const champion = fit.champion === undefined ? undefined : await measure(fit.champion, table, theirs);
  return {
    table,
    assumptions: [
      ...resolved.assumptions,
      ...classAssumptions(
        { texts: table.labels, label: request.label },
        { scheme: resolved.scheme, challenger, fileClasses: contestants.fileClasses },
      ),
    ],
    facts: {
      role: request.role,
      path: request.path,
      digest: table.digest,
      rows: table.table.rows,
      labelColumn: request.label,
      labels,
      scheme: resolved.scheme,
      ids: table.ids,
      clusters: table.clusters,
      slices: table.slices,
      slicesMissing: table.slicesMissing,
      challenger,
      champion,
      naive: naiveOf(challenger),
      sharedWithTraining: await sharedRows({ train: all.train, features, table }, ports),
      ...(await trainingDrift({ train: all.train, features, table: table.table }, ports)),
      ...copiesIn(table, labels, [fit.challenger, fit.champion]),
    },
  };
}

function atThreshold(scheme: Fact<LabelScheme>, threshold: number | undefined): Fact<LabelScheme> {
  if (threshold === undefined || !scheme.known || scheme.value.task !== 'binary-classification')
    return scheme;
  return known({ ...scheme.value, threshold });
}

/** A model can be asked about a table that has all of its columns. */
function withColumns(model: Fact<Askable>, columns: readonly string[], path: string): Fact<Askable> {
  if (!model.known) return model;
  const absent = columnsOf(model.value.inputs)
    .map((column) => column.name)
    .filter((name) => !columns.includes(name));
  return absent.length === 0
    ? model
    : unknown(`${JSON.stringify(path)} lacks ${absent.length} of the model's columns: ${listNames(absent)}.`);
}

async function measure(
  model: Fact<Askable>,
  table: LabelledTable,
  judged: { labels: Fact<readonly string[]>; scheme: Fact<LabelScheme> },
): Promise<Fact<Measured>> {
  if (!model.known) return model;
  if (!judged.labels.known) return judged.labels;
  if (!judged.scheme.known) return judged.scheme;
  const answers = await measureAll(model.value, table.table);
  if (!answers.known) return answers;
  const sample = toSample(answers.value, judged.labels.value, judged.scheme.value);
  return sample.known ? known({ sample: sample.value, answers: answers.value }) : sample;
}

/** The class prior or the mean on the same labels. */
export function naiveOf(challenger: Fact<Measured>): DataFacts['naive'] {
  if (!challenger.known) return challenger;
  const naive = naiveSample(challenger.value.sample);
  return naive === undefined ? unknown('there is no naive predictor of a score.') : known(naive);
}

/** Rows that repeat others in features and label; without any feature rows cannot be told apart. */
function copiesIn(
  { table, labels: written }: LabelledTable,
  labels: Fact<readonly string[]>,
  models: readonly (Fact<Askable> | undefined)[],
): Pick<DataFacts, 'repeatedRows'> {
  const fed = fedColumns(
    table,
    models.flatMap((model) => (model?.known ? model.value.inputs.feeds : [])),
  );
  if (fed.length === 0) return {};
  return { repeatedRows: repeatedRows([...fed, textColumn(labels.known ? labels.value : written)]) };
}

/** The columns as the models are fed them: numbers that no model takes wider than float32 differ only where their float32 do. */
function fedColumns({ columns }: Table, feeds: readonly InputFeed[]): Column[] {
  return [...columns].flatMap(([name, column]) => {
    const types = feeds.filter((feed) => feed.columns.includes(name)).map(({ type }) => type);
    if (types.length === 0) return [];
    const narrow = column.type === 'number' && types.every((type) => type === 'float32');
    return [narrow ? { ...column, values: column.values.map(Math.fround) } : column];
  });
}

interface SharedWish {
  train: GateRequest['train'];
  features: readonly ColumnRequest[];
  table: LabelledTable;
}

/** Test rows that stand in the training table too: by id where both name one, else by all features. */
async function sharedRows(
  { train, features, table }: SharedWish,
  ports: TablePorts,
): Promise<DataFacts['sharedWithTraining']> {
  if (train === undefined) return undefined;
  const { columns } = await ports.tables.head(train.path);
  const byId = train.id !== undefined && table.ids !== undefined;
  const keys = byId ? [train.id ?? ''] : [...new Set(features.map((column) => column.name))];
  if (keys.length === 0)
    return unknown(
      `Rows shared with ${JSON.stringify(train.path)} cannot be found: there is no id column in both tables, and no model tells its features.`,
    );
  const absent = keys.filter((name) => !columns.includes(name));
  if (absent.length > 0)
    return unknown(
      `Rows shared with ${JSON.stringify(train.path)} cannot be found: it has no ${listNames(absent)}. Name an id column in both tables.`,
    );
  const wanted = keys.map((name) => ({
    name,
    type: byId ? ('string' as const) : (table.table.columns.get(name)?.type ?? 'string'),
  }));
  const other = await ports.tables.read(train.path, wanted);
  const seen = new Set(rowKeys(keys.map((name) => textsOf(other, name))));
  const own = byId ? (table.ids ?? []) : rowKeys(keys.map((name) => textsOf(table.table, name)));
  return known({
    rows: own.filter((key) => seen.has(key)).length,
    by: byId ? 'id' : `all ${keys.length} features`,
  });
}

function rowKeys(columns: readonly (readonly string[])[]): string[] {
  const [first = []] = columns;
  return columns.length === 1
    ? [...first]
    : first.map((_, row) => JSON.stringify(columns.map((column) => column[row])));
}
