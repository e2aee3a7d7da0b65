import type { CheckResult } from '../../core/check.ts';
import { formatMetric } from '../../core/format-metric.ts';
import type { MetricKey } from '../../core/metric.ts';
import { METRICS, metricsOf } from '../../core/metric.ts';
import { computeMetric } from '../../stats/compute-metric.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import { countOf, listNames } from '../../verdict/sentences.ts';
import type { GateSettings } from '../settings.ts';
import { result } from '../../verdict/check-result.ts';
import type { Claim } from './claim-agrees.ts';
import { claimAgrees } from './claim-agrees.ts';
import type { Check } from './check.ts';

const base = { check: 'declared' } as const;

/** What metrics.json (or the manifest) claims, against what was measured here. A claim that is not true fails. */
export const checkDeclared: Check = (facts, settings) => {
  const { declared } = facts.documents;
  if (facts.challenger === undefined) return [];
  if (declared === undefined) return [absent(settings)];
  const problems = declared.problems.length > 0 ? [broken(declared.problems.join('; '))] : [];
  return [
    ...problems,
    ...claimsOn('test', declared.metrics, { facts, settings }),
    ...claimsOn('frozen', declared.frozen, { facts, settings }),
  ];
};

function absent(settings: GateSettings): CheckResult {
  const { required } = settings.declared;
  return result({
    ...base,
    id: 'declared',
    role: required ? 'gate' : 'inform',
    outcome: required ? 'fail' : 'hold',
    reason: 'missing',
    message:
      'There is no metrics.json beside the model, so nothing that its pipeline claims can be held against the measurement.',
    settle: 'Have the training pipeline write metrics.json into the artifact.',
  });
}

function broken(why: string): CheckResult {
  return result({
    ...base,
    id: 'declared.document',
    role: 'gate',
    outcome: 'fail',
    reason: 'unreadable',
    message: `metrics.json cannot be believed: ${why}`,
    settle: 'Write every metric as a finite JSON number, once.',
  });
}

interface Context {
  facts: GateFacts;
  settings: GateSettings;
}

function claimsOn(
  role: 'test' | 'frozen',
  claims: Partial<Record<MetricKey, number>> | undefined,
  { facts, settings }: Context,
): CheckResult[] {
  const data = facts.data.find((each) => (each.role === 'frozen' ? 'frozen' : 'test') === role);
  if (claims === undefined) return [];
  if (data === undefined) return role === 'frozen' ? [noFrozenTable()] : [];
  if (!data.challenger.known) return [notMeasured(role, data.challenger.why)];
  const { sample } = data.challenger.value;
  const keys = metricsOf(sample.task).filter((key) => claims[key] !== undefined);
  const compared = keys.map((key) => ({
    key,
    claimed: claims[key] ?? Number.NaN,
    measured: computeMetric(key, sample),
  }));
  return judge(role, data, { compared, settings, facts });
}

function noFrozenTable(): CheckResult {
  return result({
    ...base,
    id: 'declared.frozen',
    role: 'inform',
    outcome: 'hold',
    reason: 'no-frozen-table',
    message: 'metrics.json declares metrics on a frozen table, and none is configured to hold them against.',
    settle: 'Name it: data: { frozen: { path: …, label: … } }.',
  });
}

function notMeasured(role: 'test' | 'frozen', why: string): CheckResult {
  return result({
    ...base,
    id: role === 'test' ? 'declared' : 'declared.frozen',
    role: 'gate',
    outcome: 'error',
    reason: 'not-measured',
    subject: role,
    message: `The claims of metrics.json could not be checked: ${why}`,
  });
}

function judge(
  role: 'test' | 'frozen',
  data: DataFacts,
  { compared, settings, facts }: { compared: readonly Claim[] } & Context,
): CheckResult[] {
  const id = role === 'test' ? 'declared' : 'declared.frozen';
  if (compared.length === 0) {
    return [
      result({
        ...base,
        id,
        role: settings.declared.required ? 'gate' : 'inform',
        outcome: settings.declared.required ? 'fail' : 'hold',
        reason: 'nothing-declared',
        subject: role,
        message: `metrics.json declares no metric that this gate measures (it measures ${listNames(metricsOf(taskOf(data)))}).`,
      }),
    ];
  }
  const { tolerance } = settings.declared;
  const lies = compared.filter(
    (claim) => !data.challenger.known || !claimAgrees(claim, data.challenger.value.sample, tolerance),
  );
  const [first, ...others] = lies;
  if (first !== undefined) return [lie(id, { claim: first, others }, { data, settings, facts })];
  return [
    result({
      ...base,
      id,
      role: 'gate',
      outcome: 'pass',
      reason: 'agrees',
      subject: role,
      n: data.rows,
      limit: { rule: 'within', value: settings.declared.tolerance },
      message: `All ${countOf(compared.length, 'metric')} that metrics.json declares agree with the measurement on ${countOf(data.rows, 'row')}.${unknownTo(facts)}`,
    }),
  ];
}

function unknownTo({ documents }: GateFacts): string {
  const names = documents.declared?.unknown ?? [];
  return names.length === 0 ? '' : ` Not known here, and not checked: ${listNames(names)}.`;
}

function taskOf(
  data: DataFacts,
): 'binary-classification' | 'multiclass-classification' | 'regression' | 'score' {
  return data.challenger.known ? data.challenger.value.sample.task : 'score';
}

/** The first claim that is not true, in the order of the metrics; the others are named in the sentence. */
function lie(
  id: string,
  { claim, others }: { claim: Claim; others: readonly Claim[] },
  { data, settings, facts }: { data: DataFacts } & Context,
): CheckResult {
  const { key, claimed, measured } = claim;
  return result({
    ...base,
    id,
    role: 'gate',
    outcome: 'fail',
    reason: 'declared-differs',
    metric: key,
    subject: data.role,
    measured,
    baseline: claimed,
    baselineName: 'declared',
    difference: measured - claimed,
    limit: { rule: 'within', value: settings.declared.tolerance },
    unit: METRICS[key].unit,
    n: data.rows,
    message: `The pipeline declares ${sentenceOf(claim, data)}${othersOf(others)}.`,
    settle: `Find out on which rows${thresholdOf(data, facts)} the pipeline evaluated: columns in another order, or another test set, are usual.`,
  });
}

function sentenceOf({ key, claimed, measured }: Claim, data: DataFacts): string {
  const seen = Number.isFinite(measured) ? `it is ${formatMetric(key, measured)}` : 'it is undefined';
  return `${METRICS[key].name} ${formatMetric(key, claimed)}; measured on ${countOf(data.rows, 'row')} ${seen}`;
}

const OTHERS_NAMED = 2;

function othersOf(others: readonly Claim[]): string {
  if (others.length === 0) return '';
  const named = others
    .slice(0, OTHERS_NAMED)
    .map(
      ({ key, claimed, measured }) =>
        `${METRICS[key].name} ${formatMetric(key, claimed)}, measured ${formatMetric(key, measured)}`,
    );
  const rest = others.length - named.length;
  const list = rest > 0 ? [...named, `and ${rest} more`] : named;
  return `; ${countOf(others.length, 'more claim')} ${others.length === 1 ? 'is' : 'are'} untrue (${list.join('; ')})`;
}

function thresholdOf(data: DataFacts, { threshold }: GateFacts): string {
  const binary = data.challenger.known && data.challenger.value.sample.task === 'binary-classification';
  return binary ? ` and with which threshold (here ${threshold.value}, ${threshold.source})` : '';
}
