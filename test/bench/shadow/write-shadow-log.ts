import { loadDuckDb } from '../../../src/adapters/duckdb/load-duckdb.ts';

/** Where the files of one log go. */
export interface ShadowLogFiles {
  parquet: string;
  /** The same rows; left out where absent. */
  jsonl?: string;
}

/** Everything that is drawn depends on the seed, the row and what is drawn: a number of its own for each name, for hashes of several values are not independent. */
const SEED = 20_260_501;
const NAMES = new Map<string, number>();
const MOST_NAMES = 64;
const START = `TIMESTAMP '2026-01-01'`;
const DAYS = 28;

/**
 * Writes a log of `rows` requests of four weeks, by hashes of the row's number, so that every run has the same rows: scores with a ROC-AUC of 0.77
 * and 0.80, labels after some hours, 1 % errors a side, latencies, versions, five numeric features and five of words. Numbers move a little over time.
 */
export async function writeShadowLog(rows: number, files: ShadowLogFiles): Promise<void> {
  await write(logSql(rows), [
    [files.parquet, 'PARQUET'],
    ...(files.jsonl === undefined ? [] : [[files.jsonl, 'JSON'] as const]),
  ]);
}

/** Writes a training reference of `rows` rows with the features of the log. */
export async function writeReference(rows: number, path: string): Promise<void> {
  await write(`SELECT ${features(-2)} FROM (${drawn(rows, 'reference')})`, [[path, 'PARQUET']]);
}

/** The features of the log, numbers first. */
export const FEATURES = [
  'age',
  'balance',
  'duration',
  'clicks',
  'visits',
  'job',
  'month',
  'device',
  'plan',
  'region',
] as const;

async function write(
  sql: string,
  targets: readonly (readonly [path: string, format: string])[],
): Promise<void> {
  const instance = await loadDuckDb().DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '2GB',
  });
  const connection = await instance.connect();
  try {
    for (const [path, format] of targets) {
      await connection.run(`COPY (${sql}) TO '${path.replaceAll("'", "''")}' (FORMAT ${format})`);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A number in [0, 1) of the row `i` and a name. */
function uniform(name: string): string {
  const number = NAMES.get(name) ?? NAMES.size;
  if (number >= MOST_NAMES) throw new Error(`More than ${MOST_NAMES} things are drawn.`);
  NAMES.set(name, number);
  return `((hash(CAST(i + ${SEED} AS BIGINT) * ${MOST_NAMES} + ${number}) >> 11) / 9007199254740992.0)`;
}

/** A standard normal number of the row `i` and a name (Box & Muller 1958). */
function normal(name: string): string {
  return `(sqrt(-2 * ln(1 - ${uniform(name)})) * cos(2 * pi() * ${uniform(`${name}, too`)}))`;
}

/** Rows with what several columns are made of: `i`, `part` in [0, 1) of the window, `y` (3 of 10 are 1) and normal numbers. */
function drawn(rows: number, whose: string): string {
  const normals = ['common', 'champion', 'challenger', 'balance', 'latency'];
  const columns = normals.map((name) => `${normal(`${whose} ${name}`)} AS z_${name}`);
  return `SELECT i, i / ${rows}.0 AS part, CASE WHEN ${uniform(`${whose} y`)} < 0.3 THEN 1 ELSE 0 END AS y, ${columns.join(', ')} FROM range(${rows}) AS t(i)`;
}

/** `drift`: how far the balance moves over the window. */
function features(drift: number): string {
  const word = (name: string, words: number): string =>
    `'${name} ' || CAST(floor(${words} * ${uniform(name)} * ${uniform(`${name}, too`)}) AS INTEGER) AS ${name}`;
  return [
    `CAST(18 + floor(60 * ${uniform('age')} * ${uniform('age, too')}) AS INTEGER) AS age`,
    `round(1200 + 900 * z_balance + ${drift} * part, 2) AS balance`,
    `round(-200 * ln(1 - ${uniform('duration')}), 3) AS duration`,
    `CAST(floor(-3 * ln(1 - ${uniform('clicks')})) AS INTEGER) AS clicks`,
    `CASE WHEN ${uniform('visits missing')} < 0.02 THEN NULL ELSE CAST(floor(1000000 * ${uniform('visits')}) AS INTEGER) END AS visits`,
    word('job', 12),
    word('month', 12),
    word('device', 6),
    word('plan', 3),
    word('region', 50),
  ].join(', ');
}

function logSql(rows: number): string {
  const window = `${DAYS} * 86400`;
  const score = (side: string, apart: number): string =>
    `1 / (1 + exp(0.4 - ${apart} * y - 0.9 * z_common - 0.436 * z_${side}))`;
  const failed = (side: string): string => `${uniform(`${side} fails`)} < 0.01`;
  const sideColumns = (side: string, version: string, [apart, slow]: readonly [number, number]): string[] => [
    `CASE WHEN ${failed(side)} THEN NULL ELSE CAST(${score(side, apart)} AS FLOAT) END AS ${side}_score`,
    `round(${slow} * exp(0.3 * z_latency + 0.2 * z_${side}), 4) AS ${side}_latency_ms`,
    `CASE WHEN ${failed(side)} THEN 'timeout' END AS ${side}_error`,
    `'${version}' AS ${side}_version`,
  ];
  const delay = `-21600 * ln(1 - ${uniform('delay')})`;
  const labelled = `part * ${window} + ${delay} < ${window}`;
  const moment = (seconds: string): string =>
    `${START} + to_microseconds(CAST(1e6 * (${seconds}) AS BIGINT))`;
  return `SELECT ${[
    `'req-' || lpad(CAST(i AS VARCHAR), 9, '0') AS request_id`,
    `${moment(`part * ${window}`)} AS timestamp`,
    features(40),
    ...sideColumns('champion', '1.0.0', [1.045, 5]),
    ...sideColumns('challenger', '2.0.0', [1.19, 4.5]),
    `CASE WHEN ${labelled} THEN y END AS label`,
    `CASE WHEN ${labelled} THEN ${moment(`part * ${window} + ${delay}`)} END AS label_timestamp`,
  ].join(', ')} FROM (${drawn(rows, 'log')})`;
}
