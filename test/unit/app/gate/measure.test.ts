import { describe, expect, it } from 'vitest';
import { measureAll } from '../../../../src/app/gate/measure.ts';
import type { Askable } from '../../../../src/app/gate/measure.ts';
import { probeModel } from '../../../../src/app/gate/probe.ts';
import { timeModels } from '../../../../src/app/gate/time-models.ts';
import type { Tensors } from '../../../../src/core/model.ts';
import type { Table } from '../../../../src/core/table.ts';
import { planInputs } from '../../../../src/gate/mapping/input-plan.ts';
import { MemoryFailure, memorySession } from '../../../support/memory-ports.ts';

const table = (values: number[]): Table => ({
  path: 't.csv',
  rows: values.length,
  columns: new Map([['a', { type: 'number', values: Float64Array.from(values), missing: 0 }]]),
});
const count = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

interface Wish {
  batch?: number;
  type?: string;
  answer?: (values: number[], batch: number) => number[];
}

/** A model of one column whose answers are a function of it; with a fixed batch it refuses any other. */
function model({
  batch,
  type = 'float32',
  answer = (values) => values.map((value) => value * 10),
}: Wish = {}) {
  const signature = {
    inputs: [{ name: 'x', type, shape: [batch, 1] }],
    outputs: [{ name: 'y', type: 'float32', shape: [batch, 1] }],
  };
  const session = memorySession({
    signature,
    answer: ({ x }: Tensors): Tensors => {
      const values = Array.from((x?.data ?? []) as ArrayLike<number | bigint>, Number);
      if (batch !== undefined && values.length !== batch) throw new MemoryFailure(`wants ${batch} rows`);
      const data = Float32Array.from(answer(values, values.length));
      return { y: { type: 'float32', dims: [data.length, 1], data } };
    },
  });
  const plan = planInputs(signature, ['a']);
  if (!plan.known) throw new Error(plan.why);
  const askable: Askable = {
    session,
    inputs: plan.value,
    outputs: { numbers: 'y', label: undefined, width: 1 },
  };
  return { askable, session };
}

describe('all rows of a table', () => {
  it.each([
    [undefined, 5, 1],
    [undefined, 9000, 3],
    [4, 4, 1],
    [4, 5, 2],
    [4, 3, 1],
    [1, 3, 3],
    [undefined, 0, 0],
  ])('with a batch of %s, %d rows take %d calls and keep their order', async (batch, rows, calls) => {
    const { askable, session } = model(batch === undefined ? {} : { batch });
    const answers = await measureAll(askable, table(count(0, rows)));
    expect(answers.known && Array.from(answers.value.numbers)).toEqual(count(0, rows).map((i) => i * 10));
    expect(session.calls).toHaveLength(calls);
  });

  it('are unknown where the model refuses, or an integer cannot be', async () => {
    const refusing = model({
      answer: () => {
        throw new MemoryFailure('no');
      },
    });
    expect(await measureAll(refusing.askable, table([1]))).toEqual({ known: false, why: 'no' });
    expect(await measureAll(model({ type: 'int64' }).askable, table([1, Number.NaN]))).toMatchObject({
      known: false,
      why: expect.stringMatching(/row 2/),
    });
    expect(
      await measureAll(model({ answer: (values) => values.slice(1) }).askable, table([1, 2])),
    ).toMatchObject({ known: false, why: expect.stringMatching(/expected \[2, K\]/) });
  });
});

describe('probes', () => {
  const probe = (wish: Wish, rows = 50) => probeModel(model(wish).askable, table(count(0, rows)));

  it('of a sound model find nothing', async () => {
    const seen = await probe({});
    expect(seen.batches.map(({ rows, result }) => [rows, result.known && result.value])).toEqual(
      [0, 1, 50].map((rows) => [rows, { kind: 'answered', rows, nonFinite: 0 }]),
    );
    expect(seen.twice).toMatchObject({ value: { rows: 50, differing: 0, largest: 0 } });
    expect(seen.alone).toMatchObject({ value: { rows: 20, differing: 0 } });
    expect(seen.extreme).toMatchObject({ value: { nonFinite: [], refused: [] } });
    expect(seen.missing).toMatchObject({ value: { nonFinite: ['a'] } });
  });

  it('of a model with a fixed batch try that batch, and can be repeated', async () => {
    const seen = await probe({ batch: 8 });
    expect(seen.batches).toMatchObject([{ rows: 8, result: { value: { kind: 'answered', rows: 8 } } }]);
    expect([seen.twice, seen.alone]).toMatchObject([
      { value: { differing: 0 } },
      { value: { differing: 0 } },
    ]);
  });

  it('see an answer to an empty batch', async () => {
    const seen = await probe({ answer: (values) => (values.length === 0 ? [1] : values) });
    expect(seen.batches[0]).toMatchObject({ rows: 0, result: { value: { kind: 'answered', rows: 1 } } });
  });

  it('see refused batches', async () => {
    const seen = await probe({
      answer: (values) => {
        if (values.length > 1) throw new MemoryFailure('one at a time');
        return values;
      },
    });
    expect(seen.batches[2]).toMatchObject({
      rows: 50,
      result: { value: { kind: 'refused', message: 'one at a time' } },
    });
  });

  it('see answers that change, and that depend on the batch', async () => {
    let calls = 0;
    const seen = await probe({
      answer: (values) => {
        calls += 1;
        return values.map((value) => value + calls);
      },
    });
    expect(seen.twice).toMatchObject({ value: { differing: 50 } });
    const mates = await probe({ answer: (values, batch) => values.map((value) => value + batch) });
    expect([mates.twice, mates.alone]).toMatchObject([
      { value: { differing: 0 } },
      { value: { differing: 20 } },
    ]);
  });

  it('tell a refusal of a missing value from the end of the model', async () => {
    const refuses = (dies: boolean) => {
      let dead = false;
      return (values: number[]) => {
        dead ||= dies && values.some(Number.isNaN);
        if (dead || values.some(Number.isNaN)) throw new MemoryFailure('no');
        return values;
      };
    };
    expect((await probe({ answer: refuses(false) })).missing).toMatchObject({ value: { refused: ['a'] } });
    expect((await probe({ answer: refuses(true) })).missing).toMatchObject({
      known: false,
      why: expect.stringMatching(/no longer answers/),
    });
  });
});

describe('timing', () => {
  it('times a thousand calls of each, and the rows a second', async () => {
    const times = await timeModels([model().askable, model({ batch: 8 }).askable], table(count(0, 7)));
    for (const each of times) {
      expect(each.latencyMs.known && each.latencyMs.value).toHaveLength(1000);
      expect(each.rowsPerSecond).toMatchObject({ known: true });
    }
  });

  it('of one model that refuses leaves the other', async () => {
    const refusing = model({
      answer: () => {
        throw new MemoryFailure('no');
      },
    }).askable;
    const integer = model({ type: 'int64' }).askable;
    const times = await timeModels([refusing, integer, model().askable], table([1, Number.NaN]));
    expect(times.map((each) => each.latencyMs.known)).toEqual([false, false, true]);
  });

  it('that came back short is no timing', async () => {
    const { askable } = model();
    const short: Askable = {
      ...askable,
      session: { ...askable.session, time: async () => new Float64Array(3) },
    };
    expect((await timeModels([short], table([1])))[0]?.latencyMs).toMatchObject({
      known: false,
      why: expect.stringMatching(/only 3 of 50/),
    });
  });
});
