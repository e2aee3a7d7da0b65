import type { CheckName, CheckResult } from '../core/check.ts';
import { badness } from '../core/outcome.ts';
import type { Verdict } from '../core/verdict.ts';

/** Measurements worth a row of the first table even when they pass, most telling first. */
const TELLING: Readonly<Record<Verdict['kind'], readonly CheckName[]>> = {
  gate: ['champion', 'metrics', 'declared', 'latency', 'memory'],
  shadow: ['champion', 'metrics', 'agreement', 'errors', 'latency'],
};

/** A result that claims numbers which the measurement contradicts: told before anything else. */
export function isFalseDeclaration({ check, role, outcome }: CheckResult): boolean {
  return check === 'declared' && role === 'gate' && outcome === 'fail';
}

/** False declarations, the binding check, then gates before informs, worst first, most telling first. */
export function byImportance({ kind, checks, binding }: Verdict): CheckResult[] {
  const telling = TELLING[kind];
  const rank = (result: CheckResult): number[] => [
    isFalseDeclaration(result) ? 0 : 1,
    result.id === binding ? 0 : 1,
    result.role === 'gate' ? 0 : 1,
    -badness(result.outcome),
    telling.includes(result.check) ? telling.indexOf(result.check) : telling.length,
  ];
  return checks.toSorted((a, b) => compare(rank(a), rank(b)));
}

/** Whether a passing result says enough in numbers to stand beside the failing ones; a shadow counts much that only a limit or the champion gives a meaning. */
export function isTelling({ check, measured, limit, baseline }: CheckResult, kind: Verdict['kind']): boolean {
  if (!TELLING[kind].includes(check) || typeof measured !== 'number') return false;
  return kind === 'gate' || limit !== undefined || baseline !== undefined;
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
