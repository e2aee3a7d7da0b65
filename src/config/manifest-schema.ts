import * as z from 'zod';
import { METRIC_KEYS, METRICS, type MetricKey } from '../core/metric.ts';
import { laneName, list, number, pattern, section, text, wholeNumber } from './allowed.ts';

/** Semantic version 2.0.0, https://semver.org: the expression that its specification suggests. */
export const SEMANTIC_VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$/;

const INSTANT = 'a time such as 2026-01-31T12:00:00Z';
const DAY = 'a date such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z';
const SHA256 = 'sha256: and 64 hex digits';

const instant = () => z.iso.datetime({ offset: true, error: INSTANT });
const day = () =>
  z.union([z.iso.date({ error: DAY }), z.iso.datetime({ offset: true, error: DAY })], { error: DAY });
const sha256 = () =>
  pattern(/^(?:sha256:)?[0-9a-f]{64}$/, SHA256).transform((hex) =>
    hex.startsWith('sha256:') ? hex : `sha256:${hex}`,
  );

const metricShape = Object.fromEntries(
  METRIC_KEYS.map((key) => [key, number().optional().describe(`${METRICS[key].name}.`)]),
) as Record<MetricKey, z.ZodOptional<z.ZodNumber>>;

const trainingWindow = section({
  from: day().describe('First day or moment of the training data.'),
  to: day().describe('Last day or moment of the training data.'),
}).refine(({ from, to }) => Date.parse(from) <= Date.parse(to), { error: 'from not after to' });

const metrics = section({
  test: section(metricShape).describe('Metrics on the held-out table.'),
  frozen: section(metricShape).optional().describe('Metrics on the frozen reference table.'),
});

const serving = section({
  latency_p95_ms: number({ min: 0, above: true }).describe(
    'Promised 95th percentile of the answer time, in ms.',
  ),
  availability: number({ min: 0, max: 1 }).optional().describe('Promised share of requests answered.'),
});

/** The fields of `manifest.json`, what a model's makers say of it. Nothing in it is believed where it can be recomputed. */
export const manifestSchema = section({
  schema: z.literal(1, { error: '1' }).describe('Version of this document’s format.'),
  model: laneName().describe('Name of the model, as in the config.'),
  version: pattern(SEMANTIC_VERSION, 'a semantic version such as 1.4.0').describe(
    'Semantic version of the model.',
  ),
  owner: text(200).describe('Who answers for the model: a user, a team, an address.'),
  trained_at: instant().describe('When training ended.'),
  training_window: trainingWindow.describe('The time span of the training data.'),
  git_sha: pattern(/^[0-9a-f]{40}$/, '40 hex digits').describe('Git commit of the training code.'),
  dataset_sha256: sha256().describe('SHA-256 of the training data.'),
  lockfile_sha256: sha256().describe('SHA-256 of the lockfile of the training environment.'),
  features: list(text(500), 'a list of feature names').describe('Feature names, in the order of the input.'),
  features_version: text(100).describe('Version of the feature schema.'),
  preprocessing: text(4000).describe('What happens to the features before the model, in a sentence or two.'),
  seed: wholeNumber().describe('Seed of the training run.'),
  threshold: number({ min: 0, max: 1 })
    .optional()
    .describe('A row counts as positive from this score on (classifiers).'),
  metrics: metrics.describe('Metrics as the training pipeline measured them.'),
  serving: serving.describe('What serving promises.'),
  rollback: text(4000).describe('How to go back to the release before.'),
});

export type Manifest = z.infer<typeof manifestSchema>;
