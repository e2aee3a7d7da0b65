import type { CheckResult } from '../core/check.ts';
import type { Outcome } from '../core/outcome.ts';
import { worstOutcome } from '../core/outcome.ts';
import { countOf } from './sentences.ts';

/** What the checks add up to. */
export interface Judgement {
  outcome: Outcome;
  /** The sentence of the binding check. */
  reason: string;
  /** Id of the binding check; absent on a pass, and when no gate ran. */
  binding?: string;
}

/** The worst of the gates wins; zero gates is `hold`. Of several checks with that outcome the one with the lowest `placeOf` binds. */
export function judgeBy(checks: readonly CheckResult[], placeOf: (check: CheckResult) => number): Judgement {
  const gates = checks.filter((check) => check.role === 'gate');
  const outcome = worstOutcome(gates.map((check) => check.outcome));
  if (gates.length === 0)
    return {
      outcome,
      reason: 'No gate ran, so nothing is proved. Ask for at least one: gates: { metrics: … }.',
    };
  if (outcome === 'pass')
    return {
      outcome,
      reason: gates.length === 1 ? 'The one gate passes.' : `All ${countOf(gates.length, 'gate')} pass.`,
    };
  const [binding] = gates
    .filter((check) => check.outcome === outcome)
    .toSorted((a, b) => placeOf(a) - placeOf(b));
  return {
    outcome,
    reason: (binding?.message ?? '').slice(0, 1000),
    ...(binding === undefined ? {} : { binding: binding.id }),
  };
}
