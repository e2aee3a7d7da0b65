import type { CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import type { DataFacts } from '../facts.ts';
import { countLabels } from '../mapping/labels.ts';
import { countOf, listNames } from '../../verdict/sentences.ts';
import type { GateSettings } from '../settings.ts';
import { result } from '../../verdict/check-result.ts';
import { countLimit, dataId, untold } from './data-limit.ts';

/** The share of rows that may repeat others where nobody says: rows of few discrete values coincide now and then, copies always do. */
const MOST_REPEATED = 0.05;

/**
 * Ids that occur more than once. `max_duplicate_ids` decides where it is set; else too large a share of rows under an id
 * that was there before holds, unless the rows are clustered; fewer are shown.
 */
export function duplicateIds(data: DataFacts, settings: GateSettings): CheckResult[] {
  const { maxDuplicateIds: limit, maxDuplicates = MOST_REPEATED } = settings.data;
  const id = dataId(data, 'duplicate_ids');
  if (data.ids === undefined) return unnamedIds(id, data, settings);
  const counts = countLabels(data.ids);
  const repeated = [...counts].filter(([, n]) => n > 1).map(([name]) => name);
  const rows = data.ids.length - counts.size;
  const share = rows / data.rows;
  if (limit === undefined && data.clusters === undefined && share > maxDuplicates) {
    const message = `${countOf(rows, 'row')} of ${formatCount(data.rows)} (${percent(share)}) ${rows === 1 ? 'has' : 'have'} an id that an earlier row has (${listNames(repeated, 3)}), and at most ${percent(maxDuplicates)} may: copies are no evidence.`;
    return [copies({ id, data, share, limit: maxDuplicates, outcome: 'hold', message })];
  }
  const message =
    repeated.length === 0
      ? 'Every id occurs once.'
      : `${countOf(repeated.length, 'id')} ${repeated.length === 1 ? 'occurs' : 'occur'} more than once (${listNames(repeated)}), on ${countOf(rows, 'row')} too many.`;
  return [countLimit({ id, data, limit, seen: repeated.length, message })];
}

/** A limit that cannot be looked at is no limit that is kept; rows are compared where a model's features are known. */
function unnamedIds(id: string, data: DataFacts, { data: limits }: GateSettings): CheckResult[] {
  const unlimited = limits.maxDuplicates === undefined || data.role !== 'predictions';
  if (limits.maxDuplicateIds === undefined && unlimited) return [];
  const table = data.role === 'frozen' ? 'frozen' : data.role === 'predictions' ? 'predictions' : 'test';
  return [
    untold(id, data, {
      message: 'Duplicate ids are limited, and no id column is named.',
      settle: `Name it: data: { ${table}: { id: … } }.`,
    }),
  ];
}

/**
 * Rows that repeat an earlier one in what the model sees and the label: above the limit they hold, because a copy is no further
 * case. An id of its own, or a cluster column, says what a row is: without a limit repeated rows are then only shown.
 */
export function repeatedRows(data: DataFacts, { data: limits }: GateSettings): CheckResult[] {
  const { rows, first } = data.repeatedRows ?? { rows: 0 };
  if (first === undefined) return [];
  const told = toldApart(data);
  const limit = limits.maxDuplicates ?? (told === undefined ? MOST_REPEATED : undefined);
  const share = rows / data.rows;
  const within = limit === undefined || share <= limit;
  const allowed = within ? (told ?? '') : `, and at most ${percent(limit)} may: copies are no evidence`;
  return [
    copies({
      id: dataId(data, 'repeated_rows'),
      data,
      share,
      limit,
      outcome: within ? 'pass' : 'hold',
      message: `${countOf(rows, 'row')} of ${formatCount(data.rows)} (${percent(share)}) ${rows === 1 ? 'repeats' : 'repeat'} an earlier row in ${whatRepeats(data)} (row ${formatCount(first.row)} is row ${formatCount(first.of)} again)${allowed}.`,
    }),
  ];
}

function whatRepeats({ role, labelColumn }: DataFacts): string {
  if (role !== 'predictions') return 'features and label';
  return labelColumn === undefined ? 'all scores' : 'label and predictions';
}

/** Why rows that look the same are different cases all the same. */
function toldApart({ ids, clusters }: DataFacts): string | undefined {
  if (clusters !== undefined) return '; rows of one cluster count together';
  return ids !== undefined && new Set(ids).size === ids.length ? ', each under an id of its own' : undefined;
}

interface Copies {
  id: string;
  data: DataFacts;
  share: number;
  limit: number | undefined;
  outcome: 'pass' | 'hold';
  message: string;
}

function copies({ id, data, share, limit, outcome, message }: Copies): CheckResult {
  return result({
    id,
    check: 'data',
    role: limit === undefined ? 'inform' : 'gate',
    outcome,
    reason: outcome === 'pass' ? 'within-limit' : 'repeated-rows',
    subject: data.role,
    measured: share,
    unit: 'share',
    n: data.rows,
    limit: limit === undefined ? undefined : { rule: 'max', value: limit },
    message,
    settle: outcome === 'pass' ? undefined : remedy(data, share),
  });
}

/** An id that was named and repeats is not asked for again. */
function remedy({ role, ids }: DataFacts, share: number): string {
  const allow = `gates: { data: { max_duplicates: ${Math.ceil(share * 100) / 100} } } in the config`;
  const flag = role === 'frozen' ? '' : '--id COLUMN, or ';
  const id = `name the column that tells them apart (${flag}data: { ${role}: { id: … } })`;
  const cluster = `name the entity that several rows are of (data: { ${role}: { cluster: … } })`;
  const ways = [...(ids === undefined ? [id] : []), ...(role === 'predictions' ? [] : [cluster])];
  return `Drop the copies. Where they are different cases, ${[...ways, `allow them: ${allow}`].join('; or ')}.`;
}

/** `5 %`, `98.2 %`, `< 0.1 %`. */
function percent(share: number): string {
  const points = share * 100;
  if (points > 0 && points < 0.1) return '< 0.1 %';
  return `${Number(points.toFixed(1))} %`;
}
