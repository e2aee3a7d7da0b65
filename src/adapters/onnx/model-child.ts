import { rmdirSync } from 'node:fs';
import type { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import type { Tensor, Tensors } from '../../core/model.ts';
import { receiveFrame, sendFrame } from './blocking-channel.ts';
import type { Request } from './child-protocol.ts';
import type { Frame } from './frame.ts';
import { describeRefusal } from './describe-refusal.ts';
import { describeMissingRuntime, loadRuntime } from './load-runtime.ts';
import type { OnnxRuntime } from './load-runtime.ts';
import { TensorPacker, unpackTensors } from './pack-tensors.ts';
import { signatureOf } from './session-signature.ts';
import { watchParent } from './watch-parent.ts';

/** The child process: answers the parent's requests one by one, until the parent goes. Never returns before that. */
export async function serveModel(): Promise<void> {
  watchParent();
  const runtime = tryLoadRuntime();
  const served: Served = { runtime, session: undefined };
  for (let frame = receiveFrame(); frame !== undefined; frame = receiveFrame()) {
    try {
      await answer(frame, served);
    } catch (error) {
      sendFrame({ kind: 'failed', failure: 'rejected', message: describeRefusal(error) });
    }
  }
  removeOwnFolder();
  process.exit(0);
}

interface Served {
  runtime: { loaded: OnnxRuntime } | { missing: string };
  session: InferenceSession | undefined;
}

function tryLoadRuntime(): Served['runtime'] {
  try {
    return { loaded: loadRuntime() };
  } catch (error) {
    return { missing: describeMissingRuntime(error) };
  }
}

async function answer(frame: Frame, served: Served): Promise<void> {
  const { runtime } = served;
  if ('missing' in runtime)
    return sendFrame({ kind: 'failed', failure: 'no-runtime', message: runtime.missing });
  const request = frame.header as Request;
  if (request.kind === 'load') return load(frame.body, request.threads, served);
  if (served.session === undefined) throw new Error('No model is loaded.');
  const ready = { runtime: runtime.loaded, session: served.session };
  if (request.kind === 'time')
    return time(
      request.rows.map((row) => unpackTensors(row, frame.body)),
      ready,
    );
  const outputs = await run(unpackTensors(request.tensors, frame.body), ready);
  const packer = new TensorPacker();
  const tensors = packer.add(outputs);
  sendFrame({ kind: 'outputs', tensors }, packer.parts);
}

/** Milliseconds since a reading of `process.hrtime.bigint`. */
function since(start: bigint): number {
  return Number(process.hrtime.bigint() - start) / 1e6;
}

async function load(bytes: Uint8Array, threads: number, served: Served): Promise<void> {
  if ('missing' in served.runtime) return;
  const start = process.hrtime.bigint();
  served.session = await served.runtime.loaded.InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
  });
  sendFrame({ kind: 'loaded', loadMs: since(start), signature: signatureOf(served.session) });
}

interface Ready {
  runtime: OnnxRuntime;
  session: InferenceSession;
}

async function run(inputs: Tensors, { runtime, session }: Ready): Promise<Tensors> {
  const outputs = await session.run(feedsOf(inputs, runtime), { logSeverityLevel: 4 });
  const tensors = Object.create(null) as Record<string, Tensor>;
  for (const [name, { type, dims, data }] of Object.entries(outputs))
    tensors[name] = { type, dims, data } as Tensor;
  return tensors;
}

async function time(rows: readonly Tensors[], { runtime, session }: Ready): Promise<void> {
  const times = new Float64Array(rows.length);
  for (const [i, row] of rows.entries()) {
    const start = process.hrtime.bigint();
    await session.run(feedsOf(row, runtime), { logSeverityLevel: 4 });
    times[i] = since(start);
  }
  sendFrame({ kind: 'times' }, [new Uint8Array(times.buffer)]);
}

function feedsOf(inputs: Tensors, { Tensor }: OnnxRuntime): Record<string, RuntimeTensor> {
  const feeds = Object.create(null) as Record<string, RuntimeTensor>;
  for (const [name, { type, dims, data }] of Object.entries(inputs)) {
    feeds[name] = new Tensor(type, data as never, dims) as RuntimeTensor;
  }
  return feeds;
}

/** The parent removes the folder where it can; after its death nobody else would. */
function removeOwnFolder(): void {
  try {
    rmdirSync(process.cwd());
  } catch {
    // Not empty, or gone already.
  }
}
