import { describe, expect, it } from 'vitest';
import { inspectBytes } from '../../../../src/adapters/onnx/inspect-bytes.ts';
import {
  bytesField,
  concatBytes,
  textField,
  varintField,
} from '../../../../src/adapters/onnx/wire-writer.ts';
import { TEST_LIMITS } from '../../../support/onnx-fixtures.ts';

const EMPTY: Uint8Array = new Uint8Array(0);
const COPIES = 400_000;

/** The same field over and over: the cheapest way to make a reader allocate many times what it reads. */
function repeated(field: Uint8Array): Uint8Array {
  return concatBytes(Array.from({ length: COPIES }, () => field));
}

function modelOf(graph: Uint8Array, more = EMPTY): Uint8Array {
  return concatBytes([varintField(1, 8), bytesField(7, graph), bytesField(8, varintField(2, 17)), more]);
}

const node = (content: Uint8Array): Uint8Array => bytesField(1, content);
const attribute = (content: Uint8Array): Uint8Array => node(bytesField(5, content));
const tensorType = (content: Uint8Array): Uint8Array => bytesField(11, bytesField(2, bytesField(1, content)));
const entries = Array.from({ length: 2_000 }, (_, i) => bytesField(14, textField(1, `key ${i}`)));

describe('inspectBytes on files of endless repetition', () => {
  it.each([
    ['nodes', 'too-many-nodes', modelOf(repeated(node(EMPTY)))],
    ['inputs of a node', 'too-many-nodes', modelOf(node(repeated(textField(1, 'a'))))],
    ['attributes of a node', 'too-many-nodes', modelOf(node(repeated(bytesField(5, EMPTY))))],
    ['graphs of an attribute', 'too-many-nodes', modelOf(attribute(repeated(bytesField(11, EMPTY))))],
    ['tensors of an attribute', 'too-many-nodes', modelOf(attribute(repeated(bytesField(10, EMPTY))))],
    ['values', 'too-many-nodes', modelOf(repeated(bytesField(13, EMPTY)))],
    ['initializers', 'too-many-nodes', modelOf(repeated(bytesField(5, EMPTY)))],
    ['types of a value', 'not-onnx', modelOf(bytesField(11, repeated(bytesField(2, EMPTY))))],
    ['kinds of a type', 'not-onnx', modelOf(bytesField(11, bytesField(2, repeated(bytesField(1, EMPTY)))))],
    ['shapes of a type', 'not-onnx', modelOf(tensorType(repeated(bytesField(2, EMPTY))))],
    [
      'dimensions of a shape',
      'absurd-dimensions',
      modelOf(tensorType(bytesField(2, repeated(bytesField(1, EMPTY))))),
    ],
    ['dimensions of a tensor', 'absurd-dimensions', modelOf(bytesField(5, repeated(varintField(1, 1))))],
    ['metadata entries', 'too-large', modelOf(EMPTY, concatBytes(entries))],
    ['metadata entries of one key', 'duplicate-name', modelOf(EMPTY, repeated(bytesField(14, EMPTY)))],
    ['graphs', 'not-onnx', modelOf(EMPTY, repeated(bytesField(7, EMPTY)))],
    ['functions', 'too-many-nodes', modelOf(EMPTY, repeated(bytesField(25, EMPTY)))],
    ['operator sets', 'too-many-nodes', modelOf(EMPTY, repeated(bytesField(8, EMPTY)))],
  ])('stops at too many %s', (_, code, bytes) => {
    const { problems } = inspectBytes(bytes, TEST_LIMITS);
    expect(problems.map((each) => each.code)).toContain(code);
    expect(problems.length).toBeLessThanOrEqual(200);
  });
});
