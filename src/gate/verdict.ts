import type { CheckName, CheckResult } from '../core/check.ts';
import type { Outcome } from '../core/outcome.ts';
import { worstOutcome } from '../core/outcome.ts';
import { mappingDoubt } from './checks/mapping-doubt.ts';
import { countOf } from './mapping/sentences.ts';

/** What the checks add up to. */
export interface Judgement {
  outcome: Outcome;
  /** The sentence of the binding check. */
  reason: string;
  /** Id of the binding check; absent on a pass, and when no gate ran. */
  binding?: string;
}

/** Of several checks with the same outcome the first of these binds: lies before limits, limits before conveniences. */
const PRECEDENCE: readonly CheckName[] = [
  'declared',
  'structure',
  'signature',
  'gates',
  'data',
  'champion',
  'metrics',
  'slices',
  'label-output',
  'golden',
  'smoke',
  'determinism',
  'manifest',
  'latency',
  'memory',
];

/** The worst of the gates wins; zero gates is `hold`. */
export function judge(checks: readonly CheckResult[]): Judgement {
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
  const binding = bindingCheck(gates, outcome);
  return {
    outcome,
    reason: (binding?.message ?? '').slice(0, 1000),
    ...(binding === undefined ? {} : { binding: binding.id }),
  };
}

function bindingCheck(gates: readonly CheckResult[], outcome: Outcome): CheckResult | undefined {
  return gates.filter((check) => check.outcome === outcome).toSorted((a, b) => placeOf(a) - placeOf(b))[0];
}

/** Doubts about what the numbers mean come before everything that is made of those numbers. */
function placeOf(check: CheckResult): number {
  const doubt = mappingDoubt(check);
  return doubt >= 0 ? doubt - PRECEDENCE.length : PRECEDENCE.indexOf(check.check);
}
