import { classLabelsOf } from './class-labels-of.ts';
import type { GraphSummary, NodeSummary } from './graph-summary.ts';

/** A ZipMap node whose maps are an output of the graph: that output, the tensor it is made from, and its classes. */
export interface ZipMap {
  output: string;
  input: string;
  classes: readonly string[];
}

/** The final ZipMaps of a graph (ONNX-ML operator ZipMap), in the order of its outputs. */
export function findZipMaps(graph: GraphSummary): ZipMap[] {
  const nodes = new Map(graph.nodes.filter(isZipMap).map((node) => [node.outputs[0], node]));
  return graph.outputs.flatMap(({ name }) => {
    const node = nodes.get(name);
    const input = node?.inputs[0];
    return node === undefined || input === undefined
      ? []
      : [{ output: name, input, classes: classLabelsOf(node) }];
  });
}

/** Whether a node is the ONNX-ML operator ZipMap. */
export function isZipMap(node: NodeSummary): boolean {
  return node.operator === 'ZipMap' && node.domain === 'ai.onnx.ml';
}
