import { fileURLToPath } from 'node:url';
import type { RunPorts } from '../app/gate/run-gate.ts';
import { nodeFiles } from '../adapters/files/node-files.ts';
import { createModels } from '../adapters/onnx/create-models.ts';
import { describeProducer } from '../adapters/runner/github-runner.ts';
import { nodeMachine, systemClock } from '../adapters/runner/node-machine.ts';
import { createTables } from '../adapters/tables/create-tables.ts';
import { ONNX_RUNTIME, TOOL } from './version.ts';

/** The real world for a run of the gate. The child script lies beside the bundle. */
export function gatePorts(
  env: Readonly<Record<string, string | undefined>>,
  progress: (step: string) => void,
): RunPorts {
  return {
    files: nodeFiles,
    tables: createTables(),
    models: createModels({ childScript: fileURLToPath(new URL('./model-child.js', import.meta.url)) }),
    clock: systemClock,
    machine: nodeMachine(ONNX_RUNTIME),
    producer: describeProducer(env, TOOL),
    progress,
  };
}
