import type { CheckResult } from '../../core/check.ts';
import type { DriftResult } from '../../stats/drift/drift-result.ts';
import { adjustAcrossFeatures } from '../../stats/drift/adjust-across-features.ts';
import { psiAgainst } from '../../stats/drift/against-limit.ts';
import { result } from '../../verdict/check-result.ts';
import { countOf, quote } from '../../verdict/sentences.ts';
import type { DataFacts } from '../facts.ts';
import type { GateSettings } from '../settings.ts';
import { dataId, untold } from './data-limit.ts';

const SHOWN = 5;

/** A test table unlike the training table: it may be stale, or of another population. Shown, unless a limit on the PSI is set. Nothing where no training table is named. */
export function trainingDrift(data: DataFacts, settings: GateSettings): CheckResult[] {
  const limit = settings.data.maxPsi;
  const id = dataId(data, 'drift');
  const { trainingDrift: fact } = data;
  if (fact === undefined || !fact.known) {
    if (limit === undefined) return [];
    const message = fact?.why ?? 'Drift from the training table is limited, and no training table is named.';
    return [
      untold(id, data, { message, settle: 'Name one with the same features: data: { train: { path: … } }.' }),
    ];
  }
  const outcome = limit === undefined ? shown(fact.value) : held(fact.value, limit);
  const worst = fact.value.map(({ result: { psi } }) => psi ?? 0).reduce((a, b) => Math.max(a, b), 0);
  return [
    result({
      id,
      check: 'data',
      role: limit === undefined ? 'inform' : 'gate',
      outcome,
      reason: outcome === 'pass' ? 'stable' : outcome === 'fail' ? 'above-max' : 'drifted',
      subject: data.role,
      measured: worst,
      unit: 'score',
      n: data.rows,
      limit: limit === undefined ? undefined : { rule: 'max', value: limit },
      method: 'PSI of each feature',
      message: sentence(fact.value),
      settle:
        outcome === 'pass'
          ? undefined
          : 'Make sure that the test table is as new as the traffic that the model will see, and its features are computed like those of training.',
    }),
  ];
}

type Feature = { name: string; result: DriftResult };

function moved(features: readonly Feature[]): Feature[] {
  return features
    .filter(({ result: { judgement } }) => judgement === 'alert' || judgement === 'investigate')
    .toSorted((a, b) => (b.result.psi ?? 0) - (a.result.psi ?? 0));
}

function shown(features: readonly Feature[]): 'pass' | 'hold' {
  return moved(features).length === 0 ? 'pass' : 'hold';
}

/** fail where a feature is proved beyond the limit; what cannot be measured, or chance alone could do, holds. */
function held(features: readonly Feature[], limit: number): 'pass' | 'hold' | 'fail' {
  const found = features.map(({ result: each }) => psiAgainst(each, limit));
  if (found.includes('beyond')) return 'fail';
  return found.includes('unproved') ? 'hold' : 'pass';
}

function sentence(features: readonly Feature[]): string {
  const far = moved(features);
  const compared = countOf(features.length, 'feature');
  if (far.length === 0) return `No feature is far from the training table (${compared} compared).`;
  const adjusted = adjustAcrossFeatures(features.map(({ result: found }) => found));
  const named = far.slice(0, SHOWN).map(({ name, result: found }) => {
    const p = adjusted[features.findIndex((feature) => feature.name === name)];
    const chance = p === undefined ? '' : `, adjusted p ${p < 1e-4 ? '< 0.0001' : p.toFixed(4)}`;
    return `${quote(name)} (PSI ${(found.psi ?? 0).toFixed(3)}${chance})`;
  });
  const more = far.length > SHOWN ? ` and ${far.length - SHOWN} more` : '';
  return `${far.length} of ${compared} ${far.length === 1 ? 'is' : 'are'} far from the training table: ${named.join(', ')}${more}.`;
}
