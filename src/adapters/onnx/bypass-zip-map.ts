import { NODE, OUTPUT, readGraph } from './read-graph.ts';
import { OPENING_LIMITS } from './opening-limits.ts';
import { readNode } from './read-node.ts';
import { GRAPH, readModel } from './read-model.ts';
import { readValueInfo } from './read-value-info.ts';
import { Reading } from './reading.ts';
import { WireCursor } from './wire-cursor.ts';
import { bytesField, concatBytes, textField, varintField } from './wire-writer.ts';
import { findZipMaps, isZipMap } from './zip-map.ts';
import type { ZipMap } from './zip-map.ts';

/**
 * The model with every final ZipMap replaced by an Identity, so that the output of the same name is the
 * float tensor [N, K] that the ZipMap was fed. Bytes without such a ZipMap, or that cannot be read, come back as they are.
 */
export function bypassZipMap(bytes: Uint8Array): Uint8Array {
  const reading = new Reading(OPENING_LIMITS);
  const { graph } = readModel(bytes, reading);
  const zipMaps = graph === undefined || reading.incomplete ? [] : findZipMaps(graph);
  if (zipMaps.length === 0) return bytes;
  const byOutput = new Map(zipMaps.map((each) => [each.output, each]));
  return rewrite(new WireCursor(bytes), (cursor) =>
    cursor.tag === GRAPH ? bytesField(7, rewriteGraph(cursor.message(), byOutput)) : undefined,
  );
}

function rewriteGraph(graph: WireCursor, byOutput: ReadonlyMap<string, ZipMap>): Uint8Array {
  return rewrite(graph, (cursor) => {
    if (cursor.tag === NODE) {
      const zipMap = zipMapAt(cursor.message(), byOutput);
      return zipMap && bytesField(1, identityNode(zipMap));
    }
    if (cursor.tag !== OUTPUT) return undefined;
    const zipMap = byOutput.get(readValueInfo(cursor.message(), new Reading(OPENING_LIMITS)).name);
    return zipMap && bytesField(12, floatMatrix(zipMap));
  });
}

/** Copies a message field by field, with what `replace` gives in the place of a field. */
function rewrite(cursor: WireCursor, replace: (cursor: WireCursor) => Uint8Array | undefined): Uint8Array {
  const parts: Uint8Array[] = [];
  while (cursor.next()) parts.push(replace(cursor) ?? cursor.bytes.subarray(cursor.fieldStart, cursor.end));
  return concatBytes(parts);
}

function zipMapAt(cursor: WireCursor, byOutput: ReadonlyMap<string, ZipMap>): ZipMap | undefined {
  const reading = new Reading(OPENING_LIMITS);
  const node = readNode(cursor, reading, (inner) => readGraph(inner, reading, 1));
  return isZipMap(node) ? byOutput.get(node.outputs[0] ?? '') : undefined;
}

/** A NodeProto: input = 1, output = 2, op_type = 4. */
function identityNode({ input, output }: ZipMap): Uint8Array {
  return concatBytes([textField(1, input), textField(2, output), textField(4, 'Identity')]);
}

/** A ValueInfoProto of a float tensor [?, K]; K is left open where the ZipMap names no classes. */
function floatMatrix({ output, classes }: ZipMap): Uint8Array {
  const columns = classes.length === 0 ? new Uint8Array(0) : varintField(1, classes.length);
  const shape = concatBytes([bytesField(1, new Uint8Array(0)), bytesField(1, columns)]);
  const tensor = concatBytes([varintField(1, 1), bytesField(2, shape)]);
  return concatBytes([textField(1, output), bytesField(2, bytesField(1, tensor))]);
}
