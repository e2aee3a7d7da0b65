import type { CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import { result } from '../../verdict/check-result.ts';
import { countOf } from '../../verdict/sentences.ts';
import type { ShadowFacts } from '../facts.ts';
import { formatShare } from '../format-share.ts';
import { formatSpan } from '../format-span.ts';
import type { ShadowSettings } from '../settings.ts';
import { labelDoubts } from './label-doubts.ts';
import type { ShadowCheck } from './shadow-check.ts';

/** Which labels there are, and which of them decide. A task of scores needs none. */
export const checkLabels: ShadowCheck = (facts, settings) => {
  if (facts.task === 'score' || facts.window === undefined) return [];
  if (!facts.matured.known) return [unusable(facts.labels.absent, facts.matured.why)];
  return [
    ...none(facts),
    ...missing(facts, settings),
    ...labelDoubts(facts, settings),
    ...maturity(facts),
    ...oddities(facts),
  ];
};

function unusable(absent: boolean, why: string): CheckResult {
  return result({
    id: 'labels.known',
    check: 'labels',
    role: 'gate',
    outcome: absent ? 'hold' : 'error',
    reason: absent ? 'no-labels' : 'unusable',
    n: 0,
    message: absent
      ? 'There are no labels, so nothing is known about quality: agreement, errors and latency alone do not show that the challenger is as good.'
      : `The labels cannot be used: ${why}.`,
    settle: absent
      ? 'Name where labels arrive: shadow.columns.label for a column of the log, shadow.labels or --labels for files.'
      : 'Mend the labels, or name what they are: --positive or outputs.positive, --task or models.NAME.task, shadow.columns.label.',
  });
}

/** No matured label yet: said first, and not as a page of zeros. */
function none({ labels, matured, window }: ShadowFacts): CheckResult[] {
  if (!matured.known || matured.value.n > 0) return [];
  const waits =
    labels.immature + labels.waiting > 0
      ? ` ${countOf(labels.immature + labels.waiting, 'request')} ${labels.immature + labels.waiting === 1 ? 'is' : 'are'} too young to decide${labels.delayP95Ms === undefined ? '' : ` (95 % of labels come within ${formatSpan(labels.delayP95Ms)})`}.`
      : '';
  const days = window === undefined ? '' : `, after ${formatSpan(window.to - window.from)}`;
  return [
    result({
      id: 'labels.known',
      check: 'labels',
      role: 'gate',
      outcome: 'hold',
      reason: 'no-matured-labels',
      n: 0,
      message: `No request that both models answered has a label that decides${days}.${waits}`,
      settle: 'Wait for labels, or hand in those that came meanwhile (--labels FILE).',
    }),
  ];
}

/** Matured requests that never got a label: which ones get one may depend on what the champion did. */
function missing({ labels }: ShadowFacts, { coverage }: ShadowSettings): CheckResult[] {
  if (labels.matured === 0 || labels.missing === labels.matured) return [];
  const share = labels.missing / labels.matured;
  const within = share <= coverage.maxUnlabelled;
  return [
    result({
      id: 'labels.missing',
      check: 'labels',
      role: 'gate',
      outcome: within ? 'pass' : 'hold',
      reason: within ? 'within-limit' : 'above-max',
      measured: share,
      unit: 'share',
      n: labels.matured,
      limit: { rule: 'max', value: coverage.maxUnlabelled },
      message: `${formatShare(share)} of ${countOf(labels.matured, 'matured request')} have no label (${formatCount(labels.missing)}); those that have one may not be like them.`,
      settle: within
        ? undefined
        : 'Find out which requests get no label. If it has nothing to do with the models, allow that share: shadow.coverage.max_unlabelled.',
    }),
  ];
}

function maturity({ labels, matured }: ShadowFacts): CheckResult[] {
  if (!matured.known || matured.value.n === 0) return [];
  if (labels.maturedUntil === undefined) return [timeless(labels.waiting + labels.missing)];
  if (labels.immature + labels.waiting + labels.unscored === 0) return [];
  const delay =
    labels.delayP95Ms === undefined ? '' : `; 95 % of labels come within ${formatSpan(labels.delayP95Ms)}`;
  const failed =
    labels.unscored === 0
      ? ''
      : ` ${countOf(labels.unscored, 'labelled request')} cannot be compared, because a model failed on ${labels.unscored === 1 ? 'it' : 'them'}.`;
  return [
    result({
      id: 'labels.maturity',
      check: 'labels',
      role: 'inform',
      outcome: 'pass',
      reason: 'shown',
      measured: labels.immature + labels.waiting,
      unit: 'rows',
      message: `${countOf(labels.immature, 'younger request')} with a label and ${formatCount(labels.waiting)} without are shown and do not decide yet${delay}.${failed}`,
    }),
  ];
}

/** Without times nobody knows which requests still wait for their label. */
function timeless(missing: number): CheckResult {
  return result({
    id: 'labels.maturity',
    check: 'labels',
    role: 'inform',
    outcome: 'hold',
    reason: 'no-label-times',
    measured: missing,
    unit: 'rows',
    message:
      'No label has a time, so nobody knows how long labels take: every labelled request decides, however young it is.',
    settle:
      'Log when labels become known (shadow.columns.label_time), or say how long to wait: shadow.matured_after.',
  });
}

function oddities({ labels }: ShadowFacts): CheckResult[] {
  const { repeats, corrections, unknownIds } = labels;
  const parts = [
    ...part(repeats, repeats === 1 ? 'repeats an earlier one' : 'repeat an earlier one'),
    ...part(
      corrections,
      corrections === 1
        ? 'corrects an earlier one (the latest counts)'
        : 'correct an earlier one (the latest counts)',
    ),
    ...part(
      unknownIds,
      unknownIds === 1 ? 'is for an id that the log does not have' : 'are for ids that the log does not have',
    ),
  ];
  if (parts.length === 0) return [];
  return [
    result({
      id: 'labels.oddities',
      check: 'labels',
      role: 'inform',
      outcome: 'pass',
      reason: 'shown',
      measured: repeats + corrections + unknownIds,
      unit: 'rows',
      message: `Of the labels, ${parts.join(', ')}.`,
    }),
  ];
}

function part(count: number, what: string): string[] {
  return count === 0 ? [] : [`${formatCount(count)} ${what}`];
}
