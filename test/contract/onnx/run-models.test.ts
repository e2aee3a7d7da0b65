import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModels } from '../../../src/adapters/onnx/create-models.ts';
import type { Tensor, Tensors } from '../../../src/core/model.ts';
import type { ModelSession, Models } from '../../../src/core/ports.ts';
import { bundleChild } from '../../support/bundle-child.ts';
import type { BundledChild } from '../../support/bundle-child.ts';
import { openModelFile } from '../../support/open-model-file.ts';
import { modelPath, readColumns, readExpected } from '../../support/onnx-fixtures.ts';

const LIMITS = { timeoutMs: 30_000, memoryBytes: 2 ** 30 };
let child: BundledChild;
let models: Models;

beforeAll(async () => {
  child = await bundleChild();
  models = createModels({ childScript: child.childScript });
});
afterAll(() => child.remove());

async function withModel<T>(name: string, use: (session: ModelSession) => Promise<T>): Promise<T> {
  const session = await openModelFile(models, modelPath(name), LIMITS);
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

function matrix(columns: ReadonlyMap<string, string[]>, names: readonly string[]): Tensor {
  const rows = [...columns.values()][0]?.length ?? 0;
  const data = new Float32Array(rows * names.length);
  for (const [j, name] of names.entries()) {
    const cells = columns.get(name) ?? [];
    for (let i = 0; i < rows; i++) data[i * names.length + j] = Number(cells[i]);
  }
  return { type: 'float32', dims: [rows, names.length], data };
}

/** The largest difference to scikit-learn's numbers; NaN differs without end. */
function largestDifference(tensor: Tensor | undefined, column: number, expected: readonly number[]): number {
  const stride = tensor?.dims[1] ?? 1;
  const differences = expected.map((each, i) => Math.abs(Number(tensor?.data[i * stride + column]) - each));
  return differences.some(Number.isNaN) ? Infinity : Math.max(...differences);
}

const bank = readColumns('bank/test_encoded.csv');
const bankNames = [...bank.keys()].filter((name) => !['row_id', 'label'].includes(name));
const bankExpected = readColumns('bank/test_predictions_sklearn.csv');
const bike = readColumns('bike/test.csv');
const bikeNames = [...bike.keys()].filter((name) => !['row_id', 'timestamp', 'cnt'].includes(name));
const bikeExpected = readColumns('bike/test_predictions_sklearn.csv');

describe('the real models answer as scikit-learn does', () => {
  it.each(['champion', 'challenger', 'regressed', 'leaky', 'equal'])('bank %s', async (name) => {
    const names = bankNames.filter((each) => name === 'leaky' || each !== 'duration');
    const outputs = await withModel(`bank/${name}`, (session) =>
      session.run({ features: matrix(bank, names) }),
    );
    const column = name === 'regressed' || name === 'leaky' || name === 'equal' ? `challenger_${name}` : name;
    const expected = (bankExpected.get(`bank_${column}`) ?? []).map(Number);
    expect(expected).toHaveLength(5_000);
    expect(outputs['label']).toMatchObject({ type: 'int64', dims: [5_000] });
    expect(largestDifference(outputs['probabilities'], 1, expected)).toBeLessThan(1e-5);
  });

  it('bank champion, one input a column', async () => {
    const raw = readColumns('bank/test.csv');
    const outputs = await withModel('bank/champion-columns', ({ run, signature }) => {
      const inputs: Record<string, Tensor> = {};
      for (const { name, type } of signature.inputs) {
        const cells = raw.get(name) ?? [];
        const dims = [cells.length, 1];
        inputs[name] = type === 'string' ? { type, dims, data: cells } : matrix(raw, [name]);
      }
      return run(inputs);
    });
    const expected = (bankExpected.get('bank_champion') ?? []).map(Number);
    expect(largestDifference(outputs['probabilities'], 1, expected)).toBeLessThan(1e-5);
  });

  it.each(['champion', 'challenger', 'regressed'])('bike %s', async (name) => {
    const outputs = await withModel(`bike/${name}`, (session) =>
      session.run({ features: matrix(bike, bikeNames) }),
    );
    const column = name === 'regressed' ? 'bike_challenger_regressed' : `bike_${name}`;
    const expected = (bikeExpected.get(column) ?? []).map(Number);
    expect(expected).toHaveLength(1_729);
    expect(largestDifference(outputs['prediction'], 0, expected)).toBeLessThan(1e-3);
  });
});

describe('the exports of scikit-learn', () => {
  it.each([
    ['iris-int-zipmap', 'output_label', 'output_probability'],
    ['iris-int-plain', 'label', 'probabilities'],
    ['iris-string-zipmap', 'output_label', 'output_probability'],
    ['iris-string-plain', 'label', 'probabilities'],
  ])('%s gives labels and an [N, K] tensor', async (name, label, probabilities) => {
    const expected = readExpected()[name.replace(/-(zipmap|plain)$/, '')];
    const rows = expected?.rows ?? [];
    const X: Tensor = { type: 'float32', dims: [rows.length, 4], data: Float32Array.from(rows.flat()) };
    const outputs = await withModel(`onnx/${name}`, (session) => session.run({ X }));
    expect(Array.from(outputs[label]?.data ?? [], String)).toEqual(expected?.labels);
    expect(outputs[probabilities]).toMatchObject({ type: 'float32', dims: [rows.length, 3] });
    const flat = (expected?.probabilities ?? []).flat();
    expect(largestDifference({ ...outputs[probabilities]!, dims: [flat.length] }, 0, flat)).toBeLessThan(
      1e-5,
    );
  });

  it.each([
    [
      'float64-inputs',
      (rows: number[][]): Tensors => ({
        x: { type: 'float64', dims: [5, 4], data: Float64Array.from(rows.flat()) },
      }),
    ],
    [
      'string-inputs',
      (rows: unknown[]): Tensors => ({ word: { type: 'string', dims: [4, 1], data: rows.map(String) } }),
    ],
  ])('%s', async (name, inputsOf) => {
    const expected = readExpected()[name]!;
    const outputs = await withModel(`onnx/${name}`, (session) => session.run(inputsOf(expected.rows)));
    const flat = expected.probabilities.flat();
    expect(largestDifference({ ...outputs['probabilities']!, dims: [flat.length] }, 0, flat)).toBeLessThan(
      1e-6,
    );
  });
});

describe('a session', () => {
  it('carries every element type there and back', async () => {
    const inputs: Tensors = {
      f: { type: 'float32', dims: [2], data: Float32Array.of(Number.NaN, -0) },
      d: { type: 'float64', dims: [2], data: Float64Array.of(Math.PI, Infinity) },
      i: { type: 'int32', dims: [2], data: Int32Array.of(-1, 2 ** 31 - 1) },
      l: { type: 'int64', dims: [2], data: BigInt64Array.of(2n ** 63n - 1n, -(2n ** 63n)) },
      b: { type: 'bool', dims: [2], data: Uint8Array.of(1, 0) },
      s: { type: 'string', dims: [2], data: ['', 'grün "🚲"'] },
    };
    const outputs = await withModel('onnx/every-type', (session) => session.run(inputs));
    const renamed = Object.entries(inputs).map(([name, tensor]) => [`${name}_out`, tensor]);
    expect({ ...outputs }).toEqual(Object.fromEntries(renamed));
  });

  it('tells the signature, times rows and knows its memory', async () => {
    await withModel('bank/champion', async (session) => {
      expect(session.signature).toEqual({
        inputs: [{ name: 'features', type: 'float32', shape: [undefined, 47] }],
        outputs: [
          { name: 'label', type: 'int64', shape: [undefined] },
          { name: 'probabilities', type: 'float32', shape: [undefined, 2] },
        ],
      });
      expect(session.loadMs).toBeGreaterThan(0);
      const row: Tensors = { features: { type: 'float32', dims: [1, 47], data: new Float32Array(47) } };
      const times = await session.time(Array.from({ length: 300 }, () => row));
      expect(times).toHaveLength(300);
      expect(Math.min(...times)).toBeGreaterThan(0);
      if (process.platform === 'linux') expect(await session.peakMemory()).toBeGreaterThan(20 * 2 ** 20);
    });
  });

  it('answers requests made at once in their order', async () => {
    const answers = await withModel('onnx/sigmoid-n', (session) =>
      Promise.all(
        [1, 2, 3].map((rows) =>
          session.run({ x: { type: 'float32', dims: [rows, 3], data: new Float32Array(rows * 3) } }),
        ),
      ),
    );
    expect(answers.map((each) => each['p']?.dims)).toEqual([[1], [2], [3]]);
  });
});
