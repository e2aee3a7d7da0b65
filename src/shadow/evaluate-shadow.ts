import type { CheckName, CheckResult } from '../core/check.ts';
import { KnownGoodError, messageChain } from '../core/errors.ts';
import { result } from '../verdict/check-result.ts';
import { judgeBy, type Judgement } from '../verdict/judge.ts';
import { checkAgreement } from './checks/agreement.ts';
import { checkCoverage } from './checks/coverage.ts';
import { checkDrift } from './checks/drift.ts';
import { checkErrors } from './checks/errors.ts';
import { checkLabels } from './checks/labels.ts';
import { checkLatency } from './checks/latency.ts';
import { checkLog } from './checks/log.ts';
import { checkPromise } from './checks/promise.ts';
import { checkQuality } from './checks/quality.ts';
import type { ShadowCheck } from './checks/shadow-check.ts';
import { checkSliceErrors } from './checks/slice-errors.ts';
import { checkSlices } from './checks/slices.ts';
import type { ShadowFacts } from './facts.ts';
import type { ShadowSettings } from './settings.ts';

/** In the order of the report. */
const ALL: readonly [CheckName, ShadowCheck][] = [
  ['log', checkLog],
  ['labels', checkLabels],
  ['coverage', checkCoverage],
  ['agreement', checkAgreement],
  ['champion', checkQuality],
  ['promise', checkPromise],
  ['slices', checkSlices],
  ['slices', checkSliceErrors],
  ['errors', checkErrors],
  ['latency', checkLatency],
  ['drift', checkDrift],
];

/** Every check of a shadow. One that breaks is an `error` of its own; the others still run. */
export function evaluateShadow(facts: ShadowFacts, settings: ShadowSettings): CheckResult[] {
  const checks = ALL.flatMap(([name, check]) => {
    try {
      return check(facts, settings);
    } catch (error) {
      return [broken(name, error)];
    }
  });
  return withOwnIds([...checks, ...noQuality(checks)]);
}

const LONGEST_ID = 400;

/** Names that were cut can be the same: a result that comes later then says which one it is. */
function withOwnIds(checks: readonly CheckResult[]): CheckResult[] {
  const seen = new Map<string, number>();
  return checks.map((check) => {
    const times = (seen.get(check.id) ?? 0) + 1;
    seen.set(check.id, times);
    if (times === 1) return check;
    const suffix = ` (${times})`;
    return { ...check, id: `${check.id.slice(0, LONGEST_ID - suffix.length)}${suffix}` };
  });
}

function broken(check: CheckName, error: unknown): CheckResult {
  const ours = !(error instanceof KnownGoodError) || error.code === 'internal';
  const why = messageChain(error).join(': ');
  return result({
    id: check,
    check,
    role: 'gate',
    outcome: 'error',
    reason: 'check-failed',
    message: ours ? `The check ${check} broke off: ${why}` : why,
    settle: ours ? 'Please report this: a check must never break off.' : undefined,
  });
}

/** Of several checks with the same outcome the first of these binds: what the numbers mean before the numbers. */
const PRECEDENCE: readonly CheckName[] = [
  'log',
  'labels',
  'coverage',
  'agreement',
  'champion',
  'metrics',
  'errors',
  'slices',
  'latency',
  'drift',
];

/** The worst of the gates wins; zero gates is `hold`. */
export function judgeShadow(checks: readonly CheckResult[]): Judgement {
  return judgeBy(checks, ({ check }) => PRECEDENCE.indexOf(check));
}

/** Said where no metric decides: agreement, errors and latency alone are no proof of quality. */
function noQuality(checks: readonly CheckResult[]): CheckResult[] {
  const told = checks.some(
    ({ id, check, role }) =>
      role === 'gate' &&
      (check === 'champion' || check === 'metrics' || id === 'labels.known' || id === 'log.requests'),
  );
  if (told) return [];
  return [
    result({
      id: 'metrics.none',
      check: 'metrics',
      role: 'gate',
      outcome: 'hold',
      reason: 'no-metric',
      message:
        'No metric decides, so quality is not proved: agreement, errors and latency alone do not show it.',
      settle: 'Set a margin: shadow.metrics, or gates.metrics with max_drop.',
    }),
  ];
}
