import type { CheckName, CheckResult } from '../core/check.ts';
import { badness } from '../core/outcome.ts';
import type { Verdict } from '../core/verdict.ts';

/** Measurements worth a row of the first table even when they pass, most telling first. */
const TELLING: readonly CheckName[] = ['champion', 'metrics', 'declared', 'latency', 'memory'];

/** A result that claims numbers which the measurement contradicts: told before anything else. */
export function isFalseDeclaration({ check, role, outcome }: CheckResult): boolean {
  return check === 'declared' && role === 'gate' && outcome === 'fail';
}

/** False declarations, the binding check, then gates before informs, worst first, most telling first. */
export function byImportance({ checks, binding }: Verdict): CheckResult[] {
  const rank = (result: CheckResult): number[] => [
    isFalseDeclaration(result) ? 0 : 1,
    result.id === binding ? 0 : 1,
    result.role === 'gate' ? 0 : 1,
    -badness(result.outcome),
    TELLING.includes(result.check) ? TELLING.indexOf(result.check) : TELLING.length,
  ];
  return checks.toSorted((a, b) => compare(rank(a), rank(b)));
}

/** Whether a passing result says enough in numbers to stand beside the failing ones. */
export function isTelling({ check, measured }: CheckResult): boolean {
  return TELLING.includes(check) && typeof measured === 'number';
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
