import type { Column, NumberColumn } from '../../core/table.ts';
import { countBins } from './bin-counts.ts';
import type { DriftResult } from './drift-result.ts';
import type { DriftSettings } from './drift-settings.ts';
import { measureDriftFromCounts } from './measure-drift-from-counts.ts';
import { planNumbers, planTexts } from './plan-column.ts';
import { sortFinite } from './sorted-values.ts';

/** The values of one feature on one side, as the tables port gives them: an empty cell is NaN or `''`, and counted in `missing`. */
export type DriftColumn = Column;

/**
 * Measures and judges the drift of one feature between two columns in memory; see `measureDriftFromCounts` for the decided cases.
 * Bins are made from the reference alone. Columns of different types are undecided, and nothing is measured.
 * Numbers are sorted in copies; the columns stay as they are.
 */
export function measureDrift(
  reference: DriftColumn,
  current: DriftColumn,
  settings: Partial<DriftSettings> = {},
): DriftResult {
  if (reference.type === 'number') {
    return current.type === 'number'
      ? numbers(reference, current, settings)
      : typesDiffer(reference, current);
  }
  if (current.type === 'number') return typesDiffer(reference, current);
  const plan = planTexts(reference);
  const sides = {
    reference: { counts: countBins(plan, reference) },
    current: { counts: countBins(plan, current) },
  };
  return measureDriftFromCounts({ plan, ...sides }, settings);
}

function numbers(
  reference: NumberColumn,
  current: NumberColumn,
  settings: Partial<DriftSettings>,
): DriftResult {
  const sorted = sortFinite(reference.values);
  const plan = planNumbers(sorted);
  const side = (column: NumberColumn) => ({
    counts: countBins(plan, column),
    sorted: sortFinite(column.values),
  });
  const sides = { reference: { counts: countBins(plan, reference), sorted }, current: side(current) };
  return measureDriftFromCounts({ plan, ...sides }, settings);
}

/** The rows and the missing values of both, and no more. */
function typesDiffer(reference: DriftColumn, current: DriftColumn): DriftResult {
  const share = ({ values, missing }: DriftColumn) =>
    values.length === 0 ? undefined : missing / values.length;
  const unmeasured = { reference: undefined, current: undefined };
  return {
    kind: reference.type === 'string' ? 'categorical' : planNumbers(sortFinite(reference.values)).kind,
    n: reference.values.length,
    m: current.values.length,
    missing: { reference: share(reference), current: share(current) },
    nonFinite: unmeasured,
    unseen: unmeasured,
    bins: 0,
    psi: undefined,
    noiseFloor: undefined,
    kl: undefined,
    js: undefined,
    ks: undefined,
    wasserstein: undefined,
    chiSquare: undefined,
    p: undefined,
    judgement: 'undecided',
    reason: 'types-differ',
  };
}
