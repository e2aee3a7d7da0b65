import type { ElementType, Tensor, Tensors } from '../../core/model.ts';
import { ELEMENT_TYPES } from '../../core/model.ts';
import { countElements } from './count-elements.ts';
import { FrameError } from './frame.ts';

/** A tensor in a frame: where its bytes lie in the body. Text is its lengths as uint32, then UTF-8. */
export interface PackedTensor {
  name: string;
  type: ElementType;
  dims: readonly number[];
  at: number;
  bytes: number;
}

const ALIGNMENT = 8;

/** Gathers tensors into one body without copying numbers. */
export class TensorPacker {
  readonly parts: Uint8Array[] = [];
  #bytes = 0;

  /** Adds tensors and returns where they are. Each begins at a multiple of 8 bytes. */
  add(tensors: Tensors): PackedTensor[] {
    return Object.entries(tensors).map(([name, { type, dims, data }]) => {
      const part = 'buffer' in data ? bytesOf(data) : packText(data);
      const at = this.#bytes;
      const padding = (ALIGNMENT - (part.length % ALIGNMENT)) % ALIGNMENT;
      this.parts.push(part, new Uint8Array(padding));
      this.#bytes += part.length + padding;
      return { name, type, dims, at, bytes: part.length };
    });
  }
}

/** The tensors of a body; numbers are views of it. Throws `FrameError` where places, sizes and types do not agree. */
export function unpackTensors(packed: unknown, body: Uint8Array): Tensors {
  if (!Array.isArray(packed)) throw new FrameError('no tensors');
  const tensors = Object.create(null) as Record<string, Tensor>;
  for (const each of packed) {
    const place = checkPlace(each, body);
    tensors[place.name] = { type: place.type, dims: place.dims, data: unpackData(place, body) };
  }
  return tensors;
}

function checkPlace(value: unknown, body: Uint8Array): PackedTensor {
  const { name, type, dims, at, bytes } = (value ?? {}) as Partial<Record<keyof PackedTensor, unknown>>;
  const element = ELEMENT_TYPES.find((known) => known === type);
  const isPlace = isCount(at) && isCount(bytes) && at % ALIGNMENT === 0 && at + bytes <= body.length;
  const isShape = Array.isArray(dims) && dims.every(isCount);
  if (typeof name !== 'string' || element === undefined || !isPlace || !isShape)
    throw new FrameError('a broken tensor');
  return { name, type: element, dims, at, bytes };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function unpackData(place: PackedTensor, body: Uint8Array): Tensor['data'] {
  const elements = countElements(place.dims);
  if (place.type === 'string') return unpackText(body.subarray(place.at, place.at + place.bytes), elements);
  const kind = NUMBERS[place.type];
  if (elements === undefined || elements * kind.BYTES_PER_ELEMENT !== place.bytes)
    throw new FrameError('a tensor of another size');
  return new kind(body.buffer as ArrayBuffer, body.byteOffset + place.at, elements);
}

const NUMBERS = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
} as const;

function bytesOf(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function packText(texts: readonly string[]): Uint8Array {
  const lengths = Uint32Array.from(texts, (each) => Buffer.byteLength(each));
  return Buffer.concat([bytesOf(lengths), Buffer.from(texts.join(''))]);
}

function unpackText(bytes: Uint8Array, count: number | undefined): string[] {
  if (count === undefined || count * 4 > bytes.length) throw new FrameError('texts of another number');
  const lengths = new Uint32Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, count);
  const text = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
  let at = count * 4;
  const texts = Array.from(lengths, (length) => text.toString('utf8', at, (at += length)));
  if (at !== bytes.length) throw new FrameError('texts of another length');
  return texts;
}
