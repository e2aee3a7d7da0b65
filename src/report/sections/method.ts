import type { CheckResult } from '../../core/check.ts';
import { METRICS } from '../../core/metric.ts';
import type { Verdict } from '../../core/verdict.ts';
import { checkName } from '../check-name.ts';
import { strong, text, type Block, type Inline } from '../document.ts';

/** How to read the numbers, and which method decided which check; `more` are terms of a report of another kind. */
export function methodSection({ checks }: Verdict, more: readonly Inline[][] = []): Block {
  const points = checks.some((check) => check.unit === 'share' && check.difference !== undefined);
  const lower = checks.some(({ metric }) => metric !== undefined && METRICS[metric].better === 'lower');
  const margins = checks.some((check) => check.limit?.rule === 'max_drop');
  const items: Inline[][] = [
    term(
      'Outcomes.',
      'pass: proved within its limit. hold: not proved either way. fail: the limit is broken. error: it could not be told. The worst gate decides; a check that informs never does.',
    ),
    term(
      'Intervals.',
      'Each end is a one-sided 95 % bound, so the pair covers the true value 90 % of the time.',
    ),
    ...more,
    ...withoutInterval(checks),
    ...(margins
      ? [
          term(
            'Against a baseline.',
            'Both models are measured on the same rows. A pass means that a loss beyond the margin is ruled out; at a true loss equal to the margin that happens at most 5 % of the time.',
          ),
        ]
      : []),
    ...(points ? [term('Points.', 'Differences of shares are in points: 1 point is 0.01.')] : []),
    ...(lower ? [term('↓', 'marks metrics of which less is better.')] : []),
    ...methods(checks),
  ];
  return { kind: 'details', summary: 'How to read this', blocks: [{ kind: 'list', items }] };
}

/** Metrics that are shown as bare numbers, and how to get their intervals. */
function withoutInterval(checks: readonly CheckResult[]): Inline[][] {
  const bare = checks.filter(
    ({ check, role, measured, interval }) =>
      check === 'metrics' && role === 'inform' && typeof measured === 'number' && interval === undefined,
  );
  const gated = new Set(checks.filter(({ role }) => role === 'gate').map(({ metric }) => metric));
  const names = new Set(
    bare.flatMap(({ metric }) => (metric === undefined || gated.has(metric) ? [] : [METRICS[metric].name])),
  );
  if (names.size === 0) return [];
  return [
    term(
      'No interval.',
      `${[...names].join(', ')} only inform here: an interval that has to be resampled, or needs a bound, is made only where a gate limits the metric (min or max).`,
    ),
  ];
}

function methods(checks: readonly CheckResult[]): Inline[][] {
  const named = checks.filter((check) => check.method !== undefined && check.check !== 'slices');
  const distinct = [...new Set(named.map((check) => check.method ?? ''))];
  return distinct.map((method) => {
    const users = named.filter((check) => check.method === method).map(checkName);
    return [strong(method), text(` is the method of: ${users.join(', ')}.`)];
  });
}

function term(name: string, sentence: string): Inline[] {
  return [strong(name), text(` ${sentence}`)];
}
