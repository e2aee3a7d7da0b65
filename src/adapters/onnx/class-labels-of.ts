import type { NodeSummary } from './graph-summary.ts';

const INTEGERS = ['classlabels_int64s', 'classlabels_ints'];

/** The class labels of a ZipMap or an ONNX-ML classifier: its texts, else its integers. */
export function classLabelsOf(node: NodeSummary): readonly string[] {
  const strings = node.attributes.find((each) => each.name === 'classlabels_strings')?.strings ?? [];
  if (strings.length > 0) return strings;
  return (node.attributes.find((each) => INTEGERS.includes(each.name))?.integers ?? []).map(String);
}
