import type { MetricKey } from '../core/metric.ts';
import type { MetricGate } from '../verdict/metric-gate.ts';

/** Everything a shadow asks for, defaults filled in. An absent limit is not a limit: the check then informs. */
export interface ShadowSettings {
  metrics: Partial<Record<MetricKey, MetricGate>>;
  slices: {
    /** Margins for slices, where they differ from the metric's own. */
    maxDrop: Partial<Record<MetricKey, number>>;
    /** Slices below this many labelled rows are named and not tested. */
    minRows: number;
  };
  /** Shares of requests, in [0, 1]. */
  coverage: { maxUnmatched: number; maxDuplicates: number; maxMalformed: number; maxUnlabelled: number };
  /** `max` is a share; `tolerance` is in prediction units, for tasks without decisions. */
  disagreement: { max: number; tolerance?: number };
  /** Shares of requests. */
  errors: { max?: number; maxIncrease: number };
  /** Milliseconds; `maxRatio` of the 95th percentiles. */
  latency: { p50?: number; p95?: number; p99?: number; maxRatio?: number };
  drift: { maxPsi?: number };
  /** Labelled requests that the bounds are tightest at; fixed before the first look. */
  plannedLabels: number;
  seed: number;
}

/** What a shadow asks for when nobody says otherwise. */
export const DEFAULT_SHADOW_SETTINGS: ShadowSettings = {
  metrics: {},
  slices: { maxDrop: {}, minRows: 50 },
  coverage: { maxUnmatched: 0.01, maxDuplicates: 0.01, maxMalformed: 0, maxUnlabelled: 0.5 },
  disagreement: { max: 0.3 },
  errors: { maxIncrease: 0.01 },
  latency: {},
  drift: {},
  plannedLabels: 10_000,
  seed: 20_240_501,
};
