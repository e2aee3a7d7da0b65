import type * as z from 'zod';
import { duration, flag, list, number, oneOf, pattern, section, text, wholeNumber } from './allowed.ts';
import { columnName, metricsSchema, dropsSchema } from './gates-schema.ts';
import { sliceSchema } from './slice-schema.ts';

const path = () => text(1000, 'a path or a pattern such as logs/*.parquet');
const paths = () => list(path(), 'a list of paths or patterns such as logs/*.parquet');

const side = section({
  score: columnName().describe('Its score or prediction.'),
  latency: columnName().optional().describe('How long it took, in milliseconds.'),
  error: columnName().optional().describe('The error it ended in; empty where it answered.'),
  version: columnName().optional().describe('Version, git SHA or digest of the release that answered.'),
});

const columns = section({
  id: columnName().describe('Names a request; the same in the label files.'),
  time: columnName().describe(
    'When it was asked: ISO 8601, a timestamp, or seconds or milliseconds since 1970.',
  ),
  label: columnName().optional().describe('The true label, in the log, the label files, or both.'),
  label_time: columnName()
    .optional()
    .describe('When the label became known; the latest label of a request counts.'),
  champion: side.describe(
    'Columns of the model that acted. Nested fields are written with dots: champion.score.',
  ),
  challenger: side.describe('Columns of the model that only answered beside it.'),
  features: columnName()
    .optional()
    .describe('The field that holds the features, where they are nested in one.'),
});

const labelColumns = section({
  id: columnName().optional().describe('Names a request.'),
  label: columnName().optional().describe('The true label.'),
  label_time: columnName().optional().describe('When the label became known.'),
});

const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z)?$/;
const DATE_ALLOWED = 'a date such as 2026-01-31 or 2026-01-31T12:00:00Z, in UTC';
const date = () => pattern(DATE, DATE_ALLOWED).refine(isDay, { error: DATE_ALLOWED });

/** Whether the calendar has that day and the clock that time: the pattern alone takes 2026-02-30. */
function isDay(text: string): boolean {
  const at = Date.parse(text);
  return Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === text.slice(0, 10);
}

const share = () => number({ min: 0, max: 1 });

/** The `shadow` of a model: where champion and challenger were logged side by side, and what decides. */
export const shadowSchema = section({
  log: paths().describe('The log: one row a request, with both models.'),
  labels: paths().optional().describe('Labels that came later, by id.'),
  columns: columns
    .optional()
    .describe('What the columns are called; guessed by common names, and printed, when absent.'),
  label_columns: labelColumns
    .optional()
    .describe('Columns of the label files, where they have other names than in the log.'),
  trust_log: flag()
    .optional()
    .describe(
      'true: the log has no version columns, and holds these two releases all the same (default false: then the verdict is no evidence).',
    ),
  window: section({
    from: date().optional().describe('The first moment that counts.'),
    to: date().optional().describe('The first moment that no longer counts.'),
  })
    .optional()
    .describe('Requests from … to (not included); all when absent.'),
  features: list(columnName(), 'a list of columns')
    .optional()
    .describe('Features to look at for drift (default: those of the reference that the log has).'),
  reference: path().optional().describe('The training reference for drift (default: data.train).'),
  slices: list(sliceSchema, 'a list of columns or { column, edges }')
    .optional()
    .describe('Parts to look at one by one (default: data.slices that the log has).'),
  matured_after: duration()
    .optional()
    .describe(
      'Requests younger than this do not decide (default: the 95th percentile of the labels’ delay).',
    ),
  planned: section({
    labels: wholeNumber({ min: 20 })
      .optional()
      .describe(
        'Labelled requests that the shadow is planned for (default 10000); bounds are tightest there.',
      ),
    until: date().optional().describe('When the shadow is planned to end.'),
  })
    .optional()
    .describe('Fixed before the first look; every look until then, and after, is valid.'),
  metrics: metricsSchema.optional().describe('Limits by metric (default: max_drop of gates.metrics).'),
  max_drop: dropsSchema
    .optional()
    .describe('How much worse than the champion a slice may be, by metric (default: as overall).'),
  min_rows: wholeNumber({ min: 2 })
    .optional()
    .describe('Slices with fewer labelled rows count as too small (default 50).'),
  disagreement: section({
    max: share()
      .optional()
      .describe('Largest share of requests on which both decide otherwise (default 0.30).'),
    tolerance: number({ min: 0 })
      .optional()
      .describe(
        'Of predictions that are numbers: differences up to this are agreement; needed to count them.',
      ),
  })
    .optional()
    .describe('How often both may decide otherwise.'),
  coverage: section({
    max_unmatched: share()
      .optional()
      .describe(
        'Largest share of requests that only one model answered or failed on, and of rows with an answer that names no version (default 0.01).',
      ),
    max_duplicates: share().optional().describe('Largest share of rows that repeat an id (default 0.01).'),
    max_rejected: wholeNumber({ min: 0 })
      .optional()
      .describe('Most broken lines that are left out and counted (default 0: one stops the run).'),
    max_malformed: share()
      .optional()
      .describe(
        'Largest share of values that are not what their column holds, of rows without an id or a time or from the future, and of labels older than their request (default 0).',
      ),
    max_unlabelled: share()
      .optional()
      .describe(
        'Largest share of matured requests without a label, of all and of those that the champion decided alike (default 0.5).',
      ),
  })
    .optional()
    .describe('What the log may lack before it proves nothing.'),
  errors: section({
    max: share().optional().describe('Largest share of requests that the challenger fails on.'),
    max_increase: share()
      .optional()
      .describe('By how much more of the requests than the champion it may fail on (default 0.01).'),
  })
    .optional()
    .describe('How often the challenger may fail to answer.'),
  latency: section({
    p50: duration().optional().describe('Longest median time for one request.'),
    p95: duration().optional().describe('Longest 95th percentile of the time for one request.'),
    p99: duration().optional().describe('Longest 99th percentile of the time for one request.'),
    max_ratio: number({ min: 0, above: true })
      .optional()
      .describe('Largest 95th percentile as a multiple of the champion’s.'),
  })
    .optional()
    .describe('Limits on the challenger’s time; without them it is shown.'),
  drift: section({
    max_psi: number({ min: 0, above: true })
      .optional()
      .describe('Largest PSI of any feature against the reference; without it drift is shown.'),
    smoothing: oneOf(['half', 'floor'])
      .optional()
      .describe(
        'Of empty bins: half a row each (half, default), or a share of 0.0001 (floor), as most tools do.',
      ),
  })
    .optional()
    .describe('How far the traffic may be from the training reference; without a limit it is shown.'),
});

/** Durations in milliseconds; defaults are not filled in. */
export type ShadowConfig = z.infer<typeof shadowSchema>;
