import { formatCount } from '../../core/format-number.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Sample, Task } from '../../core/task.ts';
import type { ColumnRequest, Table } from '../../core/table.ts';
import type { DataFacts, Measured } from '../../gate/facts.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Answers } from '../../gate/mapping/answers.ts';
import { completeLabels, countLabels } from '../../gate/mapping/labels.ts';
import { listNames, quote } from '../../gate/mapping/sentences.ts';
import { toSample } from '../../gate/mapping/to-sample.ts';
import type { GateRequest, PredictionsRequest } from './gate-request.ts';
import { classAssumptions } from './class-assumptions.ts';
import { naiveOf } from './load-data.ts';
import { configuredClasses } from './plan-gate.ts';
import { resolveScheme } from './resolve-scheme.ts';
import type { TablePorts } from './load-table.ts';
import { loadTable, textsOf } from './load-table.ts';

/** The task of given predictions, the data facts, and what was guessed. */
export interface LoadedPredictions {
  task: Task;
  facts: DataFacts;
  assumptions: readonly string[];
}

/** Reads a table of predictions made elsewhere: both models on the same rows, with labels, or scores without. */
export async function loadPredictions(
  request: GateRequest,
  predictions: PredictionsRequest,
  ports: TablePorts,
): Promise<LoadedPredictions> {
  const { columns } = await ports.tables.head(predictions.path);
  const sides = {
    challenger: columnsOfSide(predictions.challenger, columns),
    champion:
      predictions.champion === undefined ? [] : championColumns(predictions, predictions.champion, columns),
  };
  if (sides.challenger.length === 0)
    throw new KnownGoodError(
      'input',
      `${quote(predictions.path)} has no column ${quote(predictions.challenger)}, nor ${quote(`${predictions.challenger}.<class>`)}: saw ${listNames(columns)}. Name it: --challenger COLUMN.`,
    );
  if (
    predictions.champion !== undefined &&
    predictions.championGuessed !== true &&
    sides.champion.length === 0
  )
    throw new KnownGoodError(
      'input',
      `${quote(predictions.path)} has no column ${quote(predictions.champion)}: saw ${listNames(columns)}. Name it with --champion COLUMN, or say that there is none: --champion none.`,
    );
  const numbers: ColumnRequest[] = [
    ...sides.challenger.map((name) => ({ name, type: 'number' as const })),
    ...sides.champion.map((name) => ({ name, type: 'number' as const, complete: true })),
  ];
  const [first = ''] = sides.challenger;
  const wish = {
    role: 'test' as const,
    path: predictions.path,
    label: predictions.label ?? first,
    ...(predictions.id === undefined ? {} : { id: predictions.id }),
  };
  const table = await loadTable({ request: wish, features: numbers, slices: request.slices }, ports);
  const task = request.task ?? guess(predictions, sides.challenger.length, table.labels);
  const given = { request, predictions, table: table.table, sides, task };
  const resolved = task === 'score' ? undefined : labelled(table.labels, given);
  const sample = (names: readonly string[]): Fact<Measured> =>
    resolved === undefined ? scores(table.table, names) : resolved.measure(names);
  const challenger = sample(sides.challenger);
  return {
    task,
    assumptions: [
      ...(request.task === undefined
        ? [
            `task ${task}: ${predictions.label === undefined ? 'there is no label' : 'by the label and the predictions'}`,
          ]
        : []),
      ...(resolved?.assumptions ?? []),
      ...(resolved === undefined
        ? []
        : classAssumptions(
            { texts: table.labels, label: wish.label },
            { scheme: resolved.scheme, challenger, fileClasses: undefined },
          )),
    ],
    facts: {
      role: 'predictions',
      path: predictions.path,
      digest: table.digest,
      rows: table.table.rows,
      labelColumn: predictions.label,
      labels: resolved?.labels ?? known(table.labels),
      scheme: resolved?.scheme ?? unknown('Scores have no labels.'),
      ids: table.ids,
      clusters: table.clusters,
      slices: table.slices,
      slicesMissing: table.slicesMissing,
      challenger,
      champion: sides.champion.length === 0 ? undefined : sample(sides.champion),
      naive: naiveOf(challenger),
      sharedWithTraining: undefined,
    },
  };
}

/** `challenger`, or `challenger.<class>` for several classes. */
function columnsOfSide(name: string, columns: readonly string[]): string[] {
  return columns.includes(name) ? [name] : columns.filter((column) => column.startsWith(`${name}.`));
}

/** The champion's columns, class by class in the challenger's order: a column that means another class must not be read as this one. */
function championColumns(
  { path, challenger }: PredictionsRequest,
  champion: string,
  columns: readonly string[],
): string[] {
  const own = columnsOfSide(champion, columns);
  if (own.length < 2 || columns.includes(challenger)) return own;
  const wanted = columnsOfSide(challenger, columns).map((name) => champion + name.slice(challenger.length));
  const absent = wanted.filter((name) => !own.includes(name));
  const extra = own.filter((name) => !wanted.includes(name));
  if (absent.length + extra.length > 0)
    throw new KnownGoodError(
      'input',
      `${quote(path)} has not the same classes for ${quote(champion)} and ${quote(challenger)}: ${absent.length > 0 ? `no ${listNames(absent)}` : `${listNames(extra)} beyond them`}.`,
    );
  return wanted;
}

function guess(predictions: PredictionsRequest, width: number, labels: readonly string[]): Task {
  if (predictions.label === undefined) return 'score';
  if (width > 2) return 'multiclass-classification';
  return countLabels(labels).size <= 2 ? 'binary-classification' : 'regression';
}

interface Given {
  request: GateRequest;
  predictions: PredictionsRequest;
  table: Table;
  sides: { challenger: readonly string[]; champion: readonly string[] };
  task: Task;
}

function labelled(texts: readonly string[], { request, predictions, table, sides, task }: Given) {
  if (predictions.label === undefined)
    throw new KnownGoodError('usage', `A ${task} needs labels: name their column with --label.`);
  const labels = completeLabels(texts, predictions.label);
  const prefix = `${predictions.challenger}.`;
  const header = configuredClasses(
    sides.challenger.length > 1 ? sides.challenger.map((name) => name.slice(prefix.length)) : undefined,
  );
  const classes =
    header === undefined
      ? configuredClasses(request.outputs.classes)
      : { names: header.names, from: 'header' as const };
  const wish = {
    task,
    threshold: request.outputs.threshold ?? 0.5,
    classes,
    positive: request.outputs.positive,
  };
  const { scheme, assumptions } = labels.known
    ? resolveScheme(labels.value, wish)
    : { scheme: labels, assumptions: [] };
  const measure = (names: readonly string[]): Fact<Measured> => {
    if (!labels.known) return labels;
    if (!scheme.known) return scheme;
    const sample = toSample(answersOf(table, names), labels.value, scheme.value);
    return sample.known ? known({ sample: sample.value }) : sample;
  };
  return { labels, scheme, assumptions, measure };
}

function answersOf(table: Table, names: readonly string[]): Answers {
  const numbers = new Float64Array(table.rows * names.length);
  names.forEach((name, k) => {
    const column = table.columns.get(name);
    for (let row = 0; row < table.rows; row++)
      numbers[row * names.length + k] = Number(column?.values[row] ?? Number.NaN);
  });
  return { rows: table.rows, width: names.length, numbers, labels: undefined };
}

function scores(table: Table, names: readonly string[]): Fact<Measured> {
  const [name = ''] = names;
  if (names.length !== 1) return unknown(`A score is one number a row; saw the columns ${listNames(names)}.`);
  const values = answersOf(table, names).numbers;
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    return unknown(
      `The score of row ${formatCount(at + 1)} in ${quote(name)} is ${quote(textsOf(table, name)[at] ?? '')}, not a finite number.`,
    );
  const sample: Sample = { task: 'score', scores: values };
  return known({ sample });
}
