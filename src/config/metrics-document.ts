import { KnownGoodError } from '../core/errors.ts';
import { parseStrictJson, type JsonObject, type JsonValue } from '../core/json.ts';
import { METRIC_KEYS, type MetricKey } from '../core/metric.ts';
import { seen, seenPath } from '../core/seen.ts';
import { metricNamed } from './metric-aliases.ts';

export type MetricValues = Partial<Record<MetricKey, number>>;

/** What `metrics.json` declares. */
export interface MetricsDocument {
  /** On the held-out table. */
  metrics: MetricValues;
  /** On the frozen table; `undefined` when the document says nothing of one. */
  frozen: MetricValues | undefined;
  threshold: number | undefined;
  dataset: { name?: string; rows?: number; sha256?: string };
  /** Keys of `metrics` and `frozen` that are no metric of ours, as paths. */
  unknown: string[];
  /** Everything that is wrong, a sentence each; a declared metric that is listed here has no value above. */
  problems: string[];
}

const MAX_BYTES = 2 ** 20;

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the metrics of one table into `document`, problems included. */
function readMetrics(value: JsonValue, field: string, document: MetricsDocument): MetricValues {
  const values: MetricValues = {};
  if (!isObject(value)) {
    document.problems.push(`${field}: saw ${seen(value)}, allowed: an object of metric to number`);
    return values;
  }
  const names = new Map<MetricKey, string>();
  for (const [name, number] of Object.entries(value)) {
    const key = metricNamed(name);
    const where = seenPath([field, name]);
    const twin = key === undefined ? undefined : names.get(key);
    if (key === undefined) document.unknown.push(where);
    else if (twin !== undefined) {
      document.problems.push(`${where}: is ${key} a second time, after ${seenPath([field, twin])}; keep one`);
      delete values[key];
    } else {
      names.set(key, name);
      if (typeof number === 'number') values[key] = number;
      else document.problems.push(`${where}: saw ${seen(number)}, allowed: a finite number`);
    }
  }
  if (names.size === 0)
    document.problems.push(`${field}: names no metric, allowed: ${METRIC_KEYS.join(', ')}`);
  return values;
}

function readDataset(value: JsonValue | undefined): MetricsDocument['dataset'] {
  if (!isObject(value)) return {};
  const { name, rows, sha256 } = value;
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof rows === 'number' && Number.isSafeInteger(rows) && rows >= 0 ? { rows } : {}),
    ...(typeof sha256 === 'string' ? { sha256 } : {}),
  };
}

/**
 * Parses `metrics.json`: `{ metrics: { roc_auc: 0.79, … }, frozen?: { … }, threshold?, dataset? }`; other top-level keys
 * are ignored. It does not throw, because a bad document is a finding of the gate. `path` is how problems call it.
 */
export function parseMetricsDocument(text: string, path: string): MetricsDocument {
  const document: MetricsDocument = {
    metrics: {},
    frozen: undefined,
    threshold: undefined,
    dataset: {},
    unknown: [],
    problems: [],
  };
  let data: JsonValue;
  try {
    data = parseStrictJson(text, { name: path, maxBytes: MAX_BYTES });
  } catch (error) {
    if (!(error instanceof KnownGoodError)) throw error;
    document.problems.push(error.message);
    return document;
  }
  if (!isObject(data) || data['metrics'] === undefined) {
    document.problems.push(
      `metrics: saw ${isObject(data) ? 'nothing' : seen(data)}, allowed: an object of metric to number`,
    );
    if (!isObject(data)) return document;
  } else document.metrics = readMetrics(data['metrics'], 'metrics', document);
  if (data['frozen'] !== undefined) document.frozen = readMetrics(data['frozen'], 'frozen', document);
  document.dataset = readDataset(data['dataset']);
  const { threshold } = data;
  if (typeof threshold === 'number' && threshold >= 0 && threshold <= 1) document.threshold = threshold;
  else if (threshold !== undefined && threshold !== null) {
    document.problems.push(`threshold: saw ${seen(threshold)}, allowed: a number from 0 to 1`);
  }
  return document;
}
