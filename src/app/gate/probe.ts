import { KnownGoodError } from '../../core/errors.ts';
import type { Tensors } from '../../core/model.ts';
import type { ModelFailure } from '../../core/ports.ts';
import type { Column, Table } from '../../core/table.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { BatchProbe, PeculiarProbe, ProbeAnswer, Probes, RepeatProbe } from '../../gate/facts.ts';
import type { Answers } from '../../gate/mapping/answers.ts';
import { readAnswers } from '../../gate/mapping/answers.ts';
import { buildTensors } from '../../gate/mapping/build-tensors.ts';
import type { InputPlan } from '../../gate/mapping/input-plan.ts';
import type { Askable } from './measure.ts';
import { ask, asFact } from './measure.ts';

const MANY = 1000;
const ALONE = 20;
/** Features that are tried one by one; what is left out is said. */
const MOST_FEATURES = 200;
/** Far outside of any plausible feature, and still finite in float32 products. */
const EXTREME = 1e9;

/** Tries the model on batches of none, one and many rows, on peculiar rows, and on the same rows again. */
export async function probeModel(model: Askable, table: Table): Promise<Probes> {
  const many = Math.min(table.rows, MANY);
  return {
    batches: await batchProbes(model, table, many),
    missing: await peculiarProbe(model, table, 'missing'),
    extreme: await peculiarProbe(model, table, 'extreme'),
    twice: await asFact(async () =>
      difference(
        await ask(model, table, { from: 0, to: many }),
        await ask(model, table, { from: 0, to: many }),
      ),
    ),
    alone: await asFact(() => aloneProbe(model, table)),
  };
}

async function batchProbes(model: Askable, table: Table, many: number): Promise<BatchProbe[]> {
  const probes: BatchProbe[] = [];
  const fixed = model.inputs.fixedBatch;
  for (const rows of fixed === undefined ? [0, 1, many] : [fixed]) {
    probes.push({ rows, result: await tryBatch(model, table, rows) });
  }
  return probes;
}

/** A refusal is an answer of its own; a model that is gone, or rows that make no tensor, are unknown. The rows that come back are counted, not expected. */
async function tryBatch(model: Askable, table: Table, rows: number): Promise<Fact<ProbeAnswer>> {
  const selection = { rows: Array.from({ length: rows }, (_, i) => i % table.rows) };
  const tensors = await asFact(() =>
    Promise.resolve().then(() => buildTensors(table, model.inputs, selection)),
  );
  if (!tensors.known) return tensors;
  try {
    return known(counted(await model.session.run(tensors.value), model, rows));
  } catch (error) {
    if (isGone(error)) return unknown(error.message);
    if (isRefusal(error)) return known({ kind: 'refused', message: error.message });
    throw error;
  }
}

function isGone(error: unknown): error is ModelFailure {
  return isModelFailure(error) && error.kind !== 'rejected';
}

/** The runtime's refusal of these rows, or answers that no one can read. */
function isRefusal(error: unknown): error is Error {
  return isModelFailure(error) || (error instanceof KnownGoodError && error.code === 'input');
}

function isModelFailure(error: unknown): error is ModelFailure {
  return error instanceof Error && error.name === 'ModelFailure';
}

function counted(outputs: Tensors, model: Askable, rows: number): ProbeAnswer {
  const tensor = outputs[model.outputs.numbers];
  const came = tensor?.dims[0] ?? tensor?.data.length ?? 0;
  if (came !== rows) return { kind: 'answered', rows: came, nonFinite: 0 };
  const answers = readAnswers(outputs, model.outputs, rows);
  return { kind: 'answered', rows, nonFinite: nonFiniteRows(answers).size };
}

function nonFiniteRows(answers: Answers): Set<number> {
  const rows = new Set<number>();
  for (let i = 0; i < answers.numbers.length; i++)
    if (!Number.isFinite(answers.numbers[i])) rows.add(Math.floor(i / answers.width));
  return rows;
}

function difference(a: Answers, b: Answers): RepeatProbe {
  const rows = new Set<number>();
  let largest = 0;
  for (let i = 0; i < a.numbers.length; i++) {
    const [x, y] = [a.numbers[i] ?? Number.NaN, b.numbers[i] ?? Number.NaN];
    if (Object.is(x, y)) continue;
    rows.add(Math.floor(i / a.width));
    const off = Math.abs(x - y) / Math.max(1, Math.abs(x));
    largest = Math.max(largest, Number.isFinite(off) ? off : Number.MAX_VALUE);
  }
  return { rows: a.rows, differing: rows.size, largest };
}

/** Rows spread over the table, asked one by one and in one batch. */
async function aloneProbe(model: Askable, table: Table): Promise<RepeatProbe> {
  const rows = Array.from(
    { length: Math.min(ALONE, table.rows) },
    (_, i) => Math.floor((i * table.rows) / ALONE) % table.rows,
  );
  const together = await ask(model, table, { rows });
  let worst: RepeatProbe = { rows: rows.length, differing: 0, largest: 0 };
  for (const [i, row] of rows.entries()) {
    const one = await ask(model, table, { rows: [row] });
    const own = {
      ...together,
      rows: 1,
      numbers: together.numbers.slice(i * together.width, (i + 1) * together.width),
    };
    const seen = difference(own, one);
    worst = {
      rows: rows.length,
      differing: worst.differing + seen.differing,
      largest: Math.max(worst.largest, seen.largest),
    };
  }
  return worst;
}

/** One row for each feature, with that feature alone made peculiar. */
async function peculiarProbe(
  model: Askable,
  table: Table,
  kind: 'missing' | 'extreme',
): Promise<Fact<PeculiarProbe>> {
  const all = featuresOf(model.inputs, kind);
  const features = all.slice(0, MOST_FEATURES);
  if (features.length === 0) return unknown('the model has no such input.');
  const altered = alterTable(table, features, kind);
  const untried = all.length - features.length;
  const together = await asFact(() => ask(model, altered, { from: 0, to: features.length }));
  const probe = together.known
    ? known({
        rows: features.length,
        nonFinite: [...nonFiniteRows(together.value)].map((row) => features[row] ?? ''),
        refused: [],
      })
    : await oneByOne(model, altered, features);
  return probe.known && untried > 0 ? known({ ...probe.value, untried }) : probe;
}

async function oneByOne(
  model: Askable,
  altered: Table,
  features: readonly string[],
): Promise<Fact<PeculiarProbe>> {
  const nonFinite: string[] = [];
  const refused: string[] = [];
  for (const [row, feature] of features.entries()) {
    const answer = await asFact(() => ask(model, altered, { rows: [row] }));
    if (!answer.known) refused.push(feature);
    else if (nonFiniteRows(answer.value).size > 0) nonFinite.push(feature);
  }
  const alive = await asFact(() => ask(model, altered, { rows: [altered.rows - 1] }));
  if (!alive.known) return unknown(`the model no longer answers (${alive.why})`);
  return known({ rows: features.length, nonFinite, refused });
}

function featuresOf(plan: InputPlan, kind: 'missing' | 'extreme'): string[] {
  const feeds = plan.feeds.filter((feed) => kind === 'missing' || feed.type !== 'string');
  return [...new Set(feeds.flatMap((feed) => feed.columns))];
}

/** A table of one row a feature, taken in turn from the real one, the feature itself emptied or blown up; then the first row as it is. */
function alterTable(table: Table, features: readonly string[], kind: 'missing' | 'extreme'): Table {
  const columns = new Map<string, Column>();
  const rows = features.length + 1;
  for (const [name, column] of table.columns)
    columns.set(name, alterColumn(column, features.indexOf(name), { rows, source: table.rows, kind }));
  return { path: table.path, rows, columns };
}

function alterColumn(
  column: Column,
  at: number,
  { rows, source, kind }: { rows: number; source: number; kind: 'missing' | 'extreme' },
): Column {
  const sourceRow = (row: number) => (row === rows - 1 ? 0 : row % source);
  if (column.type === 'string') {
    return {
      type: 'string',
      missing: 0,
      values: Array.from({ length: rows }, (_, i) => (i === at ? '' : (column.values[sourceRow(i)] ?? ''))),
    };
  }
  const peculiar = kind === 'missing' ? Number.NaN : EXTREME;
  return {
    type: 'number',
    missing: 0,
    values: Float64Array.from({ length: rows }, (_, i) =>
      i === at ? peculiar : (column.values[sourceRow(i)] ?? Number.NaN),
    ),
  };
}
