import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Runtime from 'onnxruntime-node';
import { RUNTIME_VARIABLE } from './child-protocol.ts';
import { plainLine } from './quote-name.ts';

export type OnnxRuntime = typeof Runtime;

/**
 * ONNX Runtime from the first folder that has it: KNOWN_GOOD_RUNTIME, `runtime` beside the bundle, the bundle's own.
 * Throws the reason of the first folder in which it is there but does not start, else of the last one.
 */
export function loadRuntime(): OnnxRuntime {
  const beside = fileURLToPath(new URL('.', import.meta.url));
  const folders = [process.env[RUNTIME_VARIABLE], join(beside, 'runtime'), beside];
  let reason: unknown;
  for (const folder of folders) {
    if (folder === undefined) continue;
    try {
      const runtime = createRequire(join(folder, 'package.json'))('onnxruntime-node') as OnnxRuntime;
      runtime.env.logLevel = 'fatal';
      return runtime;
    } catch (error) {
      reason = isAbsent(error) ? (reason ?? error) : error;
    }
  }
  throw reason;
}

/** One sentence on why ONNX Runtime could not be loaded here. */
export function describeMissingRuntime(reason: unknown): string {
  const platform = `${process.platform}-${process.arch}`;
  const text = reason instanceof Error ? reason.message : String(reason);
  return isAbsent(reason) && !text.includes('.node')
    ? `ONNX Runtime is not installed. Run npm ci where Known Good is installed, or set ${RUNTIME_VARIABLE} to a folder that has onnxruntime-node.`
    : `ONNX Runtime does not start on ${platform}: ${JSON.stringify(plainLine(text))}. It has binaries for linux-x64, linux-arm64, darwin-arm64, win32-x64 and win32-arm64.`;
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
}
