import { KnownGoodError } from '../../core/errors.ts';
import type { ResultKind } from '../../core/sql-engine.ts';
import type { Sample } from '../../core/task.ts';
import type { MaturedRows, ScoredRows, ShadowTask } from '../../shadow/facts.ts';
import { alignedRows, truthNumber } from '../../shadow/sql/aligned-rows.ts';
import { momentOf, STRETCHES } from '../../shadow/sql/over-time.ts';
import { THIRDS, type TimeSpan } from '../../shadow/sql/thirds.ts';
import type { MadeViews } from './make-views.ts';
import type { OpenLog } from './open-log.ts';

/** What turns rows into samples. */
export interface SampleRules {
  task: ShadowTask;
  positive: string | number;
  /** Of decisions; for binary classification. */
  threshold: number;
  maturedUntil: number | undefined;
}

/** Requests that both answered, and when. */
export interface TimedRows extends ScoredRows {
  /** The stretch of the window that each is from, 0 … 23. */
  stretches: Uint8Array;
  /** The third of the window, 0 … 2. */
  thirds: Uint8Array;
}

/** All requests that both answered, and those of them whose label decides. */
export interface LoadedRows {
  scored: TimedRows;
  matured: MaturedRows;
}

/** Reads the rows that both models answered, those that decide first, so that these are a part of the same arrays. */
export async function loadScored(
  { session, loaded }: OpenLog,
  rules: SampleRules,
  { span, views: { slices, ordered } }: { span: TimeSpan | undefined; views: MadeViews },
): Promise<LoadedRows> {
  const { dialect } = session;
  const { task, positive, maturedUntil } = rules;
  const truth = task === 'score' ? undefined : truthNumber(task, positive, dialect);
  const codes = slices.map(({ as }) => as);
  const moment = span === undefined ? '0' : momentOf({ ...span, count: STRETCHES });
  const sql = alignedRows({ truth, maturedUntil, moment, codes, ordered }, dialect);
  const numeric = { champion: 'number', challenger: 'number', truth: 'number' } as const;
  const shape: Record<string, ResultKind> = { ...numeric, moment: 'code' };
  for (const index of slices.keys()) shape[`slice_code_${index}`] = 'code';
  const result = await session.read(sql, shape, loaded.rows);
  const columns = result as unknown as Record<string, Float64Array & Int32Array>;
  const numbers = (name: string): Float64Array => columns[name] ?? new Float64Array();
  const scored: TimedRows = {
    n: result.rows,
    ...timesOf(columns['moment'] ?? new Int32Array()),
    champion: numbers('champion'),
    challenger: numbers('challenger'),
    slices: slices.map(({ name, bands, values, pooled }, index) => ({
      name,
      bands,
      values,
      pooled,
      codes: columns[`slice_code_${index}`] ?? new Int32Array(),
    })),
  };
  return { scored, matured: maturedRows(scored, numbers('truth'), rules) };
}

function timesOf(moments: Int32Array): Pick<TimedRows, 'stretches' | 'thirds'> {
  const stretches = new Uint8Array(moments.length);
  const thirds = new Uint8Array(moments.length);
  for (let row = 0; row < moments.length; row++) {
    const moment = moments[row] as number;
    stretches[row] = Math.floor(moment / THIRDS);
    thirds[row] = moment % THIRDS;
  }
  return { stretches, thirds };
}

/** The first rows, as many as have a label that decides; of scores, which have no label, all. */
function maturedRows(scored: ScoredRows, truth: Float64Array, rules: SampleRules): MaturedRows {
  const n = rules.task === 'score' ? scored.n : countLabels(truth);
  const labels = labelsOf(truth.subarray(0, n), rules.task);
  return {
    n,
    champion: sampleOf(labels, scored.champion.subarray(0, n), rules),
    challenger: sampleOf(labels, scored.challenger.subarray(0, n), rules),
    slices: scored.slices.map((slice) => ({ ...slice, codes: slice.codes.subarray(0, n) })),
  };
}

function countLabels(truth: Float64Array): number {
  let n = 0;
  while (n < truth.length && Number.isFinite(truth[n])) n++;
  for (let row = n; row < truth.length; row++)
    if (Number.isFinite(truth[row]))
      throw new KnownGoodError('internal', 'Rows that decide came after rows that do not.');
  return n;
}

/** Of classes a byte each; of a regression a copy, lest the labels of all rows be kept. */
function labelsOf(truth: Float64Array, task: ShadowTask): { classes: Uint8Array; numbers: Float64Array } {
  if (task === 'regression') return { classes: new Uint8Array(), numbers: truth.slice() };
  const classes = new Uint8Array(truth.length);
  for (let row = 0; row < truth.length; row++) classes[row] = truth[row] as number;
  return { classes, numbers: new Float64Array() };
}

function sampleOf(
  { classes, numbers }: ReturnType<typeof labelsOf>,
  scores: Float64Array,
  { task, threshold }: SampleRules,
): Sample {
  if (task === 'regression') return { task, labels: numbers, predictions: scores };
  if (task === 'score') return { task, scores };
  const decisions = new Uint8Array(scores.length);
  for (let row = 0; row < scores.length; row++) decisions[row] = (scores[row] as number) >= threshold ? 1 : 0;
  return { task, labels: classes, scores, decisions };
}
