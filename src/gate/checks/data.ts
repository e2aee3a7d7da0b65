import { formatCount } from '../../core/format-number.ts';
import type { CheckResult } from '../../core/check.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import { countLabels } from '../mapping/labels.ts';
import { countOf, quote } from '../../verdict/sentences.ts';
import type { GateSettings } from '../settings.ts';
import { result } from '../../verdict/check-result.ts';
import type { Check } from './check.ts';
import { dataId } from './data-limit.ts';
import { heldBy } from './doubt.ts';
import { guessedPositive } from './guessed-positive.ts';
import { duplicateIds, repeatedRows } from './repeated-data.ts';
import { sharedRows } from './shared-rows.ts';
import { trainingDrift } from './training-drift.ts';

/** The table itself: complete labels, their balance, ids and rows that repeat others, rows that stand in the training table too. */
export const checkData: Check = (facts, settings) =>
  facts.data.length === 0
    ? [noRows({ id: 'data', check: 'data' })]
    : facts.data.flatMap((data) => [
        labels(data, facts),
        ...(data.role === 'frozen' ? [] : size(data, settings, facts)),
        ...duplicateIds(data, settings),
        ...repeatedRows(data, settings),
        ...sharedRows(data, settings),
        ...(data.role === 'frozen' ? [] : trainingDrift(data, settings)),
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

function labels(data: DataFacts, { task }: GateFacts): CheckResult {
  const base = { id: dataId(data, 'labels'), check: 'data', subject: data.role, n: data.rows } as const;
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
      settle:
        'Check the label column, and the task where it was guessed: --task NAME, or task: in the config.',
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

function size(data: DataFacts, settings: GateSettings, facts: GateFacts): CheckResult[] {
  const { minRows, minPositives } = settings.data;
  return [
    ...(minRows === undefined
      ? []
      : [atLeast({ id: dataId(data, 'rows'), data, what: 'row', seen: data.rows, limit: minRows })]),
    ...(minPositives === undefined
      ? []
      : [
          heldBy(
            atLeast({
              id: dataId(data, 'positives'),
              data,
              what: 'positive row',
              seen: positives(data),
              limit: minPositives,
            }),
            guessedPositive('recall', data, facts),
          ),
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
