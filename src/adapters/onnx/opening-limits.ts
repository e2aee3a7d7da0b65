import type { StructureLimits } from '../../core/model.ts';

/**
 * Limits for reading a model that is being opened. Whoever opens one has inspected it under limits of their own;
 * these only keep the reader bounded, and beyond them a model goes to ONNX Runtime as it is.
 */
export const OPENING_LIMITS: StructureLimits = {
  fileBytes: Number.MAX_SAFE_INTEGER,
  nodes: 200_000,
  depth: 64,
  tensorElements: Number.MAX_SAFE_INTEGER,
  domains: [],
};
