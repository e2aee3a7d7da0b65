import type { NodeSummary } from './graph-summary.ts';
import { quoteName } from './quote-name.ts';
import { readAttribute } from './read-attribute.ts';
import type { ReadSubgraph } from './read-attribute.ts';
import type { Reading } from './reading.ts';
import { BYTES, tagOf } from './wire-cursor.ts';
import type { WireCursor } from './wire-cursor.ts';

const INPUT = tagOf(1, BYTES);
const OUTPUT = tagOf(2, BYTES);
const NAME = tagOf(3, BYTES);
const OPERATOR = tagOf(4, BYTES);
const ATTRIBUTE = tagOf(5, BYTES);
const DOMAIN = tagOf(7, BYTES);

/** Reads a NodeProto (onnx.proto), counting its operator and noting a foreign domain. */
export function readNode(cursor: WireCursor, reading: Reading, readSubgraph: ReadSubgraph): NodeSummary {
  const node: NodeSummary = { name: '', operator: '', domain: '', inputs: [], outputs: [], attributes: [] };
  while (cursor.next()) {
    const { tag } = cursor;
    if (tag === INPUT || tag === OUTPUT) {
      if (!reading.countName()) break;
      (tag === INPUT ? node.inputs : node.outputs).push(cursor.text());
    } else if (tag === NAME) node.name = cursor.text();
    else if (tag === OPERATOR) node.operator = cursor.text();
    else if (tag === DOMAIN) node.domain = standardDomain(cursor.text());
    else if (tag === ATTRIBUTE) {
      if (!reading.countName()) break;
      const attribute = readAttribute(cursor.message(), reading, readSubgraph);
      if (attribute !== undefined) node.attributes.push(attribute);
    }
  }
  countOperator(node, reading);
  return node;
}

/** `ai.onnx` is another spelling of the standard domain. */
export function standardDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain;
}

/** A node for a message: its name where it has one, and its operator. */
export function describeNode(node: NodeSummary): string {
  return node.name === ''
    ? `a ${quoteName(node.operator)} node`
    : `node ${quoteName(node.name)} (${quoteName(node.operator)})`;
}

function countOperator(node: NodeSummary, reading: Reading): void {
  const key = node.domain === '' ? node.operator : `${node.domain}.${node.operator}`;
  reading.operators.set(key, (reading.operators.get(key) ?? 0) + 1);
  reading.domains.add(node.domain);
  if (reading.limits.domains.includes(node.domain)) return;
  reading.refuse(
    'unknown-domain',
    `The operator ${quoteName(node.operator)} is of the domain ${quoteName(node.domain)}; allowed are ${reading.limits.domains.map(quoteName).join(', ')}.`,
  );
}
