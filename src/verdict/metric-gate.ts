/** What a gate asks of one metric. Limits in the metric's own unit. */
export interface MetricGate {
  min?: number;
  max?: number;
  /** Largest loss against the champion that is still acceptable, ≥ 0. */
  maxDrop?: number;
  compare: 'champion' | 'off';
  /** `interval`: the one-sided 95 % bound decides. `point`: the measured value does. */
  decide: 'interval' | 'point';
  /** Largest single loss that counts (absolute error, nats), or the range of scores. */
  bound?: number | { low: number; high: number };
}
