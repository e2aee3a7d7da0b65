import type { CheckResult } from '../../core/check.ts';
import { psiAgainst } from '../../stats/drift/against-limit.ts';
import { result } from '../../verdict/check-result.ts';
import { countOf, listNames, quote } from '../../verdict/sentences.ts';
import { driftSentence } from '../drift-sentence.ts';
import type { DriftFinding, ShadowFacts } from '../facts.ts';
import type { ShadowCheck } from './shadow-check.ts';

/** Drift of features against the reference, one check each, and of features and scores over the window, in one. It informs unless the config gives a limit. */
export const checkDrift: ShadowCheck = (facts, { drift: { maxPsi } }) => {
  if (facts.window === undefined) return [];
  const against = facts.drift.findings.filter((finding) => finding.against === 'reference');
  return [
    ...(against.length === 0 ? noReference(facts, maxPsi) : []),
    ...against.map((finding) => featureDrift(finding, maxPsi)),
    ...facts.drift.unmeasured.map((feature) => unmeasured(feature, maxPsi)),
    ...absent(facts.drift.absent),
    ...overWindow(facts.drift.findings.filter((finding) => finding.against === 'first third')),
  ];
};

/** A limit on drift without anything to measure it against is not passed. */
function noReference({ drift }: ShadowFacts, limit: number | undefined): CheckResult[] {
  const why = drift.noReference ?? 'The reference and the log have no feature in common.';
  return [
    result({
      id: 'drift.reference',
      check: 'drift',
      role: limit === undefined ? 'inform' : 'gate',
      outcome: 'hold',
      reason: 'no-reference',
      limit: limit === undefined ? undefined : { rule: 'max', value: limit },
      message: `Drift from the training data was not measured. ${why}`,
      settle: 'Name a training reference with the features of the log: shadow.reference.',
    }),
  ];
}

/** A feature that cannot be held against the reference does not keep the limit. */
function unmeasured({ name, why }: { name: string; why: string }, limit: number | undefined): CheckResult {
  return result({
    id: `drift.reference.${name}`.slice(0, 400),
    check: 'drift',
    role: limit === undefined ? 'inform' : 'gate',
    outcome: 'hold',
    reason: 'not-measured',
    limit: limit === undefined ? undefined : { rule: 'max', value: limit },
    message: `How far ${quote(name)} is from the reference was not measured: ${why}.`,
    settle: 'Log the feature as training had it, or name the features to look at: shadow.features.',
  });
}

/** What training had and the log does not: keys and labels, or a feature that got lost. */
function absent(names: readonly string[]): CheckResult[] {
  if (names.length === 0) return [];
  return [
    result({
      id: 'drift.absent',
      check: 'drift',
      role: 'inform',
      outcome: 'pass',
      reason: 'shown',
      measured: names.length,
      message: `${countOf(names.length, 'column')} of the reference ${names.length === 1 ? 'is' : 'are'} not in the log, and not looked at: ${listNames(names, 8)}.`,
    }),
  ];
}

function featureDrift(finding: DriftFinding, limit: number | undefined): CheckResult {
  const { result: found, name } = finding;
  const outcome = outcomeOf(found, limit);
  return result({
    id: `drift.reference.${name}`.slice(0, 400),
    check: 'drift',
    role: limit === undefined ? 'inform' : 'gate',
    outcome,
    reason: reasonOf(finding, outcome, limit),
    measured: found.psi,
    limit: limit === undefined ? undefined : { rule: 'max', value: limit },
    unit: 'score',
    n: found.m,
    method: `PSI, ${countOf(found.bins, 'bin')}`,
    message: driftSentence(finding),
    settle: limit === undefined ? undefined : SETTLE[outcome],
  });
}

const BY_LIMIT = { within: 'pass', beyond: 'fail', unproved: 'hold' } as const;

/** Without a limit what moved is shown as a hold; with one, chance proves nothing either way. */
function outcomeOf(found: DriftFinding['result'], limit: number | undefined): 'pass' | 'hold' | 'fail' {
  if (limit === undefined) return found.judgement === 'stable' ? 'pass' : 'hold';
  return BY_LIMIT[psiAgainst(found, limit)];
}

function reasonOf(
  { result: found }: DriftFinding,
  outcome: 'pass' | 'hold' | 'fail',
  limit: number | undefined,
): string {
  if (limit === undefined) return found.judgement;
  if (outcome === 'hold') return found.reason ?? 'too-few-rows';
  return outcome === 'pass' ? 'within-limit' : 'above-max';
}

const SETTLE = {
  pass: undefined,
  hold: 'Wait for more requests: chance alone could reach the limit.',
  fail: 'Find out what changed in the traffic or in how the feature is computed; train on newer data, or raise shadow.drift.max_psi.',
} as const;

/** What changed while the shadow ran. */
function overWindow(findings: readonly DriftFinding[]): CheckResult[] {
  if (findings.length === 0) return [];
  const moved = findings
    .filter(({ result: { judgement } }) => judgement === 'alert' || judgement === 'investigate')
    .toSorted((a, b) => (b.result.psi ?? 0) - (a.result.psi ?? 0));
  const names = listNames(
    moved.map(({ name }) => name),
    5,
  );
  return [
    result({
      id: 'drift.window',
      check: 'drift',
      role: 'inform',
      outcome: moved.length === 0 ? 'pass' : 'hold',
      reason: moved.length === 0 ? 'stable' : 'moved',
      message:
        moved.length === 0
          ? `Nothing moved much from the first to the last third of the window (${countOf(findings.length, 'column')}).`
          : `${moved.length} of ${countOf(findings.length, 'column')} moved from the first to the last third of the window: ${names}.`,
    }),
  ];
}
