import { describe, expect, it } from 'vitest';
import type { GateRequest } from '../../../../src/app/gate/gate-request.ts';
import { loadGate } from '../../../../src/app/gate/load-facts.ts';
import type { Tensors } from '../../../../src/core/model.ts';
import { evaluateGate } from '../../../../src/gate/evaluate-gate.ts';
import { DEFAULT_SETTINGS } from '../../../../src/gate/settings.ts';
import type { MemoryModel } from '../../../support/memory-ports.ts';
import { memoryFiles, memoryModels, memoryTables } from '../../../support/memory-ports.ts';

const BAD = Array.from({ length: 60 }, (_, i) => i % 3 === 0);
const tableOf = (bad: string, good: string) =>
  `a,y\n${BAD.map((isBad, i) => `${(isBad ? 0.6 : 0.2) + i / 300},${isBad ? bad : good}`).join('\n')}\n`;

interface Wish {
  labels?: readonly [bad: string, good: string];
  /** What the label output says of a row that is bad, or good; none by default. */
  says?: readonly [bad: string, good: string];
  width?: 1 | 2;
  classes?: readonly string[];
  theirs?: Wish;
  request?: Partial<GateRequest>;
}

/** A model that gives P(bad), P(good), or P(good) alone. */
function model({ says, width = 2, classes }: Wish): MemoryModel {
  const p = { name: 'p', type: 'float32', shape: [undefined, width] };
  return {
    signature: {
      inputs: [{ name: 'x', type: 'float32', shape: [undefined, 1] }],
      outputs: says === undefined ? [p] : [p, { name: 'label', type: 'string', shape: [undefined] }],
    },
    answer: ({ x }: Tensors): Tensors => {
      const bad = Array.from(x?.data ?? [], Number);
      const rows = bad.length;
      const data = Float32Array.from(bad.flatMap((each) => (width === 2 ? [each, 1 - each] : [1 - each])));
      const label = bad.map((each) => says?.[each > 0.5 ? 0 : 1] ?? '');
      const label0 = { type: 'string', dims: [rows], data: label } as const;
      return { p: { type: 'float32', dims: [rows, width], data }, ...(says && { label: label0 }) };
    },
    metadata: { feature_names: '["a","none"]'.replace(',"none"', '') },
    ...(classes === undefined ? {} : { classes }),
  };
}

async function gate(wish: Wish) {
  const { labels = ['bad', 'good'], theirs, request } = wish;
  const texts = { 't.csv': tableOf(...labels), 'm.onnx': 'm', 'c.onnx': 'c' };
  const models = memoryModels({ 'm.onnx': model(wish), ...(theirs && { 'c.onnx': model(theirs) }) });
  const loaded = await loadGate(
    {
      model: 'm',
      challenger: { path: 'm.onnx' },
      ...(theirs && { champion: { path: 'c.onnx' } }),
      inputs: {},
      outputs: {},
      data: [{ role: 'test', path: 't.csv', label: 'y' }],
      slices: [],
      settings: DEFAULT_SETTINGS,
      defaultGates: true,
      ...request,
    },
    { files: memoryFiles(texts), tables: memoryTables(texts), models, progress: () => undefined },
  );
  const checks = evaluateGate(loaded.facts, loaded.settings);
  const data = loaded.facts.data[0]!;
  return {
    held: checks.find((check) => check.id === 'label-output.classes'),
    label: checks.find((check) => check.id === 'label-output'),
    assumptions: loaded.assumptions.join('\n'),
    why: data.challenger.known ? undefined : data.challenger.why,
    theirWhy: data.champion === undefined || data.champion.known ? undefined : data.champion.why,
  };
}

const MAP = 'column 0 = "bad", column 1 = "good"';

describe('which class a column is', () => {
  it('holds where nobody says it, and shows what was assumed and what settles it', async () => {
    const { held, assumptions } = await gate({});
    expect(held).toMatchObject({ role: 'gate', outcome: 'hold', reason: 'classes-assumed' });
    expect(held?.message).toBe(`Nobody says which class each column of the challenger is. Assumed: ${MAP}.`);
    expect(held?.settle).toBe(
      'If that is right, say so: --classes "bad,good", or outputs: { classes: ["bad","good"] } in the config. Else give them in the order of the model\'s columns.',
    );
    expect(assumptions).toContain(`${MAP} (assumed: the labels in their natural order)`);
  });

  it.each<[string, Wish, string]>([
    ['the config', { request: { outputs: { classes: ['bad', 'good'] } } }, `${MAP} (as configured)`],
    ['the file', { classes: ['bad', 'good'] }, `${MAP} (from the ONNX file)`],
    ['the label output', { says: ['bad', 'good'] }, `${MAP} (the label output agrees on every row)`],
    ['labels of 0 and 1', { labels: ['0', '1'] }, 'column 0 = "0", column 1 = "1" (the labels are 0 to 1)'],
    [
      'a second class that is positive',
      { request: { outputs: { positive: 'good' } } },
      `${MAP} (as the positive`,
    ],
    [
      'one number, with the positive class',
      { width: 1, request: { outputs: { positive: 'good' } } },
      '"good" (as configured)',
    ],
    ['one number, for yes and no', { width: 1, labels: ['no', 'yes'] }, 'the probability of "yes"'],
    ['one number, for 0 and 1', { width: 1, labels: ['0', '1'] }, 'the probability of "1"'],
  ])('is known by %s', async (_, wish, said) => {
    const { held, assumptions, why } = await gate(wish);
    expect([why, held]).toEqual([undefined, undefined]);
    expect(assumptions).toContain(said);
  });

  it.each<[string, Wish]>([
    [
      'the first class is named positive: two conventions differ',
      { request: { outputs: { positive: 'bad' } } },
    ],
    ['one number, and texts that nobody knows', { width: 1 }],
    ['labels of 1 and 2', { labels: ['1', '2'] }],
    ['one number, and labels of 1 and 2', { width: 1, labels: ['1', '2'] }],
    ['yes and no in two columns', { labels: ['no', 'yes'] }],
    ['a champion alone that nobody explains', { classes: ['bad', 'good'], theirs: {} }],
  ])('holds where %s', async (_, wish) => {
    expect((await gate(wish)).held).toMatchObject({ role: 'gate', outcome: 'hold' });
  });

  it('asks for the positive class of a single number', async () => {
    const { held } = await gate({ width: 1 });
    expect(held?.message).toBe(
      'Nobody says what the number of the challenger is the probability of. Assumed: "good".',
    );
    expect(held?.settle).toBe(
      'Name the positive class: --positive "good" (or "bad"), or outputs: { positive: "good" } in the config.',
    );
  });

  it('is not taken from a label output of numbers for a table of texts', async () => {
    const { held, label } = await gate({ says: ['0', '1'] });
    expect(label).toBeUndefined();
    expect(held?.message).toBe(
      `The label output of the challenger says "0", "1", and the labels of the table are "bad", "good": nobody says which is which. Assumed: ${MAP}.`,
    );
    const said = await gate({ says: ['0', '1'], request: { outputs: { classes: ['bad', 'good'] } } });
    expect([said.held, said.label?.outcome]).toEqual([undefined, 'pass']);
    const turned = await gate({ says: ['0', '1'], request: { outputs: { classes: ['good', 'bad'] } } });
    expect([turned.held, turned.label?.outcome]).toEqual([undefined, 'pass']);
  });

  it('is an error where the file and the table call them otherwise', async () => {
    const { why } = await gate({ classes: ['0', '1'] });
    expect(why).toBe(
      'The model\'s classes are "0", "1", and the labels of the table are "bad", "good". Say which is which, in the order of the model\'s columns: --classes, or outputs: { classes: […] } in the config.',
    );
    const said = await gate({ classes: ['0', '1'], request: { outputs: { classes: ['bad', 'good'] } } });
    expect([said.why, said.held]).toEqual([undefined, undefined]);
  });

  it('is an error where the config and the file contradict each other, for either model', async () => {
    const outputs = { classes: ['good', 'bad'] };
    expect((await gate({ classes: ['bad', 'good'], request: { outputs } })).why).toMatch(
      /ONNX file .*"bad", "good".*says "good", "bad"/,
    );
    expect((await gate({ classes: ['bad', 'good'], theirs: { classes: ['good', 'bad'] } })).theirWhy).toMatch(
      /columns mean something else/,
    );
  });

  it('of a champion whose file says otherwise than the labels’ order is not assumed', async () => {
    expect((await gate({ theirs: { classes: ['good', 'bad'] } })).held).toMatchObject({ outcome: 'hold' });
  });
});

describe('labels that are booleans', () => {
  it.each<[string, string]>([
    ['False', 'True'],
    ['FALSE', 'TRUE'],
    ['false', 'true'],
  ])('%s and %s are 0 and 1', async (...labels) => {
    for (const classes of [undefined, ['0', '1'], ['False', 'True']]) {
      const { held, why, assumptions } = await gate({ labels, ...(classes && { classes }) });
      expect([held, why]).toEqual([undefined, undefined]);
      expect(assumptions).toContain(`labels "${labels[0]}", "${labels[1]}" read as 0 and 1`);
    }
  });

  it('are found under the name that the config gives the positive one', async () => {
    const { why } = await gate({ labels: ['False', 'True'], request: { outputs: { positive: 'true' } } });
    expect(why).toBeUndefined();
  });

  it('agree with a label output of either form', async () => {
    for (const says of [
      ['False', 'True'],
      ['0', '1'],
    ] as const)
      expect((await gate({ labels: ['False', 'True'], says })).label).toMatchObject({ outcome: 'pass' });
  });
});
