/** Element types that tables become; anything else in a signature is refused by name. */
export const ELEMENT_TYPES = ['float32', 'float64', 'int32', 'int64', 'bool', 'string'] as const;

export type ElementType = (typeof ELEMENT_TYPES)[number];

/** One input or output as the ONNX file declares it. A dimension is a size, a symbol (`'N'`), or `undefined` when unknown. */
export interface TensorInfo {
  name: string;
  /** An `ElementType`, another ONNX tensor type by its ONNX name, or `map`, `sequence`, `optional`. */
  type: string;
  /** `undefined` where the file declares no shape at all. */
  shape: readonly (number | string | undefined)[] | undefined;
}

export interface Signature {
  inputs: readonly TensorInfo[];
  outputs: readonly TensorInfo[];
}

/** The ceilings of the bounded read; a file beyond one is refused before any runtime sees it. */
export interface StructureLimits {
  fileBytes: number;
  nodes: number;
  /** Nesting of subgraphs (If, Loop, Scan) and of protobuf messages. */
  depth: number;
  /** The largest product of dimensions that one tensor may declare. */
  tensorElements: number;
  /** Operator domains that may be used; `''` is the standard one, `ai.onnx.ml` the classical-ML one. */
  domains: readonly string[];
}

/** One thing that the bounded read refuses, as a stable code and a sentence. */
export interface StructureProblem {
  code:
    | 'not-onnx'
    | 'truncated'
    | 'too-large'
    | 'too-many-nodes'
    | 'too-deep'
    | 'absurd-dimensions'
    | 'external-data'
    | 'unknown-domain'
    | 'cycle'
    | 'no-graph'
    | 'no-outputs'
    | 'duplicate-name';
  message: string;
}

/** What the bounded read of an ONNX file saw. Read without running anything of it. */
export interface ModelStructure {
  fileBytes: number;
  irVersion: number | undefined;
  opsets: readonly { domain: string; version: number }[];
  producer: string | undefined;
  /** `metadata_props` of the model: feature names, version, task where the exporter wrote them. */
  metadata: Readonly<Record<string, string>>;
  /** Nodes in the graph and all its subgraphs and functions. */
  nodes: number;
  /** Operator types with their domain (`ai.onnx.ml.TreeEnsembleClassifier`), and how often each occurs. */
  operators: Readonly<Record<string, number>>;
  /** Parameters: elements of all initializers. */
  parameters: number;
  signature: Signature;
  /** Set when the graph ends in a ZipMap: its name, and the tensor that takes its output's place. */
  zipMap: { output: string; bypassedBy: string; classes: readonly string[] } | undefined;
  /**
   * Class of each column, by output, where the file says it: the class labels of the classifier or ZipMap that the output comes
   * from without a change of its columns.
   */
  classLabels?: Readonly<Record<string, readonly string[]>>;
  problems: readonly StructureProblem[];
}

/** A tensor on its way to or from a model. `dims` multiply to the number of elements. int64 and bool travel as such. */
export interface Tensor {
  type: ElementType;
  dims: readonly number[];
  data: Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array | readonly string[];
}

/** Tensors by input or output name. */
export type Tensors = Readonly<Record<string, Tensor>>;
