import type { GraphSummary, NodeSummary } from './graph-summary.ts';
import { quoteName } from './quote-name.ts';
import { describeNode } from './read-node.ts';
import type { Reading } from './reading.ts';
import { Scope } from './scope.ts';

/**
 * Notes every value that is used before it exists, as a cycle does, and every name given twice. ONNX asks for
 * nodes in topological order, and lets a subgraph see the values around it (IR specification, "Graphs").
 */
export function checkOrder(graph: GraphSummary, reading: Reading): void {
  checkGraph(graph, reading, undefined);
}

function checkGraph(graph: GraphSummary, reading: Reading, outer: Scope<true> | undefined): void {
  const scope = new Scope<true>(outer);
  declareAll(graph.inputs, 'input', { scope, reading });
  for (const { name } of graph.initializers) scope.set(name, true);
  const initializers = new Set(graph.initializers.map((each) => each.name));
  if (initializers.size < graph.initializers.length)
    reading.refuse('duplicate-name', 'Two initializers have one name.');
  const producers = producersOf(graph);
  for (const node of graph.nodes) {
    checkInputs(node, producers, { scope, reading });
    for (const attribute of node.attributes) {
      for (const inner of attribute.graphs) checkGraph(inner, reading, scope);
    }
    declareAll(
      node.outputs.filter(Boolean).map((name) => ({ name })),
      'value',
      { scope, reading },
    );
  }
  checkOutputs(graph, { scope, reading });
}

interface Place {
  scope: Scope<true>;
  reading: Reading;
}

function declareAll(values: readonly { name: string }[], what: string, { scope, reading }: Place): void {
  for (const { name } of values) {
    if (scope.set(name, true))
      reading.refuse('duplicate-name', `The ${what} ${quoteName(name)} is defined twice.`);
  }
}

function producersOf(graph: GraphSummary): Map<string, NodeSummary> {
  const producers = new Map<string, NodeSummary>();
  for (const node of graph.nodes) for (const name of node.outputs) producers.set(name, node);
  return producers;
}

function checkInputs(
  node: NodeSummary,
  producers: ReadonlyMap<string, NodeSummary>,
  { scope, reading }: Place,
): void {
  for (const name of node.inputs) {
    if (name === '' || scope.get(name)) continue;
    const later = producers.get(name);
    const how =
      later === undefined
        ? 'which nothing produces'
        : later === node
          ? 'its own output'
          : `which only ${describeNode(later)} produces, later: a cycle, or nodes out of order`;
    reading.refuse('cycle', `In the graph, ${describeNode(node)} uses ${quoteName(name)}, ${how}.`);
  }
}

function checkOutputs(graph: GraphSummary, { scope, reading }: Place): void {
  const listed = new Set<string>();
  for (const { name } of graph.outputs) {
    if (listed.has(name)) reading.refuse('duplicate-name', `The output ${quoteName(name)} is listed twice.`);
    listed.add(name);
    if (!scope.get(name)) reading.refuse('cycle', `The output ${quoteName(name)} is produced by no node.`);
  }
}
