import type { Placements } from './delong.ts';

/** Rows gathered by an entity: rows of one cluster count as one observation. */
export interface Clusters {
  /** Number of clusters. */
  count: number;
  /** Cluster of each row, in [0, count), numbered by first appearance. */
  indexOf: Int32Array;
  /** Rows of each cluster, ≥ 1. */
  sizes: Float64Array;
}

/** Numbers the clusters of n rows; `ids` may be any integers. */
export function gatherClusters(ids: Int32Array): Clusters {
  const numbers = new Map<number, number>();
  const indexOf = ids.map((id) => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  });
  return { count: numbers.size, indexOf, sizes: sumsByCluster(indexOf, () => 1, numbers.size) };
}

/** Sums of a row's value over each cluster. */
export function sumsByCluster(
  indexOf: Int32Array,
  valueOf: (row: number) => number,
  count: number,
): Float64Array {
  const sums = new Float64Array(count);
  for (let row = 0; row < indexOf.length; row++) {
    const cluster = indexOf[row] as number;
    sums[cluster] = (sums[cluster] as number) + valueOf(row);
  }
  return sums;
}

/** An estimated AUC loss with the moments of its error. */
export interface ClusteredMoments {
  variance: number;
  third: number;
  /** The largest change that one cluster could make to the loss. */
  step: number;
  /** The smaller of the numbers of clusters with a positive and with a negative row. */
  smaller: number;
}

/**
 * Moments of a difference of two AUCs from placement differences that are summed over clusters.
 * Source: Obuchowski 1997, "Nonparametric analysis of clustered ROC curve data", Biometrics 53, eq. for S₁₀, S₀₁, S₁₁;
 * the third moment is that of the clusters' joint sums.
 */
export function clusteredMoments(
  labels: Uint8Array,
  { auc, positives, negatives }: Placements,
  { indexOf, count }: Clusters,
): ClusteredMoments {
  const isPositive = (row: number): number => (labels[row] === 1 ? 1 : 0);
  const positiveRows = sumsByCluster(indexOf, isPositive, count);
  const negativeRows = sumsByCluster(indexOf, (row) => 1 - isPositive(row), count);
  let [p, q] = [0, 0];
  const above = new Float64Array(count);
  const below = new Float64Array(count);
  for (let row = 0; row < labels.length; row++) {
    const cluster = indexOf[row] as number;
    if (labels[row] === 1) above[cluster] = (above[cluster] as number) + (positives[p++] as number) - auc;
    else below[cluster] = (below[cluster] as number) + (negatives[q++] as number) - auc;
  }
  const withPositives = positiveRows.filter((rows) => rows > 0).length;
  const withNegatives = negativeRows.filter((rows) => rows > 0).length;
  let [variance, third, step] = [0, 0, 0];
  for (let cluster = 0; cluster < count; cluster++) {
    const x = (above[cluster] as number) / p;
    const y = (below[cluster] as number) / q;
    variance += correction(withPositives) * x * x + correction(withNegatives) * y * y;
    variance += 2 * correction(count) * x * y;
    third += (x + y) ** 3;
    step = Math.max(step, (positiveRows[cluster] as number) / p + (negativeRows[cluster] as number) / q);
  }
  return { variance, third, step, smaller: Math.min(withPositives, withNegatives) };
}

function correction(count: number): number {
  return count > 1 ? count / (count - 1) : Infinity;
}
