import type { AttributeSummary, GraphSummary, StoredTensor } from './graph-summary.ts';
import { readSparseTensor, readTensor } from './read-tensor.ts';
import type { Reading } from './reading.ts';
import { BYTES, VARINT, tagOf } from './wire-cursor.ts';
import type { WireCursor } from './wire-cursor.ts';

/** The attributes whose plain values are kept; the weights of a tree ensemble, say, are only walked over. */
const KEPT = new Set([
  'classlabels_strings',
  'classlabels_int64s',
  'classlabels_ints',
  'value_int',
  'value_ints',
  'shape',
]);
const MOST_VALUES = 100_000;

const NAME = tagOf(1, BYTES);
const INTEGER = tagOf(3, VARINT);
const TENSOR = tagOf(5, BYTES);
const GRAPH = tagOf(6, BYTES);
const INTEGERS = [tagOf(8, VARINT), tagOf(8, BYTES)];
const STRINGS = tagOf(9, BYTES);
const TENSORS = tagOf(10, BYTES);
const GRAPHS = tagOf(11, BYTES);
const SPARSE = [tagOf(22, BYTES), tagOf(23, BYTES)];
const NESTED = [TENSOR, GRAPH, TENSORS, GRAPHS, ...SPARSE];

/** Reads the graph that a cursor stands on, one level further in. */
export type ReadSubgraph = (cursor: WireCursor) => GraphSummary;

/** Reads an AttributeProto (onnx.proto); `undefined` when structure does not depend on it. */
export function readAttribute(
  cursor: WireCursor,
  reading: Reading,
  readSubgraph: ReadSubgraph,
): AttributeSummary | undefined {
  const name = nameOf(cursor.copy());
  const kept = KEPT.has(name);
  const graphs: GraphSummary[] = [];
  const integers: number[] = [];
  const strings: string[] = [];
  let tensor: StoredTensor | undefined;
  let single = 0;
  while (cursor.next()) {
    const { tag } = cursor;
    if (NESTED.includes(tag) && !reading.countName()) break;
    if (tag === GRAPH || tag === TENSOR) single += 1;
    if (tag === GRAPH || tag === GRAPHS) graphs.push(readSubgraph(cursor.message()));
    else if (tag === TENSOR || tag === TENSORS) tensor = readTensor(cursor.message(), reading);
    else if (SPARSE.includes(tag)) readSparseTensor(cursor.message(), reading);
    else if (kept && (tag === INTEGER || INTEGERS.includes(tag))) cursor.integers(takeInto(integers));
    else if (kept && tag === STRINGS) takeInto(strings)(cursor.text());
  }
  if (single > 1) reading.refuse('not-onnx', 'An attribute of a node holds its value twice.');
  if (!kept && graphs.length === 0 && tensor === undefined) return undefined;
  return { name, graphs, tensor, integers, strings };
}

function takeInto<T>(list: T[]): (value: T) => void {
  return (value) => {
    if (list.length < MOST_VALUES) list.push(value);
  };
}

function nameOf(cursor: WireCursor): string {
  let name = '';
  while (cursor.next()) if (cursor.tag === NAME) name = cursor.text();
  return name;
}
