import type { Table } from '../../core/table.ts';
import type { ModelSession } from '../../core/ports.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Tensors } from '../../core/model.ts';
import type { Answers } from '../../gate/mapping/answers.ts';
import { joinAnswers, readAnswers } from '../../gate/mapping/answers.ts';
import type { RowSelection } from '../../gate/mapping/build-tensors.ts';
import { buildTensors } from '../../gate/mapping/build-tensors.ts';
import type { InputPlan } from '../../gate/mapping/input-plan.ts';
import type { OutputPlan } from '../../gate/mapping/output-plan.ts';

/** Rows a call, where the model leaves the batch open: large enough to be fast, small enough to stay bounded. */
export const BATCH_ROWS = 4096;

/** A model that can be asked: its session and how its tensors are made and read. */
export interface Askable {
  session: ModelSession;
  inputs: InputPlan;
  outputs: OutputPlan;
}

/** The model's answers for every row of the table, or the sentence why there are none. */
export function measureAll(model: Askable, table: Table): Promise<Fact<Answers>> {
  return asFact(async () => {
    const size = model.inputs.fixedBatch ?? BATCH_ROWS;
    const batches: Answers[] = [];
    for (let from = 0; from < table.rows; from += size) {
      batches.push(await ask(model, table, { from, to: Math.min(from + size, table.rows) }));
    }
    return joinAnswers(batches);
  });
}

/**
 * One call for the selected rows. A model with a fixed batch is called as often as it takes, and given repeated rows to
 * fill the last batch, whose answers are dropped.
 */
export async function ask(model: Askable, table: Table, selection: RowSelection): Promise<Answers> {
  const { fixedBatch } = model.inputs;
  const count = 'rows' in selection ? selection.rows.length : selection.to - selection.from;
  if (fixedBatch === undefined) return call(model, table, { selection, count });
  const rows = 'rows' in selection ? Array.from(selection.rows) : rangeOf(selection);
  const batches: Answers[] = [];
  for (let from = 0; from < rows.length; from += fixedBatch) {
    const own = rows.slice(from, from + fixedBatch);
    const full = Array.from({ length: fixedBatch }, (_, i) => own[i] ?? own[0] ?? 0);
    const answers = await call(model, table, { selection: { rows: full }, count: fixedBatch });
    batches.push(firstRows(answers, own.length));
  }
  return joinAnswers(batches);
}

async function call(
  model: Askable,
  table: Table,
  { selection, count }: { selection: RowSelection; count: number },
): Promise<Answers> {
  const outputs = await model.session.run(buildTensors(table, model.inputs, selection));
  return readAnswers(outputs, model.outputs, count);
}

function rangeOf({ from, to }: { from: number; to: number }): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function firstRows(answers: Answers, rows: number): Answers {
  return {
    rows,
    width: answers.width,
    numbers: answers.numbers.slice(0, rows * answers.width),
    labels: answers.labels?.slice(0, rows),
  };
}

/** Inputs of one row each, for timing. */
export function singleRows(model: Askable, table: Table, rows: readonly number[]): Tensors[] {
  return rows.map((row) =>
    buildTensors(table, model.inputs, {
      rows: Array.from({ length: model.inputs.fixedBatch ?? 1 }, () => row),
    }),
  );
}

/** Turns what a model or its data did wrong into a fact; anything else is ours and goes on up. */
export async function asFact<T>(learn: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(await learn());
  } catch (error) {
    if (error instanceof Error && error.name === 'ModelFailure') return unknown(error.message);
    if (error instanceof KnownGoodError && error.code === 'input') return unknown(error.message);
    throw error;
  }
}
