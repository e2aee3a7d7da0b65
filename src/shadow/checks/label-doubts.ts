import type { CheckResult } from '../../core/check.ts';
import { result } from '../../verdict/check-result.ts';
import { countOf } from '../../verdict/sentences.ts';
import type { DecidedRows, ShadowFacts } from '../facts.ts';
import { formatShare } from '../format-share.ts';
import type { ShadowSettings } from '../settings.ts';

/** Reasons not to believe what the labels say: they follow the champion’s decisions, or cannot be true. */
export function labelDoubts(facts: ShadowFacts, settings: ShadowSettings): CheckResult[] {
  return [...selected(facts, settings), ...impossible(facts, settings)];
}

/** Where labels come only for what the champion decided one way, its own mistakes are all that is seen: the challenger looks better than it is. */
function selected({ labels }: ShadowFacts, { coverage, slices }: ShadowSettings): CheckResult[] {
  const { byDecision } = labels;
  if (byDecision === undefined || labels.missing === labels.matured) return [];
  const shareOf = ({ rows, missing }: DecidedRows): number => (rows === 0 ? 0 : missing / rows);
  const [word, worst] = (['positive', 'negative'] as const)
    .map((decision) => [decision, byDecision[decision]] as const)
    .reduce((a, b) => (shareOf(b[1]) > shareOf(a[1]) ? b : a));
  const share = shareOf(worst);
  if (worst.rows < slices.minRows || share <= coverage.maxUnlabelled) return [];
  const other = byDecision[word === 'positive' ? 'negative' : 'positive'];
  const beside = other.rows === 0 ? '' : `, of the others ${formatShare(shareOf(other))}`;
  return [
    result({
      id: 'labels.selected',
      check: 'labels',
      role: 'gate',
      outcome: 'hold',
      reason: 'selected-labels',
      measured: share,
      unit: 'share',
      n: worst.rows,
      limit: { rule: 'max', value: coverage.maxUnlabelled },
      message: `Of the ${countOf(worst.rows, 'matured request')} that the champion decided as ${word}, ${formatShare(share)} have no label${beside}. Where labels follow the champion’s decisions, a comparison on the labelled rest flatters the challenger.`,
      settle:
        'Get labels for a random part of what the champion decided as ' +
        `${word}. If they are missing for another reason, allow that share: shadow.coverage.max_unlabelled.`,
    }),
  ];
}

/** Labels that cannot be true are not used; more than the limit says that the join is wrong. */
function impossible({ labels }: ShadowFacts, { coverage }: ShadowSettings): CheckResult[] {
  const { beforeRequest } = labels;
  if (beforeRequest === 0) return [];
  const known = beforeRequest + labels.matured - labels.missing + labels.immature;
  const share = beforeRequest / known;
  const within = share <= coverage.maxMalformed;
  return [
    result({
      id: 'labels.impossible',
      check: 'labels',
      role: 'gate',
      outcome: within ? 'pass' : 'hold',
      reason: within ? 'within-limit' : 'above-max',
      measured: share,
      unit: 'share',
      n: known,
      limit: { rule: 'max', value: coverage.maxMalformed },
      message: `${countOf(beforeRequest, 'label')} (${formatShare(share)}) ${beforeRequest === 1 ? 'is' : 'are'} older than the request or from the future, and not used.`,
      settle: within
        ? undefined
        : 'Find out whether ids are used twice, clocks differ, or label times are dates without a time of day; or allow that share: shadow.coverage.max_malformed.',
    }),
  ];
}
