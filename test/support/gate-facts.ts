import { digestOf } from '../../src/core/digest.ts';
import { known, unknown } from '../../src/core/fact.ts';
import type { ModelStructure, Signature } from '../../src/core/model.ts';
import type { Sample } from '../../src/core/task.ts';
import type { DataFacts, GateFacts, Probes, SideFacts } from '../../src/gate/facts.ts';
import type { Answers } from '../../src/gate/mapping/answers.ts';
import type { GateSettings } from '../../src/gate/settings.ts';
import type { MetricGate } from '../../src/verdict/metric-gate.ts';
import { DEFAULT_SETTINGS } from '../../src/gate/settings.ts';

/** A sentence that stands for every reason why something could not be learned. */
export const WHY = 'nobody told.';

/** Two features in one float matrix, a label and two probabilities. */
export const SIGNATURE: Signature = {
  inputs: [{ name: 'x', type: 'float32', shape: [undefined, 2] }],
  outputs: [
    { name: 'label', type: 'int64', shape: [undefined] },
    { name: 'p', type: 'float32', shape: [undefined, 2] },
  ],
};

const STRUCTURE: ModelStructure = {
  fileBytes: 1000,
  irVersion: 8,
  opsets: [{ domain: '', version: 17 }],
  producer: undefined,
  metadata: { feature_names: '["a","b"]' },
  nodes: 3,
  operators: { Gemm: 1 },
  parameters: 3,
  signature: SIGNATURE,
  zipMap: undefined,
  problems: [],
};

/** A model that was read, loaded and timed without any trouble. */
export function side(more: Partial<SideFacts> = {}): SideFacts {
  return {
    path: 'models/m',
    digest: digestOf('artifact'),
    modelDigest: digestOf('model'),
    files: 1,
    version: '1.0.0',
    structure: STRUCTURE,
    opened: known({ signature: SIGNATURE, loadMs: 5 }),
    inputs: known({
      feeds: [{ kind: 'matrix', input: 'x', type: 'float32', columns: ['a', 'b'], rank: 2 }],
      fixedBatch: undefined,
    }),
    outputs: known({ numbers: 'p', label: 'label', width: 2 }),
    coldStartMs: known(6),
    latencyMs: known(Float64Array.from({ length: 1000 }, (_, i) => 1 + (i % 10) / 100)),
    rowsPerSecond: known(10_000),
    peakMemory: known(50_000_000),
    ...more,
  };
}

/** The same side with other metadata, or a problem of its structure. */
export function sideOf(structure: Partial<ModelStructure>, more: Partial<SideFacts> = {}): SideFacts {
  return side({ structure: { ...STRUCTURE, ...structure }, ...more });
}

/** A side with this signature, its plans made of it. */
export function sideWith(signature: Signature, more: Partial<SideFacts> = {}): SideFacts {
  return side({ opened: known({ signature, loadMs: 5 }), structure: { ...STRUCTURE, signature }, ...more });
}

/** n rows of a binary task; `skill` in [0, 1] is how far the positive rows score above the others. */
export function binarySample(n: number, skill = 0.5): Sample {
  const labels = Uint8Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const noise = (i: number) => ((i * 7919) % 1009) / 1009;
  const scores = Float64Array.from(labels, (label, i) => skill * label + (1 - skill) * noise(i));
  const decisions = Uint8Array.from(scores, (score) => (score >= 0.5 ? 1 : 0));
  return { task: 'binary-classification', labels, scores, decisions };
}

/** What a model answered to give this binary sample: two columns that sum to 1, and the more probable label. */
export function answersOf(sample: Sample): Answers {
  if (sample.task !== 'binary-classification') throw new Error('binary samples only');
  const scores = Array.from(sample.scores);
  return {
    rows: scores.length,
    width: 2,
    numbers: Float64Array.from(scores.flatMap((score) => [1 - score, score])),
    labels: scores.map((score) => (score > 0.5 ? '1' : '0')),
  };
}

/** A test table of 1,500 rows on which both models answer; the challenger is the better one. */
export function tableFacts(more: Partial<DataFacts> = {}): DataFacts {
  const challenger = binarySample(1500, 0.5);
  const champion = binarySample(1500, 0.4);
  const labels = challenger.task === 'binary-classification' ? Array.from(challenger.labels, String) : [];
  return {
    role: 'test',
    path: 'test.csv',
    digest: digestOf('table'),
    rows: 1500,
    labelColumn: 'y',
    labels: known(labels),
    scheme: known({
      task: 'binary-classification',
      negative: '0',
      positive: '1',
      threshold: 0.5,
      classes: ['0', '1'],
    }),
    ids: labels.map((_, i) => `r${i}`),
    clusters: undefined,
    slices: [],
    slicesMissing: undefined,
    challenger: known({ sample: challenger, answers: answersOf(challenger) }),
    champion: known({ sample: champion, answers: answersOf(champion) }),
    naive: known(binarySample(1500, 0)),
    sharedWithTraining: undefined,
    ...more,
  };
}

/** A model measured as this sample, with answers where they can be made. */
export function measured(sample: Sample): DataFacts['challenger'] {
  return known(sample.task === 'binary-classification' ? { sample, answers: answersOf(sample) } : { sample });
}

/** Probes without any surprise. */
export const PROBES: Probes = {
  batches: [0, 1, 1000].map((rows) => ({ rows, result: known({ kind: 'answered', rows, nonFinite: 0 }) })),
  missing: known({ rows: 2, nonFinite: [], refused: [] }),
  extreme: known({ rows: 2, nonFinite: [], refused: [] }),
  twice: known({ rows: 1000, differing: 0, largest: 0 }),
  alone: known({ rows: 20, differing: 0, largest: 0 }),
};

/** Everything known, and nothing wrong. */
export function gateFacts(more: Partial<GateFacts> = {}): GateFacts {
  return {
    model: 'bank',
    task: known('binary-classification'),
    predictions: 'measured',
    contract: known({ features: ['a', 'b'], source: 'config' }),
    challenger: side(),
    champion: side({ modelDigest: digestOf('other model') }),
    noChampion: undefined,
    documents: {
      manifest: undefined,
      championManifest: undefined,
      declared: undefined,
      golden: known(undefined),
    },
    data: [tableFacts()],
    probes: PROBES,
    threshold: { value: 0.5, source: 'default' },
    ...more,
  };
}

/** The facts of a gate for which nothing at all could be learned. */
export function unknownFacts(): GateFacts {
  const nothing = unknown(WHY);
  const dark = {
    opened: nothing,
    inputs: nothing,
    outputs: nothing,
    coldStartMs: nothing,
    latencyMs: nothing,
    rowsPerSecond: nothing,
    peakMemory: nothing,
  };
  const data = { labels: nothing, scheme: nothing, challenger: nothing, champion: nothing, naive: nothing };
  const probes = { missing: nothing, extreme: nothing, twice: nothing, alone: nothing };
  return gateFacts({
    task: nothing,
    contract: nothing,
    challenger: side(dark),
    champion: side(dark),
    documents: {
      manifest: { fields: { model: 'bank', version: '1.0.0' }, problems: [] },
      championManifest: undefined,
      declared: {
        metrics: { roc_auc: 0.8 },
        frozen: undefined,
        threshold: undefined,
        dataset: {},
        unknown: [],
        problems: [],
      },
      golden: nothing,
    },
    data: [tableFacts({ ...data, slices: [{ name: 's', values: ['a'] }], sharedWithTraining: nothing })],
    probes: { ...probes, batches: [{ rows: 1, result: nothing }] },
  });
}

/** Settings that ask for nothing but these metrics. */
export function settingsOf(
  metrics: Partial<Record<keyof GateSettings['metrics'], Partial<MetricGate>>> = {},
  more: Partial<GateSettings> = {},
): GateSettings {
  const gates = Object.entries(metrics).map(([key, gate]) => [
    key,
    { compare: 'champion', decide: 'interval', ...gate },
  ]);
  return { ...DEFAULT_SETTINGS, metrics: Object.fromEntries(gates), ...more };
}

/** A limit wherever there can be one. */
export const EVERYTHING: Partial<GateSettings> = {
  latency: { p50: 10, p95: 10, p99: 10, maxRatio: 2, coldStart: 1000 },
  memory: { peakRss: 2 ** 30, file: 2 ** 30 },
  throughput: { minRowsPerSecond: 1 },
  manifest: 'required',
  declared: { required: true, tolerance: 0.001 },
  golden: { required: true, tolerance: 1e-5 },
  data: { maxDuplicateIds: 0, maxSharedRows: 0, minRows: 1, minPositives: 1 },
  slices: { require: 'proved', maxDrop: { roc_auc: 0.05 }, minRows: 50 },
  missing: 'answer',
};
