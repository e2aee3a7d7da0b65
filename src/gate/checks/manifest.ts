import type { CheckResult } from '../../core/check.ts';
import { formatMetric } from '../../core/format-metric.ts';
import { METRICS, metricsOf } from '../../core/metric.ts';
import { computeMetric } from '../../stats/compute-metric.ts';
import type { Manifest } from '../../config/manifest-schema.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import { countOf, listNames, quote } from '../../verdict/sentences.ts';
import type { GateSettings } from '../settings.ts';
import { result } from '../../verdict/check-result.ts';
import type { Check } from './check.ts';
import { claimAgrees } from './claim-agrees.ts';

const base = { id: 'manifest', check: 'manifest' } as const;

/** manifest.json is complete, and agrees with everything that can be recomputed: name, features, threshold, metrics, and the version with the signature. */
export const checkManifest: Check = (facts, settings) => {
  if (facts.challenger === undefined) return [];
  const { manifest } = facts.documents;
  if (manifest === undefined) return [absent(settings)];
  // What is said wrongly comes first: the sentence names only the first few.
  const problems = [
    ...disagreements(manifest.fields, facts, settings),
    ...manifest.problems,
    ...unfinished(manifest.fields),
  ];
  const open = unrecomputed(manifest.fields, facts);
  return [
    problems.length > 0
      ? incomplete(problems, settings)
      : open === undefined
        ? complete(manifest.fields)
        : uncompared(open),
    ...versionChecks(manifest.fields, facts),
  ];
};

function absent(settings: GateSettings): CheckResult {
  const required = settings.manifest === 'required';
  return result({
    ...base,
    role: required ? 'gate' : 'inform',
    outcome: required ? 'fail' : 'hold',
    reason: 'missing',
    message:
      'There is no manifest.json beside the model: nobody says when, on what and by what code it was trained.',
    settle: 'Draft one with known-good manifest --write, and have the training pipeline fill it in.',
  });
}

/** Why something that the manifest says could not be recomputed. */
function unrecomputed({ metrics }: Partial<Manifest>, { contract, data }: GateFacts): string | undefined {
  if (!contract.known) return contract.why;
  const silent = data.find(
    (each) => !each.challenger.known && (each.role !== 'frozen' || metrics?.frozen !== undefined),
  );
  if (silent !== undefined && !silent.challenger.known) return silent.challenger.why;
  return data.length === 0 ? 'no table was read.' : undefined;
}

function uncompared(why: string): CheckResult {
  return result({
    ...base,
    role: 'gate',
    outcome: 'error',
    reason: 'not-measured',
    message: `manifest.json could not be held against the measurement: ${why}`,
  });
}

function complete(fields: Partial<Manifest>): CheckResult {
  return result({
    ...base,
    role: 'gate',
    outcome: 'pass',
    reason: 'complete',
    measured: fields.version,
    message: `The manifest of ${quote(fields.model ?? '')} ${fields.version ?? ''} is complete, and agrees with what was recomputed.`,
  });
}

/** What the manifest leaves out counts only where a manifest is required; what it says wrongly counts always. */
function incomplete(problems: readonly string[], settings: GateSettings): CheckResult {
  const wrong = settings.manifest === 'required' || problems.some((problem) => problem.startsWith(DISAGREES));
  return result({
    ...base,
    role: wrong ? 'gate' : 'inform',
    outcome: wrong ? 'fail' : 'hold',
    reason: wrong ? 'disagrees' : 'incomplete',
    message: `manifest.json has ${countOf(problems.length, 'problem')}: ${problems.slice(0, 8).join('; ')}${problems.length > 8 ? `; and ${problems.length - 8} more` : ''}.`,
    settle: 'Have the training pipeline write the manifest, so that nobody has to remember it.',
  });
}

const DISAGREES = 'it says';

/** Fields that a draft left open. */
function unfinished(fields: Partial<Manifest>): string[] {
  const open = Object.entries(fields).flatMap(([key, value]) =>
    isOpen(value) ? [`${key}: still TODO`] : [],
  );
  const { metrics } = fields;
  return metrics === undefined || Object.keys(metrics.test).length > 0
    ? open
    : [...open, 'metrics.test: names no metric'];
}

function isOpen(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isOpen);
  return typeof value === 'string' && value.startsWith('TODO');
}

function disagreements(fields: Partial<Manifest>, facts: GateFacts, settings: GateSettings): string[] {
  return [
    ...nameProblem(fields, facts),
    ...featureProblem(fields, facts),
    ...thresholdProblem(fields, facts),
    ...metricProblems(fields, facts, settings),
  ];
}

function nameProblem({ model }: Partial<Manifest>, facts: GateFacts): string[] {
  const configured = /^[a-z0-9][a-z0-9._-]*$/.test(facts.model) && !facts.model.endsWith('.onnx');
  return model === undefined || !configured || model === facts.model
    ? []
    : [`${DISAGREES} model ${quote(model)}, this is ${quote(facts.model)}`];
}

function featureProblem({ features }: Partial<Manifest>, facts: GateFacts): string[] {
  if (features === undefined || isOpen(features) || !facts.contract.known) return [];
  const contract = facts.contract.value.features;
  const extra = features.filter((name) => !contract.includes(name));
  const absent = contract.filter((name) => !features.includes(name));
  if (extra.length > 0)
    return [
      `${DISAGREES} ${countOf(features.length, 'feature')}, with ${listNames(extra)} beyond the contract's ${contract.length}`,
    ];
  if (absent.length > 0)
    return [
      `${DISAGREES} ${countOf(features.length, 'feature')}, without the contract's ${listNames(absent)}`,
    ];
  return features.some((name, i) => name !== contract[i])
    ? [`${DISAGREES} the features in another order than the contract`]
    : [];
}

function thresholdProblem({ threshold }: Partial<Manifest>, facts: GateFacts): string[] {
  const { value, source } = facts.threshold;
  return threshold === undefined || source !== 'from the config' || threshold === value
    ? []
    : [`${DISAGREES} threshold ${threshold}, the config says ${value}`];
}

function metricProblems({ metrics }: Partial<Manifest>, facts: GateFacts, settings: GateSettings): string[] {
  return (['test', 'frozen'] as const).flatMap((role) => {
    const data = facts.data.find((each) => each.role === role);
    return data === undefined || metrics?.[role] === undefined
      ? []
      : claimsAgainst(metrics[role], { role, data, settings });
  });
}

function claimsAgainst(
  claims: Manifest['metrics']['test'],
  { role, data, settings }: { role: string; data: DataFacts; settings: GateSettings },
): string[] {
  if (!data.challenger.known) return [];
  const { sample } = data.challenger.value;
  return metricsOf(sample.task).flatMap((key) => {
    const claimed = claims[key];
    if (claimed === undefined) return [];
    const measured = computeMetric(key, sample);
    if (claimAgrees({ key, claimed, measured }, sample, settings.declared.tolerance)) return [];
    return [
      `${DISAGREES} ${METRICS[key].name} ${formatMetric(key, claimed)} on ${role}, measured ${formatMetric(key, measured)}`,
    ];
  });
}

/** A changed signature needs a new major version: whoever calls the model by its contract would break. */
function versionChecks(fields: Partial<Manifest>, facts: GateFacts): CheckResult[] {
  const before = facts.documents.championManifest?.fields.version;
  const after = fields.version;
  if (before === undefined || after === undefined || !signatureChanged(facts)) return [];
  const bumped = major(after) > major(before);
  return [
    result({
      id: 'manifest.version',
      check: 'manifest',
      role: 'gate',
      outcome: bumped ? 'pass' : 'fail',
      reason: bumped ? 'major-version' : 'needs-major-version',
      measured: after,
      limit: { rule: 'min', value: `${major(before) + 1}.0.0` },
      message: bumped
        ? `The signature changed, and the version went from ${before} to ${after}.`
        : `The signature changed since ${before}, and ${after} is not a new major version.`,
      settle: bumped ? undefined : `Release it as ${major(before) + 1}.0.0.`,
    }),
  ];
}

function major(version: string): number {
  return Number(version.split('.')[0]);
}

function signatureChanged({ challenger, champion }: GateFacts): boolean {
  if (!challenger?.opened.known || !champion?.opened.known) return false;
  const shape = ({ inputs, outputs }: typeof challenger.opened.value.signature) =>
    JSON.stringify(
      [inputs, outputs].map((list) =>
        list.map(({ name, type, shape: dims }) => [name, type, dims?.slice(1)]),
      ),
    );
  return shape(challenger.opened.value.signature) !== shape(champion.opened.value.signature);
}
