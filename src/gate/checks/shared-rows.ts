import type { CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import type { DataFacts } from '../facts.ts';
import { countOf } from '../../verdict/sentences.ts';
import type { GateSettings } from '../settings.ts';
import { countLimit, dataId, untold } from './data-limit.ts';

/** Rows that stand in the training table too: any at all holds, unless a limit allows them. Nothing where no training table is named. */
export function sharedRows(data: DataFacts, settings: GateSettings): CheckResult[] {
  const limit = settings.data.maxSharedRows;
  const id = dataId(data, 'shared_rows');
  const { sharedWithTraining: fact } = data;
  if (fact === undefined) {
    const message = 'Rows shared with training are limited, and no training table is named.';
    return limit === undefined
      ? []
      : [untold(id, data, { message, settle: 'Name it: data: { train: { path: … } }.' })];
  }
  if (!fact.known) return [untold(id, data, { message: fact.why })];
  const { rows, by } = fact.value;
  const message =
    rows === 0
      ? `No row stands in the training table too (by ${by}).`
      : `${countOf(rows, 'row')} of ${formatCount(data.rows)} ${rows === 1 ? 'stands' : 'stand'} in the training table too (by ${by}): the measurement flatters the model.`;
  return [countLimit({ id, data, limit, seen: rows, holds: true, message })];
}
