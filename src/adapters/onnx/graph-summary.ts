import type { TensorInfo } from '../../core/model.ts';

/** What a tensor stored in the file declares, with its values only where they are few. */
export interface StoredTensor {
  name: string;
  /** ONNX element type, see `elementTypeName`. */
  type: number;
  dims: readonly number[];
  /** The numbers of a tensor of at most 64 elements; `undefined` for larger ones and other types. */
  few: readonly number[] | undefined;
}

/** An attribute that structure depends on: subgraphs, a stored tensor, labels or a shape. */
export interface AttributeSummary {
  name: string;
  graphs: readonly GraphSummary[];
  tensor: StoredTensor | undefined;
  integers: readonly number[];
  strings: readonly string[];
}

/** One node: what it computes, from which values, to which. Its domain is `''` for the standard operators. */
export interface NodeSummary {
  name: string;
  operator: string;
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: AttributeSummary[];
}

/** One graph of the model, of an attribute of a node, or of a function, in file order. */
export interface GraphSummary {
  nodes: NodeSummary[];
  initializers: StoredTensor[];
  inputs: TensorInfo[];
  outputs: TensorInfo[];
}
