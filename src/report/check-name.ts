import type { CheckName, CheckResult } from '../core/check.ts';
import { METRICS } from '../core/metric.ts';
import { code, plainText, text, type Inline } from './document.ts';
import { clipText } from './visible-text.ts';

const LENGTH = 60;

/** A check as a person reads it. */
export const CHECK_TITLES: Readonly<Record<CheckName, string>> = {
  log: 'Log',
  labels: 'Labels',
  coverage: 'Coverage',
  agreement: 'Disagreement',
  gates: 'Changed gates',
  structure: 'Structure',
  signature: 'Signature',
  manifest: 'Manifest',
  data: 'Data',
  metrics: 'Metrics',
  declared: 'Declared metrics',
  champion: 'Champion',
  promise: 'Offline against online',
  slices: 'Slices',
  errors: 'Errors',
  drift: 'Drift',
  smoke: 'Smoke',
  determinism: 'Determinism',
  golden: 'Golden rows',
  'label-output': 'Label output',
  latency: 'Latency',
  memory: 'Memory',
};

const KNOWN_IDS: Readonly<Record<string, string | undefined>> = {
  'champion.guessing.champion': 'Champion against guessing',
  'champion.guessing.challenger': 'Challenger against guessing',
  'gates.base': 'Base commit',
  'gates.files': 'Changed tables and documents',
  'gates.champion': 'Changed champion',
  'gates.frozen': 'Frozen reference set',
  'structure.load': 'Loading',
  'manifest.version': 'Version',
  'data.labels': 'Labels',
  'data.duplicate_ids': 'Duplicate ids',
  'data.repeated_rows': 'Share of repeated rows',
  'data.shared_rows': 'Rows shared with training',
  'data.drift': 'Drift from training',
  'smoke.batches': 'Batch sizes',
  'smoke.missing': 'Missing values',
  'smoke.extreme': 'Extreme values',
  'determinism.twice': 'Same rows twice',
  'determinism.alone': 'Rows alone',
  'latency.cold_start': 'Cold start',
  'latency.throughput': 'Throughput',
  'memory.file': 'File size',
  'memory.peak_rss': 'Peak memory',
  'log.versions': 'Releases in the log',
  'log.requests': 'Requests in the log',
  'log.malformed': 'Unreadable values',
  'log.duplicates': 'Rows that repeat an id',
  'log.rejected': 'Broken lines',
  'log.without-id': 'Rows without an id',
  'log.without-time': 'Rows without a time',
  'log.outside-window': 'Rows outside of the window',
  'log.other-versions': 'Rows of other versions',
  'log.swapped': 'Rows with swapped roles',
  'labels.known': 'Labels',
  'labels.missing': 'Requests without a label',
  'labels.maturity': 'Young labels',
  'labels.oddities': 'Odd labels',
  'coverage.unmatched': 'Requests of one model only',
  'coverage.neither': 'Requests of neither model',
  'agreement.disagreement': 'Disagreement',
  'errors.increase': 'Failed requests vs champion',
  'errors.rate': 'Failed requests',
  'errors.kinds.champion': 'Errors of the champion',
  'errors.kinds.challenger': 'Errors of the challenger',
  'errors.features.missing': 'Requests that lack a feature',
  'errors.features.nan': 'Requests with a NaN feature',
  'drift.reference': 'Training reference',
  'drift.window': 'Drift within the window',
  'latency.p95_ratio': 'Latency ratio at p95',
  'slices.too_few': 'Slices too small to test',
};

/** How the rest of an id begins that names a feature. */
const OF_REFERENCE = 'reference.';

/** The name of one result, foreign parts as code: `ROC-AUC vs champion`, `Latency p95`. */
export function checkTitle(result: CheckResult): Inline[] {
  if (result.metric === undefined) return plainTitle(result);
  const { name } = METRICS[result.metric];
  switch (result.check) {
    case 'declared':
      return [text(`${name}, declared vs measured`), ...subjectPart(result)];
    case 'promise':
      return [text(`${name}, offline vs shadow`), ...subjectPart(result)];
    case 'champion':
      return [text(`${name} vs ${result.baselineName ?? 'champion'}`), ...subjectPart(result)];
    case 'slices':
      return [text(`${name} where `), code(clipText(result.subject ?? result.id, LENGTH))];
    default:
      return [text(`${name}${limitWord(result)}`), ...subjectPart(result)];
  }
}

/** A floor and a ceiling have the name of their metric, which is shown for information beside them. */
function limitWord({ limit }: CheckResult): string {
  if (limit?.rule === 'min') return ' floor';
  return limit?.rule === 'max' ? ' ceiling' : '';
}

/** The same as plain text, for bars, charts and annotations. */
export function checkName(result: CheckResult): string {
  return plainText(checkTitle(result));
}

function plainTitle(result: CheckResult): Inline[] {
  const title = CHECK_TITLES[result.check];
  const prefix = `${result.check}.`;
  const rest = result.id.startsWith(prefix) ? result.id.slice(prefix.length) : '';
  if (rest === '') return [text(title), ...subjectPart(result)];
  const known = KNOWN_IDS[result.id];
  if (known !== undefined) return [text(known)];
  const feature = result.check === 'drift' && rest.startsWith(OF_REFERENCE);
  if (feature) return [text('Drift of '), code(clipText(rest.slice(OF_REFERENCE.length), LENGTH))];
  const simple = /^[a-z][a-z0-9_-]{0,30}$/.test(rest);
  return simple
    ? [text(`${title} ${rest.replaceAll(/[_-]/g, ' ')}`)]
    : [text(`${title} `), code(clipText(rest, LENGTH))];
}

function subjectPart({ subject }: CheckResult): Inline[] {
  if (subject === undefined || subject === 'test') return [];
  return [text(' on '), code(clipText(subject, LENGTH))];
}
