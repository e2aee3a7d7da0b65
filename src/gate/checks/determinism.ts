import type { CheckResult } from '../../core/check.ts';
import type { RepeatProbe } from '../facts.ts';
import type { Fact } from '../../core/fact.ts';
import { formatValue } from '../../core/format-number.ts';
import { countOf } from '../../verdict/sentences.ts';
import { result } from '../../verdict/check-result.ts';
import type { Check } from './check.ts';

/** Float sums may be taken in another order for another batch size; a larger difference than this changes decisions. */
const ALONE_TOLERANCE = 1e-4;

/** The same rows twice give the same answers to the bit, and a row's answer does not depend on its batch. */
export const checkDeterminism: Check = (facts) => {
  if (facts.challenger === undefined || facts.probes === undefined) return [];
  return [
    repeated({ id: 'determinism.twice', probe: facts.probes.twice, tolerance: 0, what: 'asked twice' }),
    repeated({
      id: 'determinism.alone',
      probe: facts.probes.alone,
      tolerance: ALONE_TOLERANCE,
      what: 'asked alone instead of in a batch',
    }),
  ];
};

interface Repeated {
  id: string;
  probe: Fact<RepeatProbe>;
  /** Largest difference that still counts as the same, relative to max(1, |answer|). */
  tolerance: number;
  what: string;
}

function repeated({ id, probe, tolerance, what }: Repeated): CheckResult {
  const base = { id, check: 'determinism', role: 'gate' } as const;
  if (!probe.known)
    return result({
      ...base,
      outcome: 'error',
      reason: 'not-measured',
      message: `Not tried, ${what}: ${probe.why}`,
    });
  const { rows, differing, largest } = probe.value;
  if (rows === 0)
    return result({
      ...base,
      outcome: 'error',
      reason: 'not-measured',
      message: `Not tried, ${what}: no row.`,
    });
  if (largest <= tolerance) {
    const seen =
      differing === 0
        ? 'the same to the bit'
        : `within ${formatValue(largest, { unit: 'score' })} (float sums in another order)`;
    return result({
      ...base,
      outcome: 'pass',
      reason: 'same',
      measured: largest,
      n: rows,
      message: `${countOf(rows, 'row')} ${what}: the answers are ${seen}.`,
    });
  }
  return result({
    ...base,
    outcome: 'fail',
    reason: 'differs',
    measured: largest,
    limit: { rule: 'max', value: tolerance },
    n: rows,
    message: `${countOf(differing, 'answer')} of ${rows} differ when ${what}, by up to ${formatValue(largest, { unit: 'score' })}.`,
    settle: 'Remove random operators and operators that mix the rows of a batch from the exported graph.',
  });
}
