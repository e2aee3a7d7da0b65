import { formatCount } from '../../core/format-number.ts';
import type { CheckResult } from '../../core/check.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import { countLabels } from '../mapping/labels.ts';
import { countOf, listNames, quote } from '../mapping/sentences.ts';
import type { GateSettings } from '../settings.ts';
import { result } from './check.ts';
import type { Check } from './check.ts';

/** The table itself: complete labels, their balance, duplicate ids, rows that stand in the training table too. */
export const checkData: Check = (facts, settings) =>
  facts.data.length === 0
    ? [noRows({ id: 'data', check: 'data' })]
    : facts.data.flatMap((data) => [
        labels(data, facts),
        ...(data.role === 'frozen' ? [] : size(data, settings)),
        ...duplicates(data, settings),
        ...shared(data, settings),
      ]);

function noRows(base: Pick<CheckResult, 'id' | 'check' | 'subject' | 'n'>): CheckResult {
  return result({
    ...base,
    role: 'gate',
    outcome: 'error',
    reason: 'no-rows',
    message: 'There is no row to measure on.',
    settle: 'Give a test table with labelled rows.',
  });
}

function idOf(data: DataFacts, name: string): string {
  return data.role === 'frozen' ? `data.frozen.${name}` : `data.${name}`;
}

function labels(data: DataFacts, { task }: GateFacts): CheckResult {
  const base = { id: idOf(data, 'labels'), check: 'data', subject: data.role, n: data.rows } as const;
  if (data.rows === 0) return noRows(base);
  if (task.known && task.value === 'score')
    return result({
      ...base,
      role: 'inform',
      outcome: 'pass',
      reason: 'scores',
      message: `${countOf(data.rows, 'row')} of scores in ${quote(data.path)}; scores have no labels.`,
    });
  if (!data.labels.known)
    return result({
      ...base,
      role: 'gate',
      outcome: 'error',
      reason: 'labels',
      message: data.labels.why,
      settle: 'Give every row a label.',
    });
  if (!data.scheme.known)
    return result({
      ...base,
      role: 'gate',
      outcome: 'error',
      reason: 'labels',
      message: data.scheme.why,
      settle: 'Check the label column and the task.',
    });
  return result({
    ...base,
    role: 'inform',
    outcome: 'pass',
    reason: 'complete',
    message: balance(data, data.labels.value, data.scheme.value.task === 'regression'),
  });
}

function balance(data: DataFacts, values: readonly string[], numeric: boolean): string {
  const rows = countOf(data.rows, 'labelled row');
  if (numeric) return `${rows} in ${quote(data.path)}.`;
  const counts = [...countLabels(values)].toSorted(([, a], [, b]) => b - a).slice(0, 6);
  const shares = counts.map(
    ([label, n]) => `${label}: ${formatCount(n)} (${((100 * n) / values.length).toFixed(1)} %)`,
  );
  return `${rows} in ${quote(data.path)}; ${shares.join(', ')}.`;
}

function size(data: DataFacts, settings: GateSettings): CheckResult[] {
  const { minRows, minPositives } = settings.data;
  return [
    ...(minRows === undefined
      ? []
      : [atLeast({ id: idOf(data, 'rows'), data, what: 'row', seen: data.rows, limit: minRows })]),
    ...(minPositives === undefined
      ? []
      : [
          atLeast({
            id: idOf(data, 'positives'),
            data,
            what: 'positive row',
            seen: positives(data),
            limit: minPositives,
          }),
        ]),
  ];
}

function positives(data: DataFacts): number {
  if (!data.labels.known || !data.scheme.known || data.scheme.value.task !== 'binary-classification')
    return 0;
  return countLabels(data.labels.value).get(data.scheme.value.positive) ?? 0;
}

function atLeast({
  id,
  data,
  what,
  seen,
  limit,
}: {
  id: string;
  data: DataFacts;
  what: string;
  seen: number;
  limit: number;
}): CheckResult {
  const enough = seen >= limit;
  return result({
    id,
    check: 'data',
    role: 'gate',
    outcome: enough ? 'pass' : 'hold',
    reason: enough ? 'within-limit' : 'too-few-rows',
    subject: data.role,
    measured: seen,
    unit: 'rows',
    n: data.rows,
    limit: { rule: 'min', value: limit },
    rowsNeeded: enough || seen === 0 ? undefined : Math.ceil((limit * data.rows) / seen),
    message: `The table has ${countOf(seen, what)}; the gate asks for ${formatCount(limit)}.`,
    settle: enough ? undefined : 'Give a larger test table.',
  });
}

function duplicates(data: DataFacts, settings: GateSettings): CheckResult[] {
  const limit = settings.data.maxDuplicateIds;
  const id = idOf(data, 'duplicate_ids');
  if (data.ids === undefined) {
    const message = 'Duplicate ids are limited, and no id column is named.';
    return limit === undefined
      ? []
      : [untold(id, data, { message, settle: 'Name it: data: { test: { id: … } }.' })];
  }
  const counts = countLabels(data.ids);
  const repeated = [...counts].filter(([, n]) => n > 1);
  const extra = repeated.reduce((sum, [, n]) => sum + n - 1, 0);
  const names = listNames(repeated.map(([name]) => name));
  return [
    limited({
      id,
      data,
      limit,
      seen: repeated.length,
      message:
        repeated.length === 0
          ? 'Every id occurs once.'
          : `${countOf(repeated.length, 'id')} ${repeated.length === 1 ? 'occurs' : 'occur'} more than once (${names}), on ${countOf(extra, 'row')} too many.`,
    }),
  ];
}

function shared(data: DataFacts, settings: GateSettings): CheckResult[] {
  const limit = settings.data.maxSharedRows;
  const id = idOf(data, 'shared_rows');
  const { sharedWithTraining: fact } = data;
  if (fact === undefined) {
    const message = 'Rows shared with training are limited, and no training table is named.';
    return limit === undefined
      ? []
      : [untold(id, data, { message, settle: 'Name it: data: { train: { path: … } }.' })];
  }
  if (!fact.known) return [untold(id, data, { message: fact.why })];
  const { rows, by } = fact.value;
  return [
    limited({
      id,
      data,
      limit,
      seen: rows,
      holds: true,
      message:
        rows === 0
          ? `No row stands in the training table too (by ${by}).`
          : `${countOf(rows, 'row')} of ${formatCount(data.rows)} ${rows === 1 ? 'stands' : 'stand'} in the training table too (by ${by}): the measurement flatters the model.`,
    }),
  ];
}

/** What a limit is about could not be learned. */
function untold(id: string, data: DataFacts, told: { message: string; settle?: string }): CheckResult {
  return result({
    id,
    check: 'data',
    role: 'gate',
    outcome: 'error',
    reason: 'not-measured',
    subject: data.role,
    message: told.message,
    settle: told.settle,
  });
}

interface Limited {
  id: string;
  data: DataFacts;
  limit: number | undefined;
  seen: number;
  /** Without a limit any at all holds, instead of being shown alone. */
  holds?: boolean;
  message: string;
}

function limited({ id, data, limit, seen, holds = false, message }: Limited): CheckResult {
  const within = limit === undefined ? seen === 0 : seen <= limit;
  return result({
    id,
    check: 'data',
    role: limit === undefined && !holds ? 'inform' : 'gate',
    outcome: within ? 'pass' : limit === undefined ? 'hold' : 'fail',
    reason: within ? 'within-limit' : 'above-max',
    subject: data.role,
    measured: seen,
    unit: 'rows',
    n: data.rows,
    limit: limit === undefined ? undefined : { rule: 'max', value: limit },
    message,
    settle: within ? undefined : 'Remove these rows from the test table.',
  });
}
