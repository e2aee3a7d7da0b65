import type { Table } from '../../core/table.ts';
import type { Fact } from '../../core/fact.ts';
import type { Tensors } from '../../core/model.ts';
import { unknown } from '../../core/fact.ts';
import { buildTensors } from '../../gate/mapping/build-tensors.ts';
import type { Askable } from './measure.ts';
import { asFact, BATCH_ROWS, singleRows } from './measure.ts';

const CALLS = 1000;
const WARM_UP = 50;
const BLOCK = 50;
const BATCH_RUNS = 5;

/** What was timed of one model. */
export interface Timing {
  latencyMs: Fact<Float64Array>;
  rowsPerSecond: Fact<number>;
}

/** Times single rows in alternating blocks of both models, so that whatever the machine does meets both; then one batch. */
export async function timeModels(models: readonly Askable[], table: Table): Promise<Timing[]> {
  const rows = Array.from({ length: CALLS }, (_, i) => Math.floor((i * table.rows) / CALLS));
  const inputs = await Promise.all(
    models.map((model) => asFact(() => Promise.resolve().then(() => singleRows(model, table, rows)))),
  );
  const warm = await Promise.all(
    models.map((model, m) => timeBlock(model, inputs[m], { from: 0, to: WARM_UP })),
  );
  const times = models.map(() => new Float64Array(CALLS));
  const failed: (string | undefined)[] = warm.map((each) => (each.known ? undefined : each.why));
  for (let from = 0; from < CALLS; from += BLOCK) {
    for (const [m, model] of models.entries()) {
      if (failed[m] !== undefined) continue;
      const block = await timeBlock(model, inputs[m], { from, to: from + BLOCK });
      if (block.known) times[m]?.set(block.value, from);
      else failed[m] = block.why;
    }
  }
  return Promise.all(
    models.map((model, m) =>
      timing(model, table, { times: times[m] ?? new Float64Array(), failed: failed[m] }),
    ),
  );
}

/** The times of some of the rows; fewer times than calls are no times at all. */
async function timeBlock(
  model: Askable,
  inputs: Fact<Tensors[]> | undefined,
  { from, to }: { from: number; to: number },
): Promise<Fact<Float64Array>> {
  if (inputs === undefined || !inputs.known) return inputs ?? unknown('there was nothing to time.');
  const rows = inputs.value.slice(from, to);
  const times = await asFact(() => model.session.time(rows));
  return times.known && times.value.length !== rows.length
    ? unknown(`only ${times.value.length} of ${rows.length} calls were timed.`)
    : times;
}

async function timing(
  model: Askable,
  table: Table,
  { times, failed }: { times: Float64Array; failed: string | undefined },
): Promise<Timing> {
  if (failed !== undefined) return { latencyMs: unknown(failed), rowsPerSecond: unknown(failed) };
  return {
    latencyMs: { known: true, value: times },
    rowsPerSecond: await asFact(() => throughput(model, table)),
  };
}

/** Rows a second of the fastest of a few batches (the others were disturbed), to three digits: timing is no finer. */
async function throughput(model: Askable, table: Table): Promise<number> {
  const rows = model.inputs.fixedBatch ?? Math.min(BATCH_ROWS, table.rows);
  const batch = buildTensors(table, model.inputs, {
    rows: Array.from({ length: rows }, (_, i) => i % table.rows),
  });
  const ms = await model.session.time(Array.from({ length: BATCH_RUNS }, () => batch));
  return Number(((1000 * rows) / Math.min(...ms)).toPrecision(3));
}
