import * as z from 'zod';
import { METRIC_KEYS, METRICS, type MetricKey } from '../core/metric.ts';
import {
  byteSize,
  duration,
  flag,
  list,
  number,
  oneOf,
  section,
  text,
  wholeNumber,
  type Range,
} from './allowed.ts';

/** Where the values of a metric can lie. */
function valuesOf(key: MetricKey): Range {
  if (METRICS[key].unit === 'share') return { min: 0, max: 1 };
  if (key === 'mcc') return { min: -1, max: 1 };
  if (key === 'r2') return { max: 1 };
  return key === 'bias' || key === 'mean_score' ? {} : { min: 0 };
}

/** How far a metric can fall: a share at most by 1. */
function dropsOf(key: MetricKey): Range {
  return METRICS[key].unit === 'share' ? { min: 0, max: 1 } : { min: 0 };
}

const decide = oneOf(['point', 'interval']);
const compare = oneOf(['off']);

/** What bounds the loss of one row: its size, or for scores the range that they lie in. */
function boundOf(key: MetricKey) {
  const size = number({ min: 0, above: true });
  const range = section({
    low: z.number({ error: 'a number' }).describe('The lowest score there can be.'),
    high: z.number({ error: 'a number' }).describe('The highest score there can be.'),
  }).refine(({ low, high }) => low < high, { error: 'low below high' });
  if (key === 'mean_score')
    return range.optional().describe('The range of the scores: without it nothing is proved.');
  return size
    .optional()
    .describe('Each row’s loss is cut at this value, so that its mean has a proved bound.');
}

function metricGate(key: MetricKey) {
  const { name } = METRICS[key];
  const gate = section({
    min: number(valuesOf(key)).optional().describe(`${name} must be at least this.`),
    max: number(valuesOf(key)).optional().describe(`${name} must be at most this.`),
    max_drop: number(dropsOf(key))
      .optional()
      .describe(`How much worse than the champion ${name} may be, in its own unit.`),
    compare: compare.optional().describe('off: this metric is not compared with the champion.'),
    decide: decide
      .optional()
      .describe(
        'interval (default): the 95 % bound must clear the limit; point: the measured value alone decides.',
      ),
    bound: boundOf(key),
  });
  return gate.optional().describe(`Limits for ${name}.`);
}

type MetricGateSchema = ReturnType<typeof metricGate>;

const metricShape = Object.fromEntries(METRIC_KEYS.map((key) => [key, metricGate(key)])) as Record<
  MetricKey,
  MetricGateSchema
>;

const dropShape = Object.fromEntries(
  METRIC_KEYS.map((key) => [
    key,
    number(dropsOf(key)).optional().describe(`How much worse ${METRICS[key].name} may be on any slice.`),
  ]),
) as Record<MetricKey, z.ZodOptional<z.ZodNumber>>;

/** Limits by metric. */
export const metricsSchema = section(metricShape);

/** Margins by metric. */
export const dropsSchema = section(dropShape);

const slices = section({
  require: oneOf(['proved', 'shown'])
    .optional()
    .describe(
      'proved: a slice too small to prove holds the verdict; shown (default): it is named and no more.',
    ),
  max_drop: dropsSchema.optional().describe('How much worse than the champion a slice may be, by metric.'),
  min_rows: wholeNumber({ min: 2 })
    .optional()
    .describe('Slices with fewer rows count as too small (default 50).'),
});

const latency = section({
  p50: duration().optional().describe('Longest median time for one row.'),
  p95: duration().optional().describe('Longest 95th percentile of the time for one row.'),
  p99: duration().optional().describe('Longest 99th percentile of the time for one row.'),
  max_ratio: number({ min: 0, above: true })
    .optional()
    .describe('Largest median time as a multiple of the champion’s in the same run.'),
  cold_start: duration().optional().describe('Longest time from loading the model to its first answer.'),
});

const memory = section({
  peak_rss: byteSize().optional().describe('Largest resident memory of the inference process.'),
  file: byteSize().optional().describe('Largest model file.'),
});

const throughput = section({
  min_rows_per_second: number({ min: 0, above: true })
    .optional()
    .describe('Fewest rows a second in batches.'),
});

const declared = section({
  required: flag().optional().describe('Whether metrics.json must exist (default false).'),
  tolerance: number({ min: 0 })
    .optional()
    .describe(
      'How far a declared metric may be from the measured one (default 0.001): absolute, but for metrics in the label’s unit a share of the measured value (bias: of the measured mean absolute error).',
    ),
});

const golden = section({
  required: flag().optional().describe('Whether golden.jsonl must exist (default false).'),
  tolerance: number({ min: 0 })
    .optional()
    .describe(
      'How far an answer may be from the recorded one, times the larger of 1 and its size (default 0.00001).',
    ),
});

const structure = section({
  domains: list(z.string({ error: 'an operator domain' }).max(200), 'a list of operator domains', 0)
    .optional()
    .describe('Operator domains that a model may use; the standard ones are "" and ai.onnx.ml.'),
  file: byteSize().optional().describe('Largest model file that is read at all.'),
  nodes: wholeNumber({ min: 1 }).optional().describe('Most nodes of the graph, subgraphs included.'),
});

const data = section({
  max_duplicates: number({ min: 0, max: 1 })
    .optional()
    .describe(
      'Largest share of rows that may repeat another row, or its id (default 0.05; rows with ids of their own or a cluster column are only shown).',
    ),
  frozen_may_change: flag()
    .optional()
    .describe('true: the frozen table may differ from the one at the base commit (default false).'),
  max_duplicate_ids: wholeNumber({ min: 0 })
    .optional()
    .describe('Most ids that may occur more than once in a table.'),
  max_shared_rows: wholeNumber({ min: 0 })
    .optional()
    .describe('Most test rows that may also be in the training table.'),
  max_psi: number({ min: 0, above: true })
    .optional()
    .describe(
      'Largest drift (PSI) of any feature of the test table from the training table; without it drift is shown.',
    ),
  min_rows: wholeNumber({ min: 1 }).optional().describe('Fewest rows of the test table.'),
  min_positives: wholeNumber({ min: 1 }).optional().describe('Fewest rows of the positive class.'),
});

const limits = section({
  timeout: duration().optional().describe('Time that loading, and each request, may take (default 60s).'),
  memory: byteSize()
    .optional()
    .describe('Resident memory that the inference process may reach (default 2GiB).'),
});

/** The `gates` of a model, or of a model in an environment: every key optional, no defaults (see `resolveGates`). */
export const gatesSchema = section({
  metrics: metricsSchema.optional().describe('Limits by metric.'),
  slices: slices.optional().describe('What may happen on the slices of data.slices.'),
  latency: latency.optional().describe('Limits on time; without them it is shown and never decides.'),
  memory: memory.optional().describe('Limits on memory; without them it is shown and never decides.'),
  throughput: throughput.optional().describe('Limits on batch throughput; without them it is shown.'),
  manifest: oneOf(['required', 'optional'])
    .optional()
    .describe(
      'required: manifest.json must exist and be complete; optional (default): what is missing is shown.',
    ),
  declared: declared.optional().describe('metrics.json against the measured metrics.'),
  golden: golden.optional().describe('golden.jsonl, the recorded answers, against the model’s.'),
  structure: structure.optional().describe('What the model file may hold.'),
  data: data.optional().describe('What the tables must be like; without limits it is shown.'),
  limits: limits.optional().describe('Ceilings of the inference process.'),
}).meta({ id: 'gates', title: 'Gates' });

/** Durations in milliseconds, sizes in bytes. */
export type Gates = z.infer<typeof gatesSchema>;

export type MetricGate = NonNullable<NonNullable<Gates['metrics']>[MetricKey]>;

/** A column name of 1 to 500 characters. */
export const columnName = () => text(500, 'the name of a column');
