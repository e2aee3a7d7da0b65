import type { CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import { result } from '../../verdict/check-result.ts';
import { countOf, quote } from '../../verdict/sentences.ts';
import type { ShadowFacts } from '../facts.ts';
import { placeOf } from '../place-of.ts';
import { logLimits } from './log-limits.ts';
import type { ShadowCheck } from './shadow-check.ts';

/** Whose requests these are, and what of the log was left out and why. */
export const checkLog: ShadowCheck = (facts, settings) => [
  ...noRequests(facts),
  ...binding(facts),
  ...logLimits(facts.log, settings),
  ...exclusions(facts),
];

function binding({ binding, releases }: ShadowFacts): CheckResult[] {
  if (binding === 'versions') return [];
  const base = { id: 'log.versions', check: 'log', reason: binding } as const;
  if (binding === 'trusted') {
    const message = `The log does not say of both models which release answered; the config says that it holds ${quote(releases.champion.name)} and ${quote(releases.challenger.name)} (trust_log).`;
    return [result({ ...base, role: 'inform', outcome: 'pass', message })];
  }
  return [
    result({
      ...base,
      role: 'gate',
      outcome: 'hold',
      message:
        'The log does not say which releases answered, so nothing that it shows is bound to a release.',
      settle:
        'Log a version column for both models (shadow.columns: champion.version, challenger.version). If you know that it holds just these two, name them by --champion and --challenger and set trust_log: true.',
    }),
  ];
}

function noRequests({ window, log, releases }: ShadowFacts): CheckResult[] {
  if (window !== undefined) return [];
  const [other] = log.otherVersions.names;
  const seen =
    other === undefined ? '' : ` Most rows are of ${pairOf(other)} (${countOf(other.rows, 'row')}).`;
  return [
    result({
      id: 'log.requests',
      check: 'log',
      role: 'gate',
      outcome: 'hold',
      reason: 'no-requests',
      n: 0,
      message:
        log.rows === 0
          ? 'The log has no rows.'
          : `None of the ${countOf(log.rows, 'row')} of the log counts for ${quote(releases.challenger.name)} in shadow of ${quote(releases.champion.name)}.${seen}`,
      settle:
        'Name the releases of the log by --champion and --challenger, widen the window, or mend what was left out below.',
    }),
  ];
}

/** `"1.0.0" and "2.0.0"`; a side without a version has none. */
function pairOf({ champion, challenger }: { champion: string; challenger: string }): string {
  const named = (version: string): string => (version === '' ? 'no version' : quote(version));
  return `${named(champion)} and ${named(challenger)}`;
}

/** What was left out, each reason with its rows. */
function exclusions({ log, releases }: ShadowFacts): CheckResult[] {
  const { rejected, outsideWindow, otherVersions, swapped } = log;
  const first = rejected.first;
  const others = otherVersions.names
    .map((other) => `${pairOf(other)}: ${formatCount(other.rows)}`)
    .join('; ');
  const reasons: [reason: string, rows: number, message: string][] = [
    [
      'rejected',
      rejected.count,
      `${countOf(rejected.count, 'broken line')} left out${first === undefined ? '' : `; the first is ${placeOf(first)}: ${first.why}`}.`,
    ],
    ['outside-window', outsideWindow, `${countOf(outsideWindow, 'row')} outside of the window left out.`],
    [
      'other-versions',
      otherVersions.rows,
      `${countOf(otherVersions.rows, 'row')} of other versions left out (${others}).`,
    ],
    [
      'swapped',
      swapped,
      `${countOf(swapped, 'row')} left out in which ${quote(releases.champion.name)} is the challenger and ${quote(releases.challenger.name)} the champion: they are never pooled.`,
    ],
  ];
  return reasons
    .filter(([, rows]) => rows > 0)
    .map(([reason, rows, message]) =>
      result({
        id: `log.${reason}`,
        check: 'log',
        role: 'inform',
        outcome: 'pass',
        reason,
        measured: rows,
        unit: 'rows',
        n: log.rows,
        message,
      }),
    );
}
