import type { SqlDialect } from '../../core/sql-engine.ts';
import { SIDES } from '../facts.ts';
import { CLOCK_SKEW } from './request-views.ts';

/** A label of a file without a time counts as newer than the log's; one of the log without a time as older than any. */
const NEWEST = '9e18';
const OLDEST = '-9e18';

/** Where labels come from besides the row that counts. */
export interface LabelSources {
  /** The relation `labels` is there. */
  files: boolean;
  /** The table `repeated` is there: other rows of the same id may hold its label. */
  repeats: boolean;
  /** The log has a label column. */
  inLog: boolean;
  /** The label files are known to have each id once. */
  once: boolean;
  /** Milliseconds since 1970: nothing is known later than this. */
  now: number;
  /** Columns to slice by, with the expression of a row's code. */
  slices: readonly { as: string; code: string }[];
}

const LABELS = 'labels_numbered WHERE label IS NOT NULL AND id IS NOT NULL';

const LATE_VIEW = `CREATE VIEW late AS SELECT id, label, label_time FROM ${LABELS}`;

/** What is kept of a request. */
const KEPT = [
  'position',
  'time',
  ...SIDES.flatMap((side) => ['state', 'score'].map((what) => `${side}_${what}`)),
];

/**
 * `labelled`: the rows that count, in file order where no table is joined, with `truth` and `truth_time`, the latest label of each id. A label older than its request, or one
 * from the future, is none: `impossible` is 1 there. A table of what most queries ask for: a log's columns are read and
 * turned into states once, not at each query. Slices are there as codes; ids, versions, errors, latencies and features are not in it: its `position` leads to them in `requests`.
 */
export function labelViews(sources: LabelSources): string[] {
  const late = hasLate(sources);
  const statements = late ? [isPlain(sources) ? LATE_VIEW : lateTable(sources)] : [];
  const [label, time] = late
    ? [
        `CASE WHEN ${lateCounts()} THEN l.label ELSE c.label END`,
        `CASE WHEN ${lateCounts()} THEN l.label_time ELSE c.label_time END`,
      ]
    : ['c.label', 'c.label_time'];
  const join = late ? 'LEFT JOIN late AS l ON l.id = c.id' : '';
  const wrong = `(found_time < time - ${CLOCK_SKEW} OR found_time > ${sources.now + CLOCK_SKEW})`;
  const codes = sources.slices.map(({ as, code }) => `CAST(${code} AS INTEGER) AS ${as}`);
  const kept = [...KEPT, ...sources.slices.map(({ as }) => as)].map((column) => `c.${column}`).join(', ');
  const found = `SELECT ${kept}, ${label} AS found, ${time} AS found_time FROM counted AS c ${join}`;
  return [
    ...statements,
    `CREATE TABLE labelled AS SELECT ${[...KEPT, ...codes].join(', ')}, CASE WHEN found IS NOT NULL AND ${wrong} THEN 1 ELSE 0 END AS impossible, CASE WHEN ${wrong} THEN NULL ELSE found END AS truth, CASE WHEN ${wrong} THEN NULL ELSE found_time END AS truth_time FROM (${found}) AS found_labels`,
  ];
}

/** Whether joins were needed: they do not keep the order of rows. */
export function isJoined(sources: Pick<LabelSources, 'files' | 'repeats' | 'inLog'>): boolean {
  return sources.repeats || hasLate(sources);
}

function hasLate({ files, repeats, inLog }: Pick<LabelSources, 'files' | 'repeats' | 'inLog'>): boolean {
  return files || (repeats && inLog);
}

/** The label files alone say each id's label, and say it once. */
function isPlain({ repeats, inLog, once }: LabelSources): boolean {
  return once && !(repeats && inLog);
}

/** Counts the fingerprints of ids that the label files have more than once: 0 where no id does. Columns: `repeated`. */
export function countRepeatedLabels(dialect: SqlDialect): string {
  return `SELECT count(*) AS repeated FROM (SELECT ${dialect.fingerprint('id')} AS print FROM ${LABELS} GROUP BY 1 HAVING count(*) > 1) AS prints`;
}

function lateCounts(): string {
  return `(l.id IS NOT NULL AND (c.label IS NULL OR coalesce(l.label_time, ${NEWEST}) >= coalesce(c.label_time, ${OLDEST})))`;
}

/** `late`: the latest label of each id, out of the label files and of the rows that repeat an id. */
function lateTable({ files, repeats, inLog }: LabelSources): string {
  const sources = [
    ...(files
      ? [
          `SELECT id, label, coalesce(label_time, ${NEWEST}) AS moment, label_time, 1 AS source, position FROM ${LABELS}`,
        ]
      : []),
    ...(repeats && inLog
      ? [
          `SELECT r.id, r.label, coalesce(r.label_time, ${OLDEST}) AS moment, r.label_time, 0 AS source, r.position FROM requests AS r JOIN repeated AS d ON d.id = r.id WHERE r.fate = 0 AND r.label IS NOT NULL`,
        ]
      : []),
  ];
  const place = 'row_number() OVER (PARTITION BY id ORDER BY moment DESC, source DESC, position DESC)';
  return `CREATE TABLE late AS SELECT id, label, label_time FROM (SELECT *, ${place} AS place FROM (${sources.join(' UNION ALL ')}) AS events) AS placed WHERE place = 1`;
}

/** What the label files add: columns `rows_read`, `repeats`, `corrections` (the log may correct a file, too), `unknown`. */
export function countLateLabels(): string {
  const events = [
    `SELECT id, label, coalesce(label_time, ${NEWEST}) AS moment, 1 AS source, position FROM ${LABELS}`,
    `SELECT c.id, c.label, coalesce(c.label_time, ${OLDEST}) AS moment, 0 AS source, -1 AS position FROM counted AS c JOIN late AS l ON l.id = c.id WHERE c.label IS NOT NULL`,
  ].join(' UNION ALL ');
  const before = 'lag(label) OVER (PARTITION BY id ORDER BY moment, source, position)';
  const ordered = `SELECT *, ${before} AS before FROM (${events}) AS events`;
  const unknown = `(SELECT count(*) FROM late AS l LEFT JOIN requests AS r ON r.id = l.id WHERE r.id IS NULL)`;
  return `SELECT count(*) FILTER (WHERE source = 1) AS rows_read, count(*) FILTER (WHERE before = label) AS repeats, count(*) FILTER (WHERE before <> label) AS corrections, ${unknown} AS unknown FROM (${ordered}) AS ordered`;
}
