import type { ModelStructure, Signature, StructureLimits, StructureProblem } from '../../core/model.ts';
import { checkLiteralShapes } from './check-literal-shapes.ts';
import { checkOrder } from './check-order.ts';
import { findClassLabels } from './class-labels.ts';
import { foreignFormat } from './foreign-format.ts';
import type { GraphSummary } from './graph-summary.ts';
import { quoteName } from './quote-name.ts';
import { readModel } from './read-model.ts';
import type { ModelSummary } from './read-model.ts';
import { Reading } from './reading.ts';
import { findZipMaps } from './zip-map.ts';

/** Reads an ONNX file held in memory under the limits and lists all its problems; never throws for bad bytes. */
export function inspectBytes(bytes: Uint8Array, limits: StructureLimits): ModelStructure {
  const foreign = foreignFormat(bytes);
  if (foreign !== undefined) return unreadable(bytes.length, { code: 'not-onnx', message: foreign });
  const reading = new Reading(limits);
  const model = readModel(bytes, reading);
  checkWhole(model, reading);
  if (model.graph !== undefined && !reading.incomplete) checkGraphs(model.graph, model, reading);
  return structureOf(bytes.length, model, reading);
}

/** The structure of a file that could not be read at all, with the reason. */
export function unreadable(fileBytes: number, problem: StructureProblem): ModelStructure {
  const nothing = new Reading({ fileBytes: 0, nodes: 0, depth: 0, tensorElements: 0, domains: [] });
  nothing.refuse(problem.code, problem.message);
  return structureOf(fileBytes, readModel(new Uint8Array(0), nothing), nothing);
}

function checkWhole(model: ModelSummary, reading: Reading): void {
  const { stoppedBy, irVersion, graph } = model;
  if (stoppedBy !== undefined && !looksLikeOnnx(model)) {
    return reading.refuse('not-onnx', `The file is not ONNX: ${stoppedBy.message}.`);
  }
  if (stoppedBy !== undefined) {
    const cut = stoppedBy.kind === 'truncated' ? 'The file is cut off' : 'The file is damaged';
    return reading.refuse('truncated', `${cut}: ${stoppedBy.message}. Export or download it again.`);
  }
  if (irVersion === undefined && graph === undefined) {
    return reading.refuse('not-onnx', 'The file is not ONNX: it holds neither an IR version nor a graph.');
  }
  if (graph === undefined) return reading.refuse('no-graph', 'The file holds no graph.');
  if (reading.incomplete) return;
  checkOpsets(model, reading);
  if (graph.outputs.length === 0) reading.refuse('no-outputs', 'The graph has no outputs.');
}

/** A file cut off behind its graph is whole protobuf, but lacks operator sets. Functions name theirs themselves. */
function checkOpsets(model: ModelSummary, reading: Reading): void {
  const imported = new Set(model.opsets.map((each) => each.domain));
  const used = model.functions.length > 0 || reading.domains.size === 0 ? [''] : [...reading.domains];
  const missing = used.filter((domain) => !imported.has(domain));
  if (missing.length === 0 || (model.functions.length > 0 && imported.size > 0)) return;
  const domains = missing.slice(0, 10).map(quoteName).join(', ');
  reading.refuse(
    'truncated',
    `The file names no operator set for ${domains}, which its nodes need; it may be cut off.`,
  );
}

/** ONNX IR versions are small numbers; by chance a file of something else begins so in one case of thousands. */
function looksLikeOnnx({ irVersion, producer, graph }: ModelSummary): boolean {
  return (
    (irVersion !== undefined && irVersion > 0 && irVersion < 100) ||
    (producer !== undefined && graph !== undefined)
  );
}

function checkGraphs(graph: GraphSummary, model: ModelSummary, reading: Reading): void {
  for (const each of [graph, ...model.functions]) {
    checkOrder(each, reading);
    checkLiteralShapes(each, reading);
  }
}

function structureOf(fileBytes: number, model: ModelSummary, reading: Reading): ModelStructure {
  const [zipMap] = model.graph === undefined ? [] : findZipMaps(model.graph);
  return {
    fileBytes,
    irVersion: model.irVersion,
    opsets: model.opsets,
    producer: model.producer,
    metadata: recordOf(model.metadata),
    nodes: reading.nodes,
    operators: recordOf(reading.operators),
    parameters: reading.parameters,
    signature: signatureOf(model.graph),
    zipMap: zipMap && { output: zipMap.output, bypassedBy: zipMap.input, classes: zipMap.classes },
    ...(model.graph === undefined ? {} : { classLabels: findClassLabels(model.graph) }),
    problems: reading.problems(),
  };
}

/** Foreign keys become a record without a prototype, where `__proto__` is a key like any other. */
function recordOf<T>(map: ReadonlyMap<string, T>): Readonly<Record<string, T>> {
  const record = Object.create(null) as Record<string, T>;
  for (const [key, value] of map) record[key] = value;
  return record;
}

/** Inputs that are initializers too have a default (the rule before IR version 4) and nobody sends them. */
function signatureOf(graph: GraphSummary | undefined): Signature {
  const stored = new Set(graph?.initializers.map((each) => each.name));
  const inputs = graph?.inputs.filter((each) => !stored.has(each.name)) ?? [];
  return { inputs, outputs: graph?.outputs ?? [] };
}
