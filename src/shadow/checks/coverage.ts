import type { CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import { result } from '../../verdict/check-result.ts';
import { countOf } from '../../verdict/sentences.ts';
import { shareLimit } from './share-limit.ts';
import type { ShadowCheck } from './shadow-check.ts';

/** Requests that only one model has: a challenger whose time-outs vanish from the log must not look fast. */
export const checkCoverage: ShadowCheck = (
  { coverage, window },
  { coverage: limits, plannedLabels: planned },
) => {
  const { both, championOnly, challengerOnly, neither } = coverage;
  const n = both + championOnly + challengerOnly;
  if (window === undefined) return [];
  if (n === 0) {
    return [
      result({
        id: 'coverage.unmatched',
        check: 'coverage',
        role: 'gate',
        outcome: 'hold',
        reason: 'no-requests',
        n: 0,
        message: `No request of the log reached either model: ${countOf(neither, 'row')} have neither score nor error.`,
        settle: 'Check the names of the score and error columns in shadow.columns.',
      }),
    ];
  }
  const unmatched = shareLimit({
    id: 'coverage.unmatched',
    check: 'coverage',
    count: championOnly + challengerOnly,
    n,
    max: limits.maxUnmatched,
    planned,
    says: `The log has an answer or an error of one model only (champion ${formatCount(championOnly)}, challenger ${formatCount(challengerOnly)}) for`,
    settle:
      'Find out where the other model’s requests went (time-outs, sampling, a crash) and log them as errors; a comparison without them flatters.',
  });
  return [unmatched, ...unanswered(neither)];
};

function unanswered(neither: number): CheckResult[] {
  if (neither === 0) return [];
  const message = `${countOf(neither, 'request')} have neither a score nor an error of either model, and count for nothing.`;
  return [
    result({
      id: 'coverage.neither',
      check: 'coverage',
      role: 'inform',
      outcome: 'pass',
      reason: 'shown',
      measured: neither,
      unit: 'rows',
      message,
    }),
  ];
}
