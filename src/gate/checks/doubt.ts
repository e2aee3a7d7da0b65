import type { CheckResult } from '../../core/check.ts';

/** Why a measurement does not decide, whatever it measured. */
export interface Doubt {
  /** The code of the check's reason. */
  reason: string;
  /** A clause that follows "But". */
  why: string;
  settle: string;
  /** A fail may be of the doubt's making as well, and holds too. */
  evenFails: boolean;
}

/** The check, held where the doubt could have made its outcome. Errors stay, and so does what only informs. */
export function heldBy(check: CheckResult, doubt: Doubt | undefined): CheckResult {
  const { role, outcome } = check;
  const made = outcome === 'pass' || (outcome === 'fail' && doubt?.evenFails === true);
  if (doubt === undefined || role !== 'gate' || !made) return check;
  return {
    ...check,
    outcome: 'hold',
    reason: doubt.reason,
    message: `${check.message} But ${doubt.why}.`,
    settle: doubt.settle,
  };
}
