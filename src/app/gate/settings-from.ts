import type { ResolvedGates } from '../../config/resolve-gates.ts';
import type { MetricKey } from '../../core/metric.ts';
import type { GateSettings } from '../../gate/settings.ts';
import type { MetricGate } from '../../verdict/metric-gate.ts';
import { DEFAULT_SETTINGS } from '../../gate/settings.ts';

/** The settings of a gates section: its limits, and defaults for everything it does not name. */
export function settingsFrom(
  gates: ResolvedGates,
  policy: { missing: 'answer' | 'refused' | undefined; predictions: 'measured' | 'any' },
): GateSettings {
  const base = DEFAULT_SETTINGS;
  return {
    ...base,
    metrics: metricGates(gates.metrics),
    slices: {
      require: gates.slices.require,
      maxDrop: defined(gates.slices.max_drop),
      minRows: gates.slices.min_rows,
    },
    latency: defined({
      p50: gates.latency.p50,
      p95: gates.latency.p95,
      p99: gates.latency.p99,
      maxRatio: gates.latency.max_ratio,
      coldStart: gates.latency.cold_start,
    }),
    memory: defined({ peakRss: gates.memory.peak_rss, file: gates.memory.file }),
    throughput: defined({ minRowsPerSecond: gates.throughput.min_rows_per_second }),
    manifest: gates.manifest,
    declared: gates.declared,
    golden: gates.golden,
    structure: {
      ...base.structure,
      ...defined({
        domains: domainsOf(gates),
        fileBytes: gates.structure.file,
        nodes: gates.structure.nodes,
      }),
    },
    data: defined({
      maxDuplicates: gates.data.max_duplicates,
      frozenMayChange: gates.data.frozen_may_change,
      maxDuplicateIds: gates.data.max_duplicate_ids,
      maxSharedRows: gates.data.max_shared_rows,
      maxPsi: gates.data.max_psi,
      minRows: gates.data.min_rows,
      minPositives: gates.data.min_positives,
    }),
    limits: { timeoutMs: gates.limits.timeout, memoryBytes: gates.limits.memory },
    ...(policy.missing === undefined ? {} : { missing: policy.missing }),
    predictions: policy.predictions,
  };
}

/** The limits of a config's metrics section. */
export function metricGates(metrics: ResolvedGates['metrics']): Partial<Record<MetricKey, MetricGate>> {
  return Object.fromEntries(
    Object.entries(metrics).flatMap(([key, gate]) =>
      gate === undefined ? [] : [[key as MetricKey, metricGate(gate)]],
    ),
  );
}

/** Domains that the config allows, beside the standard ones. */
function domainsOf(gates: ResolvedGates): string[] | undefined {
  const named = gates.structure.domains;
  return named === undefined ? undefined : [...new Set([...DEFAULT_SETTINGS.structure.domains, ...named])];
}

type Loose = NonNullable<ResolvedGates['metrics'][MetricKey]>;

function metricGate(gate: Loose): MetricGate {
  return {
    ...defined({ min: gate.min, max: gate.max, maxDrop: gate.max_drop, bound: gate.bound }),
    compare: gate.compare ?? 'champion',
    decide: gate.decide,
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
