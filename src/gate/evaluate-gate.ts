import type { CheckResult, GateCheckName } from '../core/check.ts';
import { KnownGoodError, messageChain } from '../core/errors.ts';
import { checkChampion } from './checks/champion.ts';
import type { Check } from './checks/check.ts';
import { result } from '../verdict/check-result.ts';
import { checkData } from './checks/data.ts';
import { checkDeclared } from './checks/declared.ts';
import { checkDeterminism } from './checks/determinism.ts';
import { checkGolden } from './checks/golden.ts';
import { checkLabelOutput } from './checks/label-output.ts';
import { checkLatency } from './checks/latency.ts';
import { checkManifest } from './checks/manifest.ts';
import { checkMemory } from './checks/memory.ts';
import { heldByMapping } from './checks/mapping-doubt.ts';
import { checkMetrics } from './checks/metrics.ts';
import { noMetric } from './checks/no-metric.ts';
import { checkSignature } from './checks/signature.ts';
import { checkSinceBase } from './checks/since-base.ts';
import { checkSlices } from './checks/slices.ts';
import { checkSmoke } from './checks/smoke.ts';
import { checkStructure } from './checks/structure.ts';
import type { GateFacts } from './facts.ts';
import type { GateSettings } from './settings.ts';

const ALL: Readonly<Record<GateCheckName, Check>> = {
  gates: checkSinceBase,
  structure: checkStructure,
  signature: checkSignature,
  manifest: checkManifest,
  data: checkData,
  metrics: checkMetrics,
  declared: checkDeclared,
  champion: checkChampion,
  slices: checkSlices,
  smoke: checkSmoke,
  determinism: checkDeterminism,
  golden: checkGolden,
  'label-output': checkLabelOutput,
  latency: checkLatency,
  memory: checkMemory,
};

/** Every check, in the order of the report. One that breaks is an `error` of its own; the others still run. What a guess may have made does not fail. */
export function evaluateGate(facts: GateFacts, settings: GateSettings): CheckResult[] {
  const checks = Object.entries(ALL).flatMap(([name, check]) =>
    guarded(name as GateCheckName, () => check(facts, settings)),
  );
  return heldByMapping([...checks, ...noMetric(checks, settings)], facts);
}

function guarded(name: GateCheckName, run: () => CheckResult[]): CheckResult[] {
  try {
    return run();
  } catch (error) {
    const ours = !(error instanceof KnownGoodError) || error.code === 'internal';
    const why = messageChain(error).join(': ');
    return [
      result({
        id: name,
        check: name,
        role: 'gate',
        outcome: 'error',
        reason: 'check-failed',
        message: ours ? `The check ${name} broke off: ${why}` : why,
        settle: ours ? 'Please report this: a check must never break off.' : undefined,
      }),
    ];
  }
}
