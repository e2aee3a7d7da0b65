import type { Signature } from '../../core/model.ts';
import type { PackedTensor } from './pack-tensors.ts';

/** File descriptor of the socket between parent and child, on the child's side. */
export const CHANNEL = 3;

/** What the parent asks. `load` has the model as its body, the others tensors. */
export type Request =
  | { kind: 'load'; threads: number }
  | { kind: 'run'; tensors: readonly PackedTensor[] }
  | { kind: 'time'; rows: readonly (readonly PackedTensor[])[] };

/** What the child answers. The body of `times` is one float64 a row, in milliseconds. */
export type Reply =
  | { kind: 'loaded'; loadMs: number; signature: Signature }
  | { kind: 'outputs'; tensors: readonly PackedTensor[] }
  | { kind: 'times' }
  | { kind: 'failed'; failure: 'rejected' | 'no-runtime'; message: string };

/** Environment variables that the child reads: where ONNX Runtime is, and the parent to watch. */
export const RUNTIME_VARIABLE = 'KNOWN_GOOD_RUNTIME';
export const PARENT_VARIABLE = 'KNOWN_GOOD_PARENT';
