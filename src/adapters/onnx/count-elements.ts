const MOST_DIMENSIONS = 64;

/** Product of the dimensions; 1 for a scalar; `undefined` for a negative or inexact dimension, or more than 64 of them. */
export function countElements(dims: readonly number[]): number | undefined {
  if (dims.length > MOST_DIMENSIONS) return undefined;
  if (!dims.every((each) => Number.isSafeInteger(each) && each >= 0)) return undefined;
  return dims.reduce((product, each) => product * each, 1);
}
