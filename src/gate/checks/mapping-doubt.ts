import type { CheckName, CheckResult } from '../../core/check.ts';
import type { GateFacts } from '../facts.ts';
import type { Doubt } from './doubt.ts';
import { heldBy } from './doubt.ts';

/** Reasons of checks that doubt what the model's numbers mean, the most telling first, each with the clause about what rests on it. */
const DOUBTS: Readonly<Record<string, string>> = {
  'classes-assumed': "it rests on an assumption of which class the model's columns are",
  'columns-permuted': "the model's own labels say that its columns are the classes in another order",
  'features-assumed': 'it rests on an assumption of which columns feed the model',
  'worse-than-guessing':
    'a model that is worse than guessing was probably read with its classes or features mixed up',
};

/** What is measured through the mapping. Labels against probabilities are not: another order of the classes is found there. */
const MEASURED: readonly CheckName[] = ['metrics', 'champion', 'slices', 'declared', 'golden'];

/** Where a check doubts the mapping: its place in the order of what is told first; −1 for every other check. */
export function mappingDoubt({ reason, outcome }: Pick<CheckResult, 'reason' | 'outcome'>): number {
  return outcome === 'hold' ? Object.keys(DOUBTS).indexOf(reason) : -1;
}

/** A fail that a wrong mapping may have made holds until the mapping is somebody's word: a guess convicts no model. */
export function heldByMapping(checks: readonly CheckResult[], facts: GateFacts): CheckResult[] {
  const doubt = doubtIn(checks, facts);
  if (doubt === undefined) return [...checks];
  return checks.map((check) =>
    check.outcome === 'fail' && MEASURED.includes(check.check) ? heldBy(check, doubt) : check,
  );
}

function doubtIn(checks: readonly CheckResult[], facts: GateFacts): Doubt | undefined {
  const [first] = checks
    .filter((check) => mappingDoubt(check) >= 0)
    .filter(({ reason }) => reason !== 'worse-than-guessing' || !isSaid(facts))
    .toSorted((a, b) => mappingDoubt(a) - mappingDoubt(b));
  return (
    first && {
      reason: 'mapping-assumed',
      why: DOUBTS[first.reason] ?? '',
      settle: first.settle ?? '',
      evenFails: true,
    }
  );
}

/** The config, or a flag, names the features, and which class is which: then a bad model is one. */
function isSaid({ contract, predictions, data }: GateFacts): boolean {
  const features = predictions === 'elsewhere' || (contract.known && contract.value.source === 'config');
  return (
    features &&
    data.every(({ scheme }) => {
      if (!scheme.known || scheme.value.task === 'regression') return true;
      const { value } = scheme;
      return (
        value.classesFrom === 'config' ||
        (value.task === 'binary-classification' && value.positiveNamed === true)
      );
    })
  );
}
