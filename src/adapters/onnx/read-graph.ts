import type { GraphSummary } from './graph-summary.ts';
import { readNode } from './read-node.ts';
import { readSparseTensor, readTensor } from './read-tensor.ts';
import { readValueInfo } from './read-value-info.ts';
import type { Reading } from './reading.ts';
import { BYTES, tagOf } from './wire-cursor.ts';
import type { WireCursor } from './wire-cursor.ts';

export const NODE = tagOf(1, BYTES);
const INITIALIZER = tagOf(5, BYTES);
const INPUT = tagOf(11, BYTES);
export const OUTPUT = tagOf(12, BYTES);
const VALUE = tagOf(13, BYTES);
const SPARSE = tagOf(15, BYTES);

/** Reads a GraphProto (onnx.proto) at a nesting `depth`, 0 for the model's own graph. */
export function readGraph(cursor: WireCursor, reading: Reading, depth: number): GraphSummary {
  const graph: GraphSummary = { nodes: [], initializers: [], inputs: [], outputs: [] };
  if (depth > reading.limits.depth) {
    reading.stop('too-deep', `Graphs are nested more than ${reading.limits.depth} deep, the limit.`);
    return graph;
  }
  const readSubgraph = (inner: WireCursor): GraphSummary => readGraph(inner, reading, depth + 1);
  while (cursor.next()) {
    if (cursor.tag === NODE) {
      if (!reading.countNode()) break;
      graph.nodes.push(readNode(cursor.message(), reading, readSubgraph));
    } else if ([INITIALIZER, INPUT, OUTPUT, VALUE, SPARSE].includes(cursor.tag)) {
      if (!reading.countName()) break;
      readNamed(cursor, reading, graph);
    }
  }
  return graph;
}

function readNamed(cursor: WireCursor, reading: Reading, graph: GraphSummary): void {
  const content = cursor.message();
  if (cursor.tag === INPUT) graph.inputs.push(readValueInfo(content, reading));
  else if (cursor.tag === OUTPUT) graph.outputs.push(readValueInfo(content, reading));
  else if (cursor.tag === VALUE) readValueInfo(content, reading);
  else {
    const tensor = cursor.tag === SPARSE ? readSparseTensor(content, reading) : readTensor(content, reading);
    graph.initializers.push(tensor);
    reading.parameters += Math.max(
      0,
      tensor.dims.reduce((product, each) => product * each, 1),
    );
  }
}
