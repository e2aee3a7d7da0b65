import type { TensorInfo } from '../../core/model.ts';
import { elementTypeName } from './element-types.ts';
import { quoteName } from './quote-name.ts';
import type { Reading } from './reading.ts';
import { BYTES, VARINT, tagOf } from './wire-cursor.ts';
import type { WireCursor } from './wire-cursor.ts';

type Shape = TensorInfo['shape'];
type ValueType = Omit<TensorInfo, 'name'>;

const NAME = tagOf(1, BYTES);
const TYPE = tagOf(2, BYTES);

/** Reads a ValueInfoProto (onnx.proto): name, type and shape of an input, an output or a value between nodes. */
export function readValueInfo(cursor: WireCursor, reading: Reading): TensorInfo {
  let name = '';
  let type: ValueType | undefined;
  while (cursor.next()) {
    if (cursor.tag === NAME) name = cursor.text();
    if (cursor.tag !== TYPE) continue;
    if (type !== undefined) {
      reading.stop('not-onnx', `The value ${quoteName(name)} has two types.`);
      break;
    }
    type = readType(cursor.message(), reading);
  }
  const sizes = (type?.shape ?? []).filter((each) => typeof each === 'number');
  reading.elements(sizes, `The value ${quoteName(name)}`);
  return { name, type: type?.type ?? 'undefined', shape: type?.shape };
}

const TENSOR = tagOf(1, BYTES);
const CONTAINERS = new Map([
  [tagOf(4, BYTES), 'sequence'],
  [tagOf(5, BYTES), 'map'],
  [tagOf(7, BYTES), 'opaque'],
  [tagOf(8, BYTES), 'sparse_tensor'],
  [tagOf(9, BYTES), 'optional'],
]);

/** Reads a TypeProto. What a container holds does not matter here, so nothing nests. */
function readType(cursor: WireCursor, reading: Reading): ValueType {
  let type: ValueType | undefined;
  while (cursor.next()) {
    const container = CONTAINERS.get(cursor.tag);
    if (container === undefined && cursor.tag !== TENSOR) continue;
    if (type !== undefined) {
      reading.stop('not-onnx', 'A value has two types.');
      break;
    }
    const isTensor = container === undefined;
    type = isTensor ? readTensorType(cursor.message(), reading) : { type: container, shape: undefined };
  }
  return type ?? { type: 'undefined', shape: undefined };
}

const ELEMENT = tagOf(1, VARINT);
const SHAPE = tagOf(2, BYTES);

function readTensorType(cursor: WireCursor, reading: Reading): ValueType {
  let code = 0;
  let shape: Shape;
  while (cursor.next()) {
    if (cursor.tag === ELEMENT) code = cursor.value;
    else if (cursor.tag === SHAPE) {
      if (shape !== undefined) {
        reading.stop('not-onnx', 'A value has two shapes.');
        break;
      }
      shape = readShape(cursor.message(), reading);
    }
  }
  return { type: elementTypeName(code), shape };
}

const DIMENSION = tagOf(1, BYTES);
const SIZE = tagOf(1, VARINT);
const SYMBOL = tagOf(2, BYTES);
const MOST_DIMENSIONS = 65;

function readShape(cursor: WireCursor, reading: Reading): (number | string | undefined)[] {
  const shape: (number | string | undefined)[] = [];
  while (cursor.next() && shape.length < MOST_DIMENSIONS) {
    if (cursor.tag === DIMENSION) shape.push(readDimension(cursor.message()));
  }
  if (shape.length === MOST_DIMENSIONS)
    reading.refuse('absurd-dimensions', 'A value has more than 64 dimensions.');
  return shape;
}

function readDimension(cursor: WireCursor): number | string | undefined {
  let size: number | string | undefined;
  while (cursor.next()) {
    if (cursor.tag === SIZE) size = cursor.value;
    else if (cursor.tag === SYMBOL) size = cursor.text() || undefined;
  }
  return size;
}
