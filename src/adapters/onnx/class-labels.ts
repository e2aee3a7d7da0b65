import { classLabelsOf } from './class-labels-of.ts';
import type { GraphSummary, NodeSummary } from './graph-summary.ts';
import { isZipMap } from './zip-map.ts';

/** ONNX-ML classifiers whose second output has one column for each of their class labels, in order. */
const CLASSIFIERS = new Set(['TreeEnsembleClassifier', 'LinearClassifier', 'SVMClassifier']);
/** Operators that leave every column where it is. */
const KEEP_COLUMNS = new Set(['Identity', 'Cast', 'Normalizer', 'Softmax', 'Sigmoid']);
const LONGEST_CHAIN = 16;

/**
 * The class of each column of the graph's outputs, by output name, where a classifier or ZipMap says it and nothing after it moves
 * columns. Outputs that come from anything else are left out.
 */
export function findClassLabels(graph: GraphSummary): Record<string, readonly string[]> {
  const producers = new Map<string, NodeSummary>();
  for (const node of graph.nodes) for (const name of node.outputs) if (name !== '') producers.set(name, node);
  const found = Object.create(null) as Record<string, readonly string[]>;
  for (const { name } of graph.outputs) {
    const labels = labelsOf(name, producers);
    if (labels.length > 0) found[name] = labels;
  }
  return found;
}

function labelsOf(output: string, producers: ReadonlyMap<string, NodeSummary>): readonly string[] {
  let value = output;
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    const node = producers.get(value);
    if (node === undefined) return [];
    const classifier = node.domain === 'ai.onnx.ml' && CLASSIFIERS.has(node.operator);
    if (classifier) return node.outputs[1] === value ? classLabelsOf(node) : [];
    const own = isZipMap(node) ? classLabelsOf(node) : [];
    if (own.length > 0) return own;
    if (!isZipMap(node) && !KEEP_COLUMNS.has(node.operator)) return [];
    value = node.inputs[0] ?? '';
  }
  return [];
}
