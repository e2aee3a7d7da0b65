import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModels } from '../../../src/adapters/onnx/create-models.ts';
import { digestOf } from '../../../src/core/digest.ts';
import { bundleChild } from '../../support/bundle-child.ts';
import type { BundledChild } from '../../support/bundle-child.ts';
import { TEST_LIMITS, modelBytes, modelPath } from '../../support/onnx-fixtures.ts';

const LIMITS = { timeoutMs: 30_000, memoryBytes: 2 ** 30 };
const folder = mkdtempSync(join(tmpdir(), 'known-good-test-'));
let child: BundledChild;
beforeAll(async () => {
  child = await bundleChild();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await child.remove();
});

describe('a model file that is replaced', () => {
  it('between reading and running has no effect: what was digested runs', async () => {
    const path = join(folder, 'model.onnx');
    copyFileSync(modelPath('bank/champion'), path);
    const models = createModels({ childScript: child.childScript });
    const file = await models.read(path, TEST_LIMITS);
    writeFileSync(path, modelBytes('bike/champion'));
    const session = await file.open(LIMITS);
    await session.close();
    expect(file.digest).toBe(digestOf(modelBytes('bank/champion')));
    expect(session.signature.inputs).toEqual(file.structure.signature.inputs);
    expect(session.signature.inputs[0]?.shape?.[1]).toBe(47);
  });

  it('cannot be opened twice from one reading, whose bytes are given away', async () => {
    const models = createModels({ childScript: child.childScript });
    const file = await models.read(modelPath('bank/champion'), TEST_LIMITS);
    await (await file.open(LIMITS)).close();
    await expect(file.open(LIMITS)).rejects.toMatchObject({ code: 'internal' });
  });
});
