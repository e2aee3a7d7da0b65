import { describe, expect, it } from 'vitest';
import type { GateRequest } from '../../../../src/app/gate/gate-request.ts';
import { loadGate } from '../../../../src/app/gate/load-facts.ts';
import type { Tensors } from '../../../../src/core/model.ts';
import { checkGolden } from '../../../../src/gate/checks/golden.ts';
import { checkLabelOutput } from '../../../../src/gate/checks/label-output.ts';
import { checkSignature } from '../../../../src/gate/checks/signature.ts';
import { DEFAULT_SETTINGS } from '../../../../src/gate/settings.ts';
import type { MemoryModel } from '../../../support/memory-ports.ts';
import { memoryFiles, memoryModels, memoryTables } from '../../../support/memory-ports.ts';

const ROWS = Array.from({ length: 60 }, (_, i) => ({
  id: `r${i}`,
  a: i / 60,
  b: (i * 7) % 5,
  y: i % 3 === 0 ? 'bad' : 'good',
}));
const TABLE = `id,a,b,y\n${ROWS.map(({ id, a, b, y }) => `${id},${a},${b},${y}`).join('\n')}\n`;

/** Two columns, the classes in the order bad, good; P(bad) is the first feature. */
function model(more: Partial<MemoryModel> = {}): MemoryModel {
  return {
    signature: {
      inputs: [{ name: 'x', type: 'float32', shape: [undefined, 2] }],
      outputs: [
        { name: 'label', type: 'string', shape: [undefined] },
        { name: 'p', type: 'float32', shape: [undefined, 2] },
      ],
    },
    answer: ({ x }: Tensors): Tensors => {
      const rows = x?.dims[0] ?? 0;
      const bad = Array.from({ length: rows }, (_, i) => Number(x?.data[2 * i]));
      return {
        label: { type: 'string', dims: [rows], data: bad.map((p) => (p > 0.5 ? 'bad' : 'good')) },
        p: { type: 'float32', dims: [rows, 2], data: Float32Array.from(bad.flatMap((p) => [p, 1 - p])) },
      };
    },
    metadata: { feature_names: '["a","b"]' },
    ...more,
  };
}

interface Wish {
  ours?: MemoryModel;
  theirs?: MemoryModel;
  request?: Partial<GateRequest>;
  texts?: Record<string, string>;
}

async function load({ ours = model(), theirs, request = {}, texts = {} }: Wish = {}) {
  const all = { 't.csv': TABLE, 'ours/model.onnx': 'ours', 'theirs/model.onnx': 'theirs', ...texts };
  const models = memoryModels({
    'ours/model.onnx': ours,
    ...(theirs === undefined ? {} : { 'theirs/model.onnx': theirs }),
  });
  const ports = { files: memoryFiles(all), tables: memoryTables(all), models, progress: () => undefined };
  const base: GateRequest = {
    model: 'm',
    challenger: { path: 'ours' },
    ...(theirs === undefined ? {} : { champion: { path: 'theirs' } }),
    inputs: {},
    outputs: {},
    data: [{ role: 'test', path: 't.csv', label: 'y', id: 'id' }],
    slices: [],
    settings: DEFAULT_SETTINGS,
    defaultGates: true,
  };
  const loaded = await loadGate({ ...base, ...request }, ports);
  const data = loaded.facts.data[0]!;
  return {
    ...loaded,
    data,
    scores: scoresOf(data.challenger),
    theirScores: data.champion && scoresOf(data.champion),
  };
}

function scoresOf(fact: Awaited<ReturnType<typeof loadGate>>['facts']['data'][number]['challenger']) {
  if (!fact.known) return fact.why;
  const { sample } = fact.value;
  return sample.task === 'binary-classification' ? Array.from(sample.scores) : sample.task;
}
const near = (values: number[]) => values.map((value) => expect.closeTo(value, 5));
const bad = near(ROWS.map(({ a }) => a));
const good = near(ROWS.map(({ a }) => 1 - a));

describe('the column of the positive class', () => {
  it('follows the classes in their natural order, whichever of them is positive', async () => {
    expect((await load({ request: { outputs: { positive: 'bad' } } })).scores).toEqual(bad);
    expect((await load({ request: { outputs: { positive: 'good' } } })).scores).toEqual(good);
  });

  it('is printed where it is not the usual one, and held against the label output', async () => {
    const { assumptions, facts } = await load({ request: { outputs: { positive: 'bad' } } });
    expect(assumptions.join('; ')).toMatch(/column 0 = "bad", column 1 = "good" \(the label output agrees/);
    expect(checkLabelOutput(facts, DEFAULT_SETTINGS)).toMatchObject([{ outcome: 'pass' }]);
    const turned = await load({ request: { outputs: { positive: 'bad', classes: ['good', 'bad'] } } });
    expect(turned.scores).toEqual(good);
    expect(checkLabelOutput(turned.facts, DEFAULT_SETTINGS)).toMatchObject([{ outcome: 'fail' }]);
  });

  it('of a champion whose classes stand otherwise is not read', async () => {
    const ours = model({ classes: ['bad', 'good'] });
    const same = await load({ ours, theirs: ours });
    expect(same.theirScores).toEqual(same.scores);
    expect((await load({ ours, theirs: model({ classes: ['good', 'bad'] }) })).theirScores).toMatch(
      /columns mean something else/,
    );
  });
});

describe('the contract', () => {
  it('is the config’s, then the champion’s, then the model’s, then the table’s', async () => {
    const theirs = model({ metadata: { feature_names: '["b","a"]' } });
    const source = async (wish: Wish) => {
      const { contract } = (await load(wish)).facts;
      return contract.known && [contract.value.source, contract.value.features.join()];
    };
    expect(await source({ theirs, request: { features: ['a', 'b'] } })).toEqual(['config', 'a,b']);
    expect(await source({ theirs })).toEqual(['champion', 'b,a']);
    expect(await source({})).toEqual(['model', 'a,b']);
    expect(await source({ ours: model({ metadata: {} }) })).toEqual(['table', 'a,b']);
  });

  it('that says text where the model takes numbers fails by name', async () => {
    const { facts } = await load({ request: { features: ['a', 'b'], types: { b: 'string' } } });
    expect(checkSignature(facts, DEFAULT_SETTINGS)).toMatchObject([
      { outcome: 'fail', message: expect.stringMatching(/"b" is string/) },
    ]);
  });

  it('each model is asked with the features that it lists itself', async () => {
    const { scores, theirScores } = await load({
      theirs: model({ metadata: { feature_names: '["b","a"]' } }),
      request: { features: ['a', 'b'], outputs: { positive: 'bad' } },
    });
    expect(scores).toEqual(bad);
    expect(theirScores).toMatch(/Not a probability/);
  });

  it('a champion that takes as text what is now a number is measured all the same', async () => {
    const column = (name: string, type: string) => ({ name, type, shape: [undefined, 1] });
    const split = (type: string) => {
      const { signature, answer } = model();
      const inputs = [column('a', type), column('b', 'float32')];
      return model({
        signature: { ...signature, inputs },
        answer: ({ a }) => {
          const rows = a?.dims[0] ?? 0;
          const data = Float32Array.from({ length: rows * 2 }, (_, i) =>
            i % 2 === 0 ? Number(a?.data[i / 2]) : 0,
          );
          return answer({ x: { type: 'float32', dims: [rows, 2], data } });
        },
      });
    };
    const { scores, theirScores } = await load({
      ours: split('float32'),
      theirs: split('string'),
      request: { outputs: { positive: 'bad' } },
    });
    expect([scores, theirScores]).toEqual([bad, bad]);
  });

  it('an input of the config that the model does not have is a sentence', async () => {
    expect((await load({ request: { inputs: { z: ['a', 'b'] } } })).scores).toMatch(
      /input "z"; the model has "x"/,
    );
  });
});

describe('golden rows', () => {
  const golden = async (text: string | undefined, request: Partial<GateRequest> = {}) => {
    const texts: Record<string, string> = text === undefined ? {} : { 'ours/golden.jsonl': text };
    const { facts } = await load({ texts, request: { outputs: { positive: 'bad' }, ...request } });
    return checkGolden(facts, DEFAULT_SETTINGS)[0];
  };
  // The tables in memory know no JSON: the columns are what a reader of JSON lines makes of nested features.
  it.each([
    ['features.a,features.b,score\n0.25,1,0.25\n', 'pass'],
    ['features.a,features.b,score\n0.25,1,0.75\n', 'fail'],
    ['features.a,features.b,score\n0.25,1,\n', 'fail'],
    ['features.a,features.b,other\n0.25,1,0.25\n', 'error'],
    ['features.a,score\n0.25,0.25\n', 'error'],
  ])('%j: %s', async (text, outcome) => expect(await golden(text)).toMatchObject({ outcome, role: 'gate' }));

  it('are not called absent where they could not be tried', async () => {
    const text = 'features.a,features.b,score\n0.25,1,0.25\n';
    expect(await golden(text, { outputs: { positive: 'nobody' } })).toMatchObject({ outcome: 'error' });
    expect(await golden(text, { features: ['a', 'c'] })).toMatchObject({ outcome: 'error' });
    expect(await golden(undefined)).toMatchObject({ outcome: 'hold', role: 'inform', reason: 'missing' });
  });
});

describe('drift from training', () => {
  const drift = async (train: string | undefined) => {
    const { data } = await load({
      texts: train === undefined ? {} : { 'train.csv': train },
      request: train === undefined ? {} : { train: { path: 'train.csv' } },
    });
    return data.trainingDrift;
  };
  it('is measured on the features that both tables have', async () => {
    expect(await drift('a,y\n1,good\n')).toMatchObject({
      known: true,
      value: [{ name: 'a', result: { n: 1 } }],
    });
  });
  it('is not known where they have none, and absent without a training table', async () => {
    expect(await drift('other,y\n1,good\n')).toMatchObject({ known: false });
    expect(await drift(undefined)).toBeUndefined();
  });
});

describe('rows shared with training', () => {
  const shared = async (train: string, more: Partial<GateRequest> = {}, id?: string) => {
    const { data } = await load({
      texts: { 'train.csv': train },
      request: { train: { path: 'train.csv', ...(id === undefined ? {} : { id }) }, ...more },
    });
    return data.sharedWithTraining;
  };
  it.each<[string, string, string | undefined, object]>([
    [
      'by all features',
      `a,b,y\n${ROWS[3]?.a},${ROWS[3]?.b},good\n9,9,bad\n`,
      undefined,
      { known: true, value: { rows: 1, by: 'all 2 features' } },
    ],
    ['by id', 'key\nr1\nr2\nr900\n', 'key', { known: true, value: { rows: 2, by: 'id' } }],
    ['without a feature', 'a,y\n1,good\n', undefined, { known: false }],
  ])('%s', async (_, ...[train, id, expected]) =>
    expect(await shared(train, {}, id)).toMatchObject(expected),
  );

  it('by features leave slice columns alone', async () => {
    const train = `a,b\n${ROWS[3]?.a},${ROWS[3]?.b}\n`;
    expect(await shared(train, { slices: [{ column: 'y' }] })).toMatchObject({ value: { rows: 1 } });
  });

  it('are unknown where no model tells its features', async () => {
    expect(await shared('a,b\n1,2\n', { features: ['a'] })).toMatchObject({ known: false });
  });
});

describe('the frozen table', () => {
  it('is measured too, and need not have the slices of the test table', async () => {
    const data: GateRequest['data'] = [
      { role: 'test', path: 't.csv', label: 'y' },
      { role: 'frozen', path: 'f.csv', label: 'y' },
    ];
    const texts = { 'f.csv': TABLE.replaceAll('id', 'key'), 't.csv': TABLE.replace('id', 'g') };
    const { facts } = await load({ texts, request: { data, slices: [{ column: 'g' }] } });
    expect(facts.data.map((each) => [each.role, each.slicesMissing, each.challenger.known])).toEqual([
      ['test', undefined, true],
      ['frozen', undefined, true],
    ]);
  });
});

describe('rows that repeat others', () => {
  const again = `${TABLE}${TABLE.split('\n').slice(1, 31).join('\n').replaceAll('r', 's')}\n`;
  it('are found whatever their ids are, unless the id is a feature', async () => {
    const wish = { texts: { 't.csv': again } };
    expect((await load(wish)).data.repeatedRows).toEqual({ rows: 30, first: { row: 61, of: 1 } });
    const request: Partial<GateRequest> = { data: [{ role: 'test', path: 't.csv', label: 'y', id: 'a' }] };
    expect((await load({ ...wish, request })).data.repeatedRows?.rows).toBe(30);
    expect((await load()).data.repeatedRows).toEqual({ rows: 0 });
    const near = TABLE.replaceAll(
      /^(r\d+),([\d.]+)/gm,
      (_, id: string, a: string) => `${id}b,${Number(a) * (1 + 1e-12)}`,
    );
    const texts = { 't.csv': TABLE + near.slice(near.indexOf('\n') + 1) };
    // What float32 does not tell apart is the same row, whatever column beside the features does.
    expect((await load({ texts, request: { slices: [{ column: 'id' }] } })).data.repeatedRows?.rows).toBe(60);
  });
});
