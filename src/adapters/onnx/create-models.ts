import type { Models } from '../../core/ports.ts';
import { inspectFile } from './inspect-file.ts';
import { openModel } from './open-model.ts';
import type { RunOptions } from './open-model.ts';

/** ONNX models: read here under limits, run by ONNX Runtime in a child process each. */
export function createModels(options: RunOptions): Models {
  return {
    inspect: inspectFile,
    open: (path, limits) => openModel(path, limits, options),
  };
}
