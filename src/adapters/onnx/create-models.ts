import { digestOf } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { ModelFile, Models } from '../../core/ports.ts';
import type { StructureLimits } from '../../core/model.ts';
import { inspectFile } from './inspect-file.ts';
import { openModel } from './open-model.ts';
import type { RunOptions } from './open-model.ts';

/** ONNX models: read here under limits, run by ONNX Runtime in a child process each. */
export function createModels(options: RunOptions): Models {
  return { read: (path, limits) => readModel(path, limits, options) };
}

/** One reading of the file; its bytes are let go when they are opened. */
async function readModel(path: string, limits: StructureLimits, options: RunOptions): Promise<ModelFile> {
  const { bytes, structure } = await inspectFile(path, limits);
  let held = bytes;
  return {
    digest: bytes && digestOf(bytes),
    structure,
    open: async (runLimits) => {
      const own = held;
      held = undefined;
      if (own === undefined)
        throw new KnownGoodError('internal', `${JSON.stringify(path)} was not read, or is open already.`);
      return openModel(own, runLimits, options);
    },
  };
}
