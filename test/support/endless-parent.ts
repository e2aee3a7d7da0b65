import { readFile } from 'node:fs/promises';
import { ModelProcess } from '../../src/adapters/onnx/model-process.ts';
import { loadSession } from '../../src/adapters/onnx/model-session.ts';
import { spawnChild } from '../../src/adapters/onnx/spawn-child.ts';

/** Started by a test as a process of its own: runs a model that never answers, and prints who serves it. */
const [childScript = '', model = ''] = process.argv.slice(2);
const spawned = spawnChild({ childScript, runtimeFolder: undefined, heapBytes: 2 ** 28 });
const running = new ModelProcess(spawned, { timeoutMs: 120_000, memoryBytes: 2 ** 30 });
const declared = { inputs: [], outputs: [] };
const session = await loadSession(running, { bytes: await readFile(model), declared, threads: 1 });
const answer = session.run({ x: { type: 'float32', dims: [1, 3], data: new Float32Array(3) } });
process.stdout.write(`${JSON.stringify({ pid: spawned.process.pid, folder: spawned.folder })}\n`);
await answer;
