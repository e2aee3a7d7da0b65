import { formatCount } from '../../core/format-number.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Sample, Task } from '../../core/task.ts';
import type { ColumnRequest, Table } from '../../core/table.ts';
import type { DataFacts, Measured, RepeatedRows } from '../../gate/facts.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { completeLabels, countLabels } from '../../gate/mapping/labels.ts';
import { listNames, quote } from '../../verdict/sentences.ts';
import { toSample } from '../../gate/mapping/to-sample.ts';
import type { GateRequest, PredictionsRequest } from './gate-request.ts';
import { classAssumptions } from './class-assumptions.ts';
import { naiveOf } from './load-data.ts';
import { configuredClasses } from './plan-gate.ts';
import { answersOf, sideAnswers } from './prediction-answers.ts';
import type { PredictionColumns } from './prediction-columns.ts';
import { predictionColumns } from './prediction-columns.ts';
import { repeatedRows, textColumn } from './repeated-rows.ts';
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
  const others = [predictions.label, predictions.id, ...request.slices.map((slice) => slice.column)];
  const sides = predictionColumns(
    predictions,
    columns,
    others.filter((name) => name !== undefined),
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
  const sample = (name: string, names: readonly string[]): Fact<Measured> =>
    resolved === undefined ? scores(table.table, names) : resolved.measure(name, names);
  const challenger = sample(predictions.challenger, sides.challenger);
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
      champion: sides.champion.length === 0 ? undefined : sample(predictions.champion ?? '', sides.champion),
      naive: naiveOf(challenger),
      sharedWithTraining: undefined,
      repeatedRows: copiesIn(table.table, numbers, resolved?.labels),
    },
  };
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
  sides: PredictionColumns;
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
  const measure = (name: string, columns: readonly string[]): Fact<Measured> => {
    if (!labels.known) return labels;
    if (!scheme.known) return scheme;
    const side = sideAnswers(table, { name, columns }, scheme.value);
    if (!side.known) return side;
    const { answers, named } = side.value;
    const sample = toSample(answers, labels.value, scheme.value);
    return sample.known ? known({ sample: sample.value, named }) : sample;
  };
  return { labels, scheme, assumptions, measure };
}

/** Rows whose label and predictions an earlier row has: of the rows themselves nothing else is known here. */
function copiesIn(
  { columns }: Table,
  numbers: readonly ColumnRequest[],
  labels: Fact<readonly string[]> | undefined,
): RepeatedRows {
  const predicted = numbers.flatMap(({ name }) => columns.get(name) ?? []);
  return repeatedRows([...predicted, ...(labels?.known === true ? [textColumn(labels.value)] : [])]);
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
