import { describe, expect, it } from 'vitest';
import { modelDigestOf, openSide } from '../../../../src/app/gate/load-side.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { DEFAULT_SETTINGS } from '../../../../src/gate/settings.ts';
import { memoryFiles, memoryModels } from '../../../support/memory-ports.ts';

const MODEL = { signature: { inputs: [], outputs: [] }, answer: () => ({}) };

function open(bytesRun: string) {
  const files = memoryFiles({ 'm/model.onnx': 'the listed bytes', 'm/metrics.json': '{}' });
  const models = memoryModels({ 'm/model.onnx': { ...MODEL, bytes: bytesRun } });
  return openSide({ path: 'm' }, { files, models }, DEFAULT_SETTINGS);
}

describe('the bytes of a model', () => {
  it('that were listed are those that run', async () => {
    const side = await open('the listed bytes');
    expect([side.session.known, modelDigestOf(side)]).toEqual([true, digestOf('the listed bytes')]);
  });

  it('that changed after they were listed are refused before anything runs', async () => {
    await expect(open('other bytes')).rejects.toThrow(
      '"m/model.onnx" changed while it was being gated. Run the gate again when nothing writes to it.',
    );
  });
});
