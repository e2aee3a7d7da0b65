import type { ModelStructure, Signature, TensorInfo, Tensors } from '../../core/model.ts';
import { ELEMENT_TYPES } from '../../core/model.ts';
import type { ModelSession } from '../../core/ports.ts';
import { accept, refuseAnswer } from './accept-answer.ts';
import { ModelFailure } from './model-failure.ts';
import type { Answer, ModelProcess } from './model-process.ts';
import { TensorPacker, unpackTensors } from './pack-tensors.ts';
import type { ParsedReply } from './parse-reply.ts';
import { quoteName } from './quote-name.ts';

/** Rows that are timed in one request, so that each request stays well within the time limit. */
const TIMED_TOGETHER = 256;

/** Loads a model into a started child. Rejects with `ModelFailure`; the caller ends the child then. */
export async function loadSession(
  child: ModelProcess,
  model: { bytes: Uint8Array; declared: Signature; threads: number },
): Promise<ModelSession> {
  const request = { kind: 'load', threads: model.threads } as const;
  const loaded = expectReply(await child.request(request, [model.bytes], 'load'), 'loaded').reply;
  const signature = mergeSignature(loaded.signature, model.declared);
  refuseForeignTypes(signature);
  return {
    signature,
    loadMs: loaded.loadMs,
    run: (inputs) => run(child, inputs),
    time: (rows) => time(child, rows),
    peakMemory: () => child.peakMemory(),
    close: () => child.end(new ModelFailure('crashed', 'The model was closed.')),
  };
}

async function run(child: ModelProcess, inputs: Tensors): Promise<Tensors> {
  const packer = new TensorPacker();
  const tensors = packer.add(inputs);
  const answer = await child.request({ kind: 'run', tensors }, packer.parts, 'answer');
  const { reply, body } = expectReply(answer, 'outputs');
  return accept(() => unpackTensors(reply.tensors, body));
}

async function time(child: ModelProcess, rows: readonly Tensors[]): Promise<Float64Array> {
  const times = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += TIMED_TOGETHER) {
    const some = rows.slice(at, at + TIMED_TOGETHER);
    const packer = new TensorPacker();
    const request = { kind: 'time', rows: some.map((row) => packer.add(row)) } as const;
    const { body } = expectReply(
      await child.request(request, packer.parts, `answer ${some.length} rows`),
      'times',
    );
    if (body.length !== some.length * 8) throw refuseAnswer('times of another number');
    times.set(new Float64Array(body.buffer as ArrayBuffer, body.byteOffset, some.length), at);
  }
  return times;
}

type AnswerOf<K extends ParsedReply['kind']> = Answer & { reply: Extract<ParsedReply, { kind: K }> };

function expectReply<K extends ParsedReply['kind']>(answer: Answer, kind: K): AnswerOf<K> {
  if (answer.reply.kind === kind) return answer as AnswerOf<K>;
  throw refuseAnswer('another answer than was asked for');
}

/** ONNX Runtime reads a missing shape as a scalar's, and does not say which container a value is; the file does. */
function mergeSignature(told: Signature, declared: Signature): Signature {
  const merge = (info: TensorInfo, from: readonly TensorInfo[]): TensorInfo => {
    const same = from.find((each) => each.name === info.name);
    const type = info.type === 'container' ? (same?.type ?? info.type) : info.type;
    return { name: info.name, type, shape: info.shape?.length === 0 ? same?.shape : info.shape };
  };
  return {
    inputs: told.inputs.map((each) => merge(each, declared.inputs)),
    outputs: told.outputs.map((each) => merge(each, declared.outputs)),
  };
}

function refuseForeignTypes({ inputs, outputs }: ModelStructure['signature']): void {
  const known: readonly string[] = ELEMENT_TYPES;
  const foreign = [...inputs, ...outputs].filter((each) => !known.includes(each.type));
  if (foreign.length === 0) return;
  const list = foreign.slice(0, 10).map((each) => `${quoteName(each.name)} is ${each.type}`);
  throw new ModelFailure(
    'rejected',
    `The model has inputs or outputs of types that are not supported: ${list.join(', ')}. Supported are tensors of ${known.join(', ')}; add a Cast at export.`,
  );
}
