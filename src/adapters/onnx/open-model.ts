import type { ModelSession, RunLimits } from '../../core/ports.ts';
import { bypassZipMap } from './bypass-zip-map.ts';
import { inMebibytes } from './failure-sentences.ts';
import { inspectBytes } from './inspect-bytes.ts';
import { ModelFailure } from './model-failure.ts';
import { ModelProcess } from './model-process.ts';
import { loadSession } from './model-session.ts';
import { OPENING_LIMITS } from './opening-limits.ts';
import { spawnChild } from './spawn-child.ts';

/** How models are run: the child's script, where ONNX Runtime is installed, threads within one operator. */
export interface RunOptions {
  childScript: string;
  runtimeFolder?: string;
  /** 1 by default: sums come out the same on every machine, and single rows are no faster with more. */
  threads?: number;
}

/**
 * Starts a child process and loads the model there, from the bytes of its file, so that nothing beside the file is
 * ever opened. Rejects with `ModelFailure`, after which neither process nor folder is left.
 */
export async function openModel(
  file: Uint8Array,
  limits: RunLimits,
  options: RunOptions,
): Promise<ModelSession> {
  if (file.length > limits.memoryBytes) {
    throw new ModelFailure(
      'memory',
      `The model file has ${inMebibytes(file.length)}; the memory limit is ${inMebibytes(limits.memoryBytes)}.`,
    );
  }
  const { childScript, runtimeFolder, threads = 1 } = options;
  const child = new ModelProcess(
    spawnChild({ childScript, runtimeFolder, heapBytes: limits.memoryBytes }),
    limits,
  );
  try {
    const bytes = bypassZipMap(file);
    const { signature: declared } = inspectBytes(bytes, OPENING_LIMITS);
    return await loadSession(child, { bytes, declared, threads });
  } catch (error) {
    const failure =
      error instanceof ModelFailure ? error : new ModelFailure('crashed', 'The model was not loaded.');
    await child.end(failure);
    throw error;
  }
}
