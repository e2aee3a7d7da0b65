import type { AttributeSummary, GraphSummary, NodeSummary } from './graph-summary.ts';
import { quoteName } from './quote-name.ts';
import { describeNode } from './read-node.ts';
import type { Reading } from './reading.ts';
import { Scope } from './scope.ts';

type Constants = Scope<readonly number[]>;

/** Operators that make a tensor as large as one of their inputs says, and which input that is. */
const SHAPE_INPUTS: Readonly<Record<string, number>> = { ConstantOfShape: 0, Expand: 1, Tile: 1, OneHot: 1 };
const RANDOM = new Set(['RandomNormal', 'RandomUniform']);

/** Notes shapes written into the graph that would make a node's output larger than the limit, subgraphs included. */
export function checkLiteralShapes(graph: GraphSummary, reading: Reading, outer?: Constants): void {
  const constants: Constants = new Scope(outer);
  for (const { name, few } of graph.initializers) if (few !== undefined) constants.set(name, few);
  for (const node of graph.nodes) {
    noteConstant(node, constants);
    checkNode(node, constants, reading);
    for (const { graphs } of node.attributes) {
      for (const inner of graphs) checkLiteralShapes(inner, reading, constants);
    }
  }
}

function noteConstant(node: NodeSummary, constants: Constants): void {
  const [output] = node.outputs;
  if (node.operator !== 'Constant' || output === undefined) return;
  for (const attribute of node.attributes) {
    const values = valuesOf(attribute);
    if (values !== undefined && values.length <= 64) constants.set(output, values);
  }
}

function valuesOf(attribute: AttributeSummary): readonly number[] | undefined {
  return attribute.name === 'value' ? attribute.tensor?.few : attribute.integers;
}

function checkNode(node: NodeSummary, constants: Constants, reading: Reading): void {
  const input = SHAPE_INPUTS[node.operator];
  const what = `In the graph, ${describeNode(node)}`;
  if (node.operator === 'Range') return checkRange(node, constants, reading);
  if (RANDOM.has(node.operator)) {
    const shape = node.attributes.find((each) => each.name === 'shape');
    if (shape !== undefined) reading.elements(shape.integers, what);
  } else if (input !== undefined) {
    const shape = constants.get(node.inputs[input] ?? '');
    if (shape !== undefined) reading.elements(shape, what);
  }
}

function checkRange(node: NodeSummary, constants: Constants, reading: Reading): void {
  const [start, limit, step] = node.inputs.map((name) => constants.get(name)?.[0]);
  if (start === undefined || limit === undefined || step === undefined) return;
  const count = Math.max(0, Math.ceil((limit - start) / step));
  if (count <= reading.limits.tensorElements) return;
  const { tensorElements } = reading.limits;
  reading.refuse(
    'absurd-dimensions',
    `In the graph, ${describeNode(node)} makes ${quoteName(String(count))} elements; the limit is ${tensorElements}.`,
  );
}
