import type { CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import { TWO_SIDED } from '../../stats/interval.ts';
import { shareDifferenceAtEveryLook } from '../../stats/sequential/share-difference.ts';
import { result } from '../../verdict/check-result.ts';
import { countOf } from '../../verdict/sentences.ts';
import { SIDES, type ShadowFacts } from '../facts.ts';
import { formatShare } from '../format-share.ts';
import type { ShadowSettings } from '../settings.ts';
import { shareLimit } from './share-limit.ts';
import type { ShadowCheck } from './shadow-check.ts';

/** Requests that the challenger failed on: an error, NaN, or no answer, beside the champion on the same requests. */
export const checkErrors: ShadowCheck = (facts, settings) => {
  const { both, championOnly, challengerOnly, neither } = facts.failures;
  const n = both + championOnly + challengerOnly + neither;
  if (n === 0) return [];
  return [increase(facts, settings, n), ...rate(facts, settings, n), ...kinds(facts), ...peculiar(facts)];
};

/** By how much more of the requests the challenger fails. */
function increase(
  { failures }: ShadowFacts,
  { errors, plannedLabels }: ShadowSettings,
  n: number,
): CheckResult {
  const { both, championOnly, challengerOnly } = failures;
  const { low, high } = shareDifferenceAtEveryLook({
    championOnly,
    challengerOnly,
    n,
    planned: plannedLabels,
  });
  const [theirs, ours] = [(both + championOnly) / n, (both + challengerOnly) / n];
  const max = errors.maxIncrease;
  const outcome = high <= max ? 'pass' : low > max ? 'fail' : 'hold';
  const reasons = { pass: 'within-margin', fail: 'beyond-margin', hold: 'not-proved' } as const;
  const allowed = `it may fail on ${formatShare(max)} more`;
  const proved =
    outcome === 'fail'
      ? 'proved to be more than allowed'
      : `at most ${formatShare(Math.max(high, 0))} more with 95 % confidence`;
  return result({
    id: 'errors.increase',
    check: 'errors',
    role: 'gate',
    outcome,
    reason: reasons[outcome],
    measured: ours,
    baseline: theirs,
    baselineName: 'champion',
    difference: ours - theirs,
    interval: [low, high],
    level: TWO_SIDED,
    method: 'betting, valid at every look',
    unit: 'share',
    n,
    limit: { rule: 'max_drop', value: max },
    message: `The challenger fails on ${formatShare(ours)} of ${countOf(n, 'request')}, the champion on ${formatShare(theirs)}; ${proved}, and ${allowed}.`,
    settle:
      outcome === 'pass'
        ? undefined
        : outcome === 'fail'
          ? 'Make the challenger answer what the champion answers, or raise shadow.errors.max_increase if serving can afford it.'
          : 'Wait for more requests: the difference is not proved either way yet.',
  });
}

function rate(
  { failures }: ShadowFacts,
  { errors, plannedLabels: planned }: ShadowSettings,
  n: number,
): CheckResult[] {
  if (errors.max === undefined) return [];
  return [
    shareLimit({
      id: 'errors.rate',
      check: 'errors',
      count: failures.both + failures.challengerOnly,
      n,
      max: errors.max,
      planned,
      says: 'The challenger fails on',
      settle: 'Make the challenger answer, or raise shadow.errors.max.',
    }),
  ];
}

/** Errors by kind, shown. */
function kinds({ outcomes }: ShadowFacts): CheckResult[] {
  return SIDES.flatMap((side) => {
    const { errors, otherErrors, notANumber, silent } = outcomes[side];
    const parts = [
      ...errors.slice(0, 8).map(({ kind, rows }) => `${JSON.stringify(kind)} ${formatCount(rows)}`),
      ...counted('of other kinds', otherErrors + errors.slice(8).reduce((sum, { rows }) => sum + rows, 0)),
      ...counted('NaN, infinite or no probability', notANumber),
      ...counted('neither score nor error', silent),
    ];
    if (parts.length === 0) return [];
    const rows = errors.reduce((sum, each) => sum + each.rows, 0) + otherErrors + notANumber + silent;
    return [
      result({
        id: `errors.kinds.${side}`,
        check: 'errors',
        role: 'inform',
        outcome: 'pass',
        reason: 'shown',
        measured: rows,
        unit: 'rows',
        message: `The ${side} failed on ${countOf(rows, 'request')}: ${parts.join(', ')}.`,
      }),
    ];
  });
}

function counted(what: string, rows: number): string[] {
  return rows === 0 ? [] : [`${what} ${formatCount(rows)}`];
}

function peculiar({ peculiar }: ShadowFacts): CheckResult[] {
  return peculiar.map(({ kind, rows, champion, challenger }) =>
    result({
      id: `errors.features.${kind.toLowerCase()}`,
      check: 'errors',
      role: 'inform',
      outcome: 'pass',
      reason: 'shown',
      measured: rows,
      unit: 'rows',
      message: `${countOf(rows, 'request')} ${rows === 1 ? 'has' : 'have'} a ${kind} feature: the champion answered ${formatCount(champion.answered)} and failed on ${formatCount(champion.failed)}, the challenger answered ${formatCount(challenger.answered)} and failed on ${formatCount(challenger.failed)}.`,
    }),
  );
}
