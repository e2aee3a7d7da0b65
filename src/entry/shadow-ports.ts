import { createDuckDb } from '../adapters/duckdb/create-duck-db.ts';
import { describeProducer } from '../adapters/runner/github-runner.ts';
import { nodeMachine, systemClock } from '../adapters/runner/node-machine.ts';
import type { ShadowPorts } from '../app/shadow/shadow-ports.ts';
import { ONNX_RUNTIME, TOOL } from './version.ts';

const MIB = 2 ** 20;

/**
 * What the engine may use. More than this makes ten million rows no faster: the largest thing that it holds at once is a table of their ids, and
 * what does not fit spills. With it a log of so many rows takes less than a gigabyte in all, most of it scores that are compared here.
 */
const LIMITS = { memoryBytes: 256 * MIB, threads: 2, fileBytes: 64 * 1024 * MIB, lineBytes: 4 * MIB };

/** The real world for a run of the shadow. */
export function shadowPorts(
  env: Readonly<Record<string, string | undefined>>,
  progress: (step: string) => void,
): ShadowPorts {
  const machine = nodeMachine(ONNX_RUNTIME);
  const { cores } = machine.describe();
  return {
    engine: createDuckDb(),
    limits: { ...LIMITS, threads: Math.max(1, Math.min(cores, 8)) },
    clock: systemClock,
    machine,
    producer: describeProducer(env, TOOL),
    progress,
  };
}
