import type { CheckResult } from '../../core/check.ts';
import { listNames } from '../../verdict/sentences.ts';
import { result } from '../../verdict/check-result.ts';
import type { GateFacts } from '../facts.ts';

const AGREE = 'Agree to all of them before reading the verdict: it is theirs.';

/**
 * A pull request that is judged by gates of its own: said where the base branch has none for its model; a hold where that may be a way around
 * them. Nothing where the base branch's judge, and outside of pull requests.
 */
export function judgedByBase({ judgedBy, sinceBase }: GateFacts): CheckResult[] {
  if (judgedBy === undefined || judgedBy.kind === 'base') return [];
  const base = { id: 'gates.judge', check: 'gates', role: 'gate', outcome: 'hold' } as const;
  if (judgedBy.kind === 'unknown')
    return [
      result({
        ...base,
        reason: 'no-base-gates',
        message: `The gates of the base branch, which judge a pull request, are not to be had: ${judgedBy.why}.`,
        settle: judgedBy.settle,
      }),
    ];
  const at = judgedBy.commit.slice(0, 7);
  if (sinceBase === undefined)
    return [
      result({
        ...base,
        role: 'inform',
        reason: 'first-gates',
        message: `This pull request brings the first gates, and is judged by them: the base branch (${at}) has no config.`,
        settle: AGREE,
      }),
    ];
  if (sinceBase.kind === 'no-base') return [];
  const { absent, gone = [] } = sinceBase;
  if (absent === undefined)
    return [
      result({
        ...base,
        reason: 'model-gone',
        message: `The base branch (${at}) has no gates for this model any more, so the pull request would be judged by its own.`,
        settle: 'Bring the pull request up to date with its base branch.',
      }),
    ];
  if (gone.length === 0) return [];
  return [
    result({
      ...base,
      reason: 'model-renamed',
      message: `This pull request takes ${listNames(gone)} out of the config and brings this model, which only gates of its own judge.`,
      settle:
        'Bring the model in a pull request that takes none away, or keep its name: a change of both cannot be told from a way around its gates.',
    }),
  ];
}
