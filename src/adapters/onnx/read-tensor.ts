import { elementBytes } from './element-types.ts';
import type { StoredTensor } from './graph-summary.ts';
import { quoteName } from './quote-name.ts';
import type { Reading } from './reading.ts';
import { BYTES, VARINT, tagOf } from './wire-cursor.ts';
import type { WireCursor } from './wire-cursor.ts';

const FEW = 64;
const DIMS = [tagOf(1, VARINT), tagOf(1, BYTES)];
const INTEGERS = [5, 7].flatMap((field) => [tagOf(field, VARINT), tagOf(field, BYTES)]);
const TYPE = tagOf(2, VARINT);
const NAME = tagOf(8, BYTES);
const RAW = tagOf(9, BYTES);
const EXTERNAL = tagOf(13, BYTES);
const LOCATION = tagOf(14, VARINT);

/** Reads a TensorProto (onnx.proto), noting external data, absurd shapes, and sizes that its bytes do not have. */
export function readTensor(cursor: WireCursor, reading: Reading): StoredTensor {
  const dims: number[] = [];
  const integers: number[] = [];
  let raw: Uint8Array | undefined;
  let external = false;
  let type = 0;
  let name = '';
  while (cursor.next()) {
    const { tag } = cursor;
    if (DIMS.includes(tag)) cursor.integers((value) => dims.length <= FEW && dims.push(value));
    else if (INTEGERS.includes(tag))
      cursor.integers((value) => integers.length < FEW && integers.push(value));
    else if (tag === TYPE) type = cursor.value;
    else if (tag === NAME) name = cursor.text();
    else if (tag === RAW) raw = cursor.bytes.subarray(cursor.start, cursor.end);
    else if (tag === EXTERNAL || tag === LOCATION) external ||= tag === EXTERNAL || cursor.value === 1;
  }
  const what = `The tensor ${quoteName(name)}`;
  if (external) {
    reading.refuse('external-data', `${what} keeps its data in another file. Export the model as one file.`);
  }
  const elements = reading.elements(dims, what);
  const declared = (elements ?? 0) * elementBytes(type);
  if (raw !== undefined && !external && elements !== undefined && declared > 0 && raw.length !== declared) {
    reading.refuse('absurd-dimensions', `${what} declares ${declared} bytes and holds ${raw.length}.`);
  }
  const values = raw === undefined ? integers : numbersOf(raw, type);
  return {
    name,
    type,
    dims,
    few: elements !== undefined && values?.length === elements ? values : undefined,
  };
}

/** Little-endian values of raw data of at most 64 elements. */
function numbersOf(raw: Uint8Array, type: number): number[] | undefined {
  const size = elementBytes(type);
  if (![1, 6, 7, 11].includes(type) || raw.length > FEW * size) return undefined;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: Math.floor(raw.length / size) }, (_, i) => numberAt(view, i * size, type));
}

function numberAt(view: DataView, at: number, type: number): number {
  if (type === 7) return Number(view.getBigInt64(at, true));
  if (type === 6) return view.getInt32(at, true);
  return type === 1 ? view.getFloat32(at, true) : view.getFloat64(at, true);
}

const VALUES = tagOf(1, BYTES);
const INDICES = tagOf(2, BYTES);
const SPARSE_DIMS = [tagOf(3, VARINT), tagOf(3, BYTES)];

/** Reads a SparseTensorProto as the dense tensor it stands for. */
export function readSparseTensor(cursor: WireCursor, reading: Reading): StoredTensor {
  const dims: number[] = [];
  let values: StoredTensor | undefined;
  while (cursor.next()) {
    if (cursor.tag === VALUES) values = readTensor(cursor.message(), reading);
    else if (cursor.tag === INDICES) readTensor(cursor.message(), reading);
    else if (SPARSE_DIMS.includes(cursor.tag))
      cursor.integers((value) => dims.length <= FEW && dims.push(value));
  }
  const name = values?.name ?? '';
  reading.elements(dims, `The sparse tensor ${quoteName(name)}`);
  return { name, type: values?.type ?? 0, dims, few: undefined };
}
