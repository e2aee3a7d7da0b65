import type { ModelSession, Models, RunLimits } from '../../src/core/ports.ts';
import { TEST_LIMITS } from './onnx-fixtures.ts';

/** Reads a model file and opens what was read. */
export async function openModelFile(models: Models, path: string, limits: RunLimits): Promise<ModelSession> {
  return (await models.read(path, TEST_LIMITS)).open(limits);
}
