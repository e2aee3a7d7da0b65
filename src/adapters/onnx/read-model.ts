import type { GraphSummary } from './graph-summary.ts';
import { quoteName } from './quote-name.ts';
import { readGraph } from './read-graph.ts';
import { readNode, standardDomain } from './read-node.ts';
import type { Reading } from './reading.ts';
import { BYTES, VARINT, WireError, tagOf } from './wire-cursor.ts';
import { WireCursor } from './wire-cursor.ts';

/** A ModelProto as read, as far as it could be read. */
export interface ModelSummary {
  irVersion: number | undefined;
  producer: string | undefined;
  opsets: { domain: string; version: number }[];
  metadata: Map<string, string>;
  graph: GraphSummary | undefined;
  /** Bodies of the model's own functions, as graphs. */
  functions: GraphSummary[];
  /** What stopped the read early. */
  stoppedBy: WireError | undefined;
}

const IR_VERSION = tagOf(1, VARINT);
const PRODUCER_NAME = tagOf(2, BYTES);
const PRODUCER_VERSION = tagOf(3, BYTES);
export const GRAPH = tagOf(7, BYTES);
const OPSET = tagOf(8, BYTES);
const METADATA = tagOf(14, BYTES);
const FUNCTION = tagOf(25, BYTES);

/** Reads a ModelProto (onnx.proto). Bytes that are not one end the read and are told by `stoppedBy`. */
export function readModel(bytes: Uint8Array, reading: Reading): ModelSummary {
  const model: ModelSummary = {
    irVersion: undefined,
    producer: undefined,
    opsets: [],
    metadata: new Map(),
    graph: undefined,
    functions: [],
    stoppedBy: undefined,
  };
  try {
    const cursor = new WireCursor(bytes);
    while (!reading.incomplete && cursor.next()) readField(cursor, reading, model);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    model.stoppedBy = error;
    reading.incomplete = true;
  }
  return model;
}

function readField(cursor: WireCursor, reading: Reading, model: ModelSummary): void {
  switch (cursor.tag) {
    case IR_VERSION:
      model.irVersion = cursor.value;
      return;
    case PRODUCER_NAME:
    case PRODUCER_VERSION:
      model.producer = [model.producer, cursor.text()].filter(Boolean).join(' ').slice(0, 200) || undefined;
      return;
    case GRAPH:
      if (model.graph !== undefined) {
        return reading.stop('not-onnx', 'The file holds two graphs; a model has one.');
      }
      model.graph = readGraph(cursor.message(), reading, 0);
      return;
    case OPSET:
      if (reading.countName()) model.opsets.push(readOpset(cursor.message()));
      return;
    case METADATA:
      if (reading.countName()) readMetadata(cursor.message(), reading, model.metadata);
      return;
    case FUNCTION:
      if (reading.countName()) model.functions.push(readFunction(cursor.message(), reading));
  }
}

const FIRST = tagOf(1, BYTES);
const SECOND = tagOf(2, BYTES);
const VERSION = tagOf(2, VARINT);

function readOpset(cursor: WireCursor): { domain: string; version: number } {
  const opset = { domain: '', version: 0 };
  while (cursor.next()) {
    if (cursor.tag === FIRST) opset.domain = standardDomain(cursor.text());
    else if (cursor.tag === VERSION) opset.version = cursor.value;
  }
  return opset;
}

const MOST_METADATA = 1_000;
const LONGEST_METADATA = 1 << 20;

function readMetadata(cursor: WireCursor, reading: Reading, metadata: Map<string, string>): void {
  let key = '';
  let value = '';
  while (cursor.next()) {
    if (cursor.tag !== FIRST && cursor.tag !== SECOND) continue;
    if (cursor.end - cursor.start > LONGEST_METADATA) {
      return reading.refuse('too-large', 'A metadata entry of the model is longer than 1 MiB.');
    }
    if (cursor.tag === FIRST) key = cursor.text();
    else value = cursor.text();
  }
  if (metadata.has(key)) reading.refuse('duplicate-name', `The metadata has ${quoteName(key)} twice.`);
  if (metadata.size >= MOST_METADATA) {
    return reading.refuse('too-large', `The model has more than ${MOST_METADATA} metadata entries.`);
  }
  metadata.set(key, value);
}

const FUNCTION_INPUT = tagOf(4, BYTES);
const FUNCTION_OUTPUT = tagOf(5, BYTES);
const FUNCTION_NODE = tagOf(7, BYTES);

/** Reads a FunctionProto: inputs and outputs are bare names there. */
function readFunction(cursor: WireCursor, reading: Reading): GraphSummary {
  const body: GraphSummary = { nodes: [], initializers: [], inputs: [], outputs: [] };
  const readSubgraph = (inner: WireCursor): GraphSummary => readGraph(inner, reading, 1);
  while (cursor.next()) {
    if (cursor.tag === FUNCTION_NODE) {
      if (!reading.countNode()) break;
      body.nodes.push(readNode(cursor.message(), reading, readSubgraph));
    } else if (cursor.tag === FUNCTION_INPUT || cursor.tag === FUNCTION_OUTPUT) {
      if (!reading.countName()) break;
      const value = { name: cursor.text(), type: 'undefined', shape: undefined };
      (cursor.tag === FUNCTION_INPUT ? body.inputs : body.outputs).push(value);
    }
  }
  return body;
}
