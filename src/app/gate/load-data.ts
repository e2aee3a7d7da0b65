import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Task } from '../../core/task.ts';
import { naiveSample } from '../../stats/naive.ts';
import type { DataFacts, Measured } from '../../gate/facts.ts';
import {
  binaryClasses,
  canonicalLabel,
  completeLabels,
  countLabels,
  numericLabels,
} from '../../gate/mapping/labels.ts';
import { columnsOf } from '../../gate/mapping/input-plan.ts';
import { listNames } from '../../gate/mapping/sentences.ts';
import type { LabelScheme } from '../../gate/mapping/to-sample.ts';
import { toSample } from '../../gate/mapping/to-sample.ts';
import type { ColumnRequest } from '../../core/table.ts';
import type { LabelledTable, TablePorts } from './load-table.ts';
import { loadTable, textsOf } from './load-table.ts';
import type { DataRequest, GateRequest } from './gate-request.ts';
import type { Askable } from './measure.ts';
import { measureAll } from './measure.ts';

/** Both models as they can be asked, or why they cannot. */
export interface Contestants {
  challenger: Fact<Askable>;
  champion: Fact<Askable> | undefined;
}

/** What labels mean, before and after the labels are seen. */
export interface Scheme {
  task: Task;
  threshold: number;
  /** Where the champion decides by another one. */
  championThreshold?: number;
  /** Class names in the order of the model's columns, where the model or the config names them. */
  classes: readonly string[] | undefined;
  positive: string | undefined;
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
    assumptions: resolved.assumptions,
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

/** How labels become classes or numbers, with what had to be guessed. */
export function resolveScheme(
  labels: readonly string[],
  wish: Scheme,
): { scheme: Fact<LabelScheme>; assumptions: string[] } {
  switch (wish.task) {
    case 'binary-classification': {
      const classes = binaryClasses(labels, wish.positive);
      if (!classes.known) return { scheme: classes, assumptions: [] };
      const { negative, positive, guessed } = classes.value;
      // Exporters sort the classes: which one is positive does not change the order of the model's columns.
      const natural = [...countLabels(labels).keys()];
      const order = wish.classes?.map(canonicalLabel) ?? natural;
      const columns =
        wish.classes === undefined && positive === natural[0]
          ? [`classes in the order of the model's columns: ${listNames(natural)}`]
          : [];
      return {
        scheme: known({ task: wish.task, negative, positive, threshold: wish.threshold, classes: order }),
        assumptions: [...(guessed === undefined ? [] : [guessed]), ...columns],
      };
    }
    case 'multiclass-classification': {
      const found = [...countLabels(labels).keys()];
      const classes = wish.classes?.map(canonicalLabel) ?? found;
      const assumptions =
        wish.classes === undefined
          ? [`classes in the order of the model's columns: ${listNames(found, 10)}`]
          : [];
      return { scheme: known({ task: wish.task, classes }), assumptions };
    }
    case 'regression': {
      const values = numericLabels(labels);
      return {
        scheme: values.known ? known({ task: wish.task, values: values.value }) : values,
        assumptions: [],
      };
    }
    case 'score':
      return {
        scheme: unknown('Scores are compared with --predictions; there is no model to run.'),
        assumptions: [],
      };
  }
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
