import type { CheckResult } from '../../core/check.ts';
import type { MetricKey } from '../../core/metric.ts';
import { comparePaired } from '../../stats/compare-paired.ts';
import { moreRows } from '../../verdict/sentences.ts';
import type { MetricGate } from '../../verdict/metric-gate.ts';
import { result } from '../../verdict/check-result.ts';
import { comparisonFields } from '../../verdict/comparison-fields.ts';
import type { ToldComparison } from '../../verdict/comparison-sentence.ts';
import { comparisonSentence, doNotShip, lossOf, marginOf } from '../../verdict/comparison-sentence.ts';
import type { Duel } from './duel.ts';
import { sameBytes } from './duel.ts';

/** The one-sided 95 % bound of the loss against the margin: within passes, proved beyond fails, else it holds. */
export function compareByInterval(key: MetricKey, gate: MetricGate, duel: Duel): CheckResult {
  const { id, data, sample, rival, facts } = duel;
  const margin = marginOf(gate, rival.kind);
  const comparison = comparePaired(
    key,
    { champion: rival.sample, challenger: sample },
    {
      margin,
      sameBytes: rival.kind === 'champion' && sameBytes(facts),
      ...(gate.bound === undefined ? {} : { bound: gate.bound }),
      ...(data.clusters === undefined ? {} : { clusters: data.clusters }),
    },
  );
  const told = { rival: rival.kind, clustered: data.clusters !== undefined, gate, margin, comparison };
  return result({
    id,
    check: 'champion',
    role: 'gate',
    outcome: comparison.decision,
    reason: comparison.reason,
    subject: data.role,
    ...comparisonFields(key, comparison, told),
    rowsNeeded: rowsFor(key, told),
    message: comparisonSentence(key, told),
    settle: settleOf(key, told),
  });
}

function settleOf(key: MetricKey, told: ToldComparison): string | undefined {
  const { comparison, rival, clustered } = told;
  if (comparison.decision === 'pass') return undefined;
  if (comparison.decision === 'fail') return doNotShip(key, rival);
  if (comparison.reason === 'not-comparable') return 'Set decide: point, or limit the metric by min or max.';
  if (comparison.reason === 'no-bound') return 'Set bound: to the largest loss of a single row that counts.';
  const rows = rowsFor(key, told);
  if (rows === undefined)
    return 'At the present difference no number of rows would prove it: improve the model, or widen the margin if that loss is acceptable.';
  return moreRows(rows, comparison.n, { clustered });
}

/** Rows in all that would settle it; none would where the loss that was measured is itself beyond the margin. */
function rowsFor(key: MetricKey, { comparison, margin }: ToldComparison): number | undefined {
  const loss = lossOf(key, comparison.challenger, comparison.champion);
  return loss > margin ? undefined : comparison.rowsNeeded;
}
