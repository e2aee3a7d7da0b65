import { unknown, type Fact } from '../../core/fact.ts';
import type { SqlSession } from '../../core/sql-engine.ts';
import type { DecidedRows, LabelFacts, ShadowTask } from '../../shadow/facts.ts';
import { countMaturity, DISTINCT_LABELS } from '../../shadow/sql/aligned-rows.ts';
import { countLateLabels } from '../../shadow/sql/label-views.ts';
import { BOTH, WINDOW } from '../../shadow/sql/request-counts.ts';
import { quote } from '../../verdict/sentences.ts';
import type { OpenLog } from './open-log.ts';

/** First and last request that count, in milliseconds since 1970; `asOf`: the last thing that is known, a request or a label. */
export interface Span {
  from: number;
  to: number;
  asOf: number;
}

/** The span of the requests that count; `undefined` where none does. */
export async function loadSpan({ session }: OpenLog): Promise<Span | undefined> {
  const { first, last, label } = await session.read(WINDOW, {
    first: 'number',
    last: 'number',
    label: 'number',
  });
  const [from = Number.NaN, to = Number.NaN, latest = Number.NaN] = [first[0], last[0], label[0]];
  if (!Number.isFinite(from) || !Number.isFinite(to)) return undefined;
  return { from, to, asOf: Number.isFinite(latest) ? Math.max(to, latest) : to };
}

/** What is known of the labels, and which requests decide. `maturedAfter` in milliseconds; absent: the 95th percentile of the delay. `threshold` of decisions, where the task has any. */
export async function loadLabels(
  log: OpenLog,
  span: Span | undefined,
  { maturedAfter, threshold }: { maturedAfter: number | undefined; threshold: number | undefined },
): Promise<LabelFacts> {
  const { session, labels } = log;
  const late = labels === undefined ? undefined : await loadLate(session);
  const delay = await loadDelay(log);
  const wait = maturedAfter ?? delay;
  const maturedUntil = span === undefined || wait === undefined ? undefined : span.asOf - wait;
  const cells = await loadMaturity(session, countMaturity(maturedUntil, threshold));
  const sum = (test: (cell: Cell) => boolean): number =>
    cells.filter(test).reduce((total, { n }) => total + n, 0);
  return {
    absent: labels === undefined && !log.has('label'),
    inLog: await count(session, 'SELECT CAST(count(label) AS DOUBLE) FROM counted'),
    inFiles: late?.rows ?? 0,
    repeats: late?.repeats ?? 0,
    corrections: late?.corrections ?? 0,
    unknownIds: late?.unknown ?? 0,
    beforeRequest: await count(session, 'SELECT CAST(coalesce(sum(impossible), 0) AS DOUBLE) FROM labelled'),
    delayP95Ms: delay,
    maturedUntil,
    matured: sum(({ mature }) => mature),
    missing: sum(({ mature, labelled }) => mature && !labelled),
    immature: sum(({ mature, labelled }) => !mature && labelled),
    waiting: sum(({ mature, labelled }) => !mature && !labelled),
    unscored: sum(({ mature, labelled, scored }) => mature && labelled && !scored),
    byDecision:
      threshold === undefined
        ? undefined
        : { positive: decided(cells, true), negative: decided(cells, false) },
  };
}

function decided(cells: readonly Cell[], positive: boolean): DecidedRows {
  const own = cells.filter((cell) => cell.mature && cell.scored && cell.positive === positive);
  const count = (some: readonly Cell[]): number => some.reduce((total, { n }) => total + n, 0);
  return { rows: count(own), missing: count(own.filter(({ labelled }) => !labelled)) };
}

async function loadLate(
  session: SqlSession,
): Promise<{ rows: number; repeats: number; corrections: number; unknown: number }> {
  const counts = await session.read(countLateLabels(), {
    rows_read: 'number',
    repeats: 'number',
    corrections: 'number',
    unknown: 'number',
  });
  return {
    rows: counts.rows_read[0] ?? 0,
    repeats: counts.repeats[0] ?? 0,
    corrections: counts.corrections[0] ?? 0,
    unknown: counts.unknown[0] ?? 0,
  };
}

async function loadDelay({ session }: OpenLog): Promise<number | undefined> {
  const delay = 'truth_time - time';
  const quantile = session.dialect.quantile(delay, 0.95);
  const value = await count(
    session,
    `SELECT ${quantile} FROM labelled WHERE truth_time IS NOT NULL AND ${BOTH}`,
  );
  return Number.isFinite(value) ? value : undefined;
}

interface Cell {
  mature: boolean;
  labelled: boolean;
  scored: boolean;
  /** The champion decided so. */
  positive: boolean;
  n: number;
}

async function loadMaturity(session: SqlSession, sql: string): Promise<Cell[]> {
  const { mature, labelled, scored, positive, n } = await session.read(sql, {
    mature: 'code',
    labelled: 'code',
    scored: 'code',
    positive: 'code',
    n: 'number',
  });
  return Array.from(n, (rows, row) => ({
    mature: mature[row] === 1,
    labelled: labelled[row] === 1,
    scored: scored[row] === 1,
    positive: positive[row] === 1,
    n: rows,
  }));
}

/**
 * Whether the labels are what the task needs: two classes at most, of which one is the positive one; unknown says why not. No label at all
 * fits: it is waited for.
 */
export async function labelsFit(
  { session }: OpenLog,
  { task, positive }: { task: ShadowTask; positive: string | number | undefined },
): Promise<Fact<undefined>> {
  const fits = { known: true, value: undefined } as const;
  if (task !== 'binary-classification') return fits;
  const { label } = await session.read(DISTINCT_LABELS, { label: 'text', n: 'number' });
  const labels = label.map((text) => (typeof positive === 'string' ? text : String(Number(text))));
  const why = misfit(labels, positive);
  return why === undefined ? fits : unknown(why);
}

const NEGATIVES: readonly string[] = ['0', '-1'];

function misfit(labels: readonly string[], positive: string | number | undefined): string | undefined {
  const wanted = String(positive ?? 1);
  const names = labels.map(quote).join(' and ');
  if (labels.length > 2)
    return `they have more than two values (${labels.slice(0, 3).map(quote).join(', ')}, …), and this is a binary classification`;
  const others = labels.filter((each) => each !== wanted);
  if (labels.length === 2 && others.length === 2)
    return `none of the labels (${names}) is the positive class ${quote(wanted)}`;
  const [other] = others;
  if (other === undefined || NEGATIVES.includes(other)) return undefined;
  if (positive === undefined) return `they are ${names}, and nobody said which of them is the positive class`;
  return labels.length === 1
    ? `all of them are ${quote(other)} so far, and none is the positive class ${quote(wanted)}`
    : undefined;
}

async function count(session: SqlSession, sql: string): Promise<number> {
  const { value } = await session.read(sql, { value: 'number' });
  return value[0] ?? Number.NaN;
}
