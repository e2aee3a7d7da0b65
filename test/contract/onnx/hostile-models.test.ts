import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModels } from '../../../src/adapters/onnx/create-models.ts';
import type { Tensor, Tensors } from '../../../src/core/model.ts';
import type { ModelSession, RunLimits } from '../../../src/core/ports.ts';
import { bundleChild } from '../../support/bundle-child.ts';
import type { BundledChild } from '../../support/bundle-child.ts';
import { modelPath } from '../../support/onnx-fixtures.ts';
import { openModelFile } from '../../support/open-model-file.ts';

const LIMITS: RunLimits = { timeoutMs: 20_000, memoryBytes: 400 * 2 ** 20 };
let child: BundledChild;

beforeAll(async () => {
  child = await bundleChild();
});
afterAll(() => child.remove());

function open(name: string, limits: Partial<RunLimits> = {}): Promise<ModelSession> {
  const models = createModels({ childScript: child.childScript });
  return openModelFile(models, modelPath(name), { ...LIMITS, ...limits });
}

function rows(count: number, value = 0.25): Tensors {
  const x: Tensor = { type: 'float32', dims: [count, 3], data: new Float32Array(count * 3).fill(value) };
  return { x };
}

async function withModel<T>(
  name: string,
  use: (session: ModelSession) => Promise<T>,
  limits?: Partial<RunLimits>,
): Promise<T> {
  const session = await open(name, limits);
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

describe('hostile models end within the limits', () => {
  it('an endless loop ends at the time limit, and the session with it', async () => {
    const session = await open('onnx/endless-loop', { timeoutMs: 3_000 });
    const failure = { name: 'ModelFailure', kind: 'timeout', message: expect.stringContaining('within 3 s') };
    await expect(session.run(rows(1))).rejects.toMatchObject(failure);
    await expect(session.run(rows(1))).rejects.toMatchObject(failure);
    await session.close();
  });

  it.runIf(process.platform === 'linux')('growing memory ends at the memory limit', async () => {
    const run = withModel('onnx/growing-memory', (session) => session.run(rows(1)));
    await expect(run).rejects.toMatchObject({
      kind: 'memory',
      message: expect.stringContaining('the limit is 400 MiB'),
    });
  });

  it('an allocation of terabytes is refused, and the session lives on', async () => {
    await withModel('onnx/huge-allocation', async (session) => {
      await expect(session.run(rows(1, 1))).rejects.toMatchObject({
        kind: 'rejected',
        message: expect.stringMatching(/^The model asked for \d+ MiB of memory at once/),
      });
      expect((await session.run(rows(1, 0)))['y']?.dims).toEqual([1, 3]);
    });
  });

  it.each([
    ['onnx/cyclic', /acyclic/],
    ['onnx/external-data', /External data/],
    ['onnx/unknown-domain', /Exfiltrate/],
    ['onnx/float16-output', /"half" is float16/],
    ['onnx/no-graph', /graph/],
  ])('%s is refused when it is opened', async (name, message) => {
    await expect(open(name)).rejects.toMatchObject({
      name: 'ModelFailure',
      kind: 'rejected',
      message: expect.stringMatching(message),
    });
  });

  it('a file larger than the memory limit is not read', async () => {
    await expect(open('bike/challenger', { memoryBytes: 300_000 })).rejects.toMatchObject({ kind: 'memory' });
  });

  it('nothing is left behind', () => {
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith(`known-good-${process.pid}-`));
    expect(left).toEqual([]);
    if (process.platform !== 'linux') return;
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
      .trim()
      .split(' ');
    const scripts = children.filter(Boolean).map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    expect(scripts.filter((script) => script.includes(child.childScript))).toEqual([]);
  });
});

describe('models that run and misbehave are shown as they are', () => {
  it('a label that disagrees with its probabilities', async () => {
    const outputs = await withModel('onnx/wrong-label', (session) => session.run(rows(1, 0.25)));
    expect(outputs['label']?.data).toEqual(BigInt64Array.of(1n));
    expect(outputs['probabilities']?.data).toEqual(Float32Array.of(0.6, 0.4));
  });

  it('NaN', async () => {
    const outputs = await withModel('onnx/nan-outputs', (session) => session.run(rows(1, -1)));
    expect(outputs['y']?.data).toEqual(new Float32Array(3).fill(Number.NaN));
  });

  it('answers that differ from run to run', async () => {
    const [first, second] = await withModel('onnx/random-outputs', async (session) => [
      await session.run(rows(2)),
      await session.run(rows(2)),
    ]);
    expect(first?.['y']?.data).not.toEqual(second?.['y']?.data);
  });

  it('answers that depend on the rest of the batch', async () => {
    const batch: Tensors = { x: { type: 'float32', dims: [2, 3], data: Float32Array.of(0, 0, 0, 2, 2, 2) } };
    const outputs = await withModel('onnx/batch-mates', (session) => session.run(batch));
    expect(outputs['y']?.data).toEqual(Float32Array.of(-1, -1, -1, 1, 1, 1));
  });

  it.each([
    ['onnx/no-single-row', 1, 2],
    ['onnx/no-empty-batch', 0, 1],
  ])('%s refuses %d rows and answers %d', async (name, refused, answered) => {
    await withModel(name, async (session) => {
      await expect(session.run(rows(refused))).rejects.toMatchObject({ kind: 'rejected' });
      expect((await session.run(rows(answered)))['y']?.dims).toEqual([answered, 3]);
    });
  });

  it.each([
    ['of another name', { z: rows(1)['x']! }],
    ['of another width', { x: { type: 'float32', dims: [1, 2], data: new Float32Array(2) } as Tensor }],
    ['of another type', { x: { type: 'int64', dims: [1, 3], data: new BigInt64Array(3) } as Tensor }],
    [
      'whose shape is not its size',
      { x: { type: 'float32', dims: [2, 3], data: new Float32Array(3) } as Tensor },
    ],
  ])('an input %s is refused', async (_, inputs) => {
    await withModel('onnx/nan-outputs', async (session) => {
      await expect(session.run(inputs)).rejects.toMatchObject({ kind: 'rejected' });
    });
  });
});
