import { describe, expect, it } from 'vitest';
import { FrameError, encodeFrame } from '../../../../src/adapters/onnx/frame.ts';
import { FrameReader } from '../../../../src/adapters/onnx/frame-reader.ts';
import { TensorPacker, unpackTensors } from '../../../../src/adapters/onnx/pack-tensors.ts';
import { parseReply } from '../../../../src/adapters/onnx/parse-reply.ts';
import type { Tensors } from '../../../../src/core/model.ts';

const MOST = { header: 10_000, body: 10_000 };
const TENSORS: Tensors = {
  f: { type: 'float32', dims: [3], data: Float32Array.of(1.5, Number.NaN, -Infinity) },
  d: { type: 'float64', dims: [2, 1], data: Float64Array.of(Math.PI, -0) },
  i: { type: 'int32', dims: [1], data: Int32Array.of(-7) },
  l: { type: 'int64', dims: [2], data: BigInt64Array.of(2n ** 62n, -1n) },
  b: { type: 'bool', dims: [3], data: Uint8Array.of(0, 1, 1) },
  s: { type: 'string', dims: [2, 2], data: ['', 'grün', '🚲', 'a\0b'] },
  e: { type: 'float32', dims: [0, 47], data: new Float32Array(0) },
  t: { type: 'string', dims: [0], data: [] },
};

function frameOf(tensors: Tensors): Uint8Array {
  const packer = new TensorPacker();
  const header = { kind: 'outputs', tensors: packer.add(tensors) };
  return Buffer.concat(encodeFrame(header, packer.parts));
}

describe('frames', () => {
  it.each([1, 7, 16, 4_096])('carry every tensor in chunks of %d bytes', (chunk) => {
    const bytes = Buffer.concat([frameOf(TENSORS), frameOf({}), frameOf(TENSORS)]);
    const reader = new FrameReader(MOST);
    const frames = [];
    for (let at = 0; at < bytes.length; at += chunk)
      frames.push(...reader.push(bytes.subarray(at, at + chunk)));
    const tensors = frames.map(({ header, body }) => {
      const reply = parseReply(header);
      return reply.kind === 'outputs' ? { ...unpackTensors(reply.tensors, body) } : undefined;
    });
    expect(tensors).toEqual([TENSORS, {}, TENSORS]);
  });

  it.each([
    ['is no frame', Buffer.from('Segmentation fault')],
    ['has too large a body', Buffer.concat(encodeFrame({}, [new Uint8Array(10_001)])).subarray(0, 16)],
    ['has too large a header', Buffer.concat(encodeFrame({ a: 'x'.repeat(10_001) })).subarray(0, 16)],
    ['has a header that is not JSON', Buffer.concat(encodeFrame({ a: 1 })).fill('x', 16)],
  ])('are refused before memory is taken: one that %s', (_, bytes) => {
    expect(() => new FrameReader(MOST).push(bytes)).toThrow(FrameError);
  });

  const place = { name: 'f', type: 'float32', dims: [2], at: 0, bytes: 8 };
  it.each([
    ['beyond the body', { ...place, at: 16 }],
    ['at an odd place', { ...place, at: 4 }],
    ['of another size', { ...place, dims: [3] }],
    ['of negative size', { ...place, dims: [-2] }],
    ['of fractional size', { ...place, dims: [1.5] }],
    ['of an absurd size', { ...place, dims: [2 ** 40, 2 ** 40] }],
    ['of an unknown type', { ...place, type: 'float16' }],
    ['of text without lengths', { ...place, type: 'string', dims: [3] }],
    ['of text with other lengths', { ...place, type: 'string', dims: [1] }],
    ['that is null', null],
  ])('are refused with a tensor %s', (_, broken) => {
    expect(() => unpackTensors([broken], new Uint8Array(16))).toThrow(FrameError);
  });

  it.each([
    [null],
    ['outputs'],
    [{ kind: 'other' }],
    [{ kind: 'outputs' }],
    [{ kind: 'loaded', loadMs: 'soon', signature: { inputs: [], outputs: [] } }],
    [{ kind: 'loaded', loadMs: 1, signature: { inputs: [{}], outputs: [] } }],
    [{ kind: 'failed', failure: 'timeout', message: 'no' }],
  ])('are refused with the header %j', (header) => {
    expect(() => parseReply(header)).toThrow(FrameError);
  });
});
