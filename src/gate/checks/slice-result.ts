import type { CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import { METRICS } from '../../core/metric.ts';
import type { Comparison } from '../../stats/compare-paired.ts';
import type { DataFacts } from '../facts.ts';
import { countOf, quote } from '../../verdict/sentences.ts';
import type { GateSettings } from '../settings.ts';
import { result } from '../../verdict/check-result.ts';
import { comparisonFields } from '../../verdict/comparison-fields.ts';
import { comparisonSentence } from '../../verdict/comparison-sentence.ts';
import type { SliceTest } from './slice-tests.ts';
import { slicesId } from './slices-not-compared.ts';

/** Where a slice was tested, and whether harm is proved on it among all of them. */
export interface SliceContext {
  data: DataFacts;
  settings: GateSettings;
  harmed: boolean;
}

/** One metric on one slice. It counts where harm is proved, or where slices must be proved and this one is not; else it informs. */
export function sliceResult(test: SliceTest, context: SliceContext): CheckResult {
  const { comparison } = test;
  return comparison === undefined ? tooSmall(test, context) : compared(test, comparison, context);
}

/** What every result on a slice has. */
function fieldsOf({ key, slice, rows, margin }: SliceTest, data: DataFacts) {
  return {
    id: `${slicesId(data)}.${key}.${slice}`,
    check: 'slices',
    subject: slice,
    metric: key,
    n: rows,
    unit: METRICS[key].unit,
    limit: { rule: 'max_drop', value: margin },
  } as const;
}

function tooSmall(test: SliceTest, { data, settings }: SliceContext): CheckResult {
  const { require, minRows } = settings.slices;
  return result({
    ...fieldsOf(test, data),
    role: require === 'proved' ? 'gate' : 'inform',
    outcome: 'hold',
    reason: 'too-few-rows',
    message: `${METRICS[test.key].name} where ${quote(test.slice)} was not tested: ${countOf(test.rows, 'row')}, and the smallest size is ${formatCount(minRows)}.`,
    settle: 'Collect more rows of this slice.',
  });
}

function compared(test: SliceTest, comparison: Comparison, context: SliceContext): CheckResult {
  const { data, settings, harmed } = context;
  const proved = comparison.decision === 'pass';
  const open = !harmed && !proved;
  return result({
    ...fieldsOf(test, data),
    role: harmed || (open && settings.slices.require === 'proved') ? 'gate' : 'inform',
    outcome: harmed ? 'fail' : proved ? 'pass' : 'hold',
    reason: reasonOf(comparison, harmed),
    ...comparisonFields(test.key, comparison, { rival: 'champion', margin: test.margin }),
    rowsNeeded: open ? comparison.rowsNeeded : undefined,
    message: sentence(test, comparison, context),
    settle: harmed
      ? 'Find out why this group is worse off before anybody is served by it.'
      : open
        ? moreOf(comparison)
        : undefined,
  });
}

function reasonOf({ decision, reason }: Comparison, harmed: boolean): string {
  if (harmed) return 'harm-proved';
  return decision === 'fail' ? 'not-proved-after-correction' : reason;
}

/** The comparison's sentence, decided over all slices together rather than on this one alone. */
function sentence(
  { key, margin, slice }: SliceTest,
  comparison: Comparison,
  { data, harmed }: SliceContext,
): string {
  const corrected = comparison.decision === 'fail' && !harmed;
  const told = comparisonSentence(key, {
    where: ` where ${quote(slice)}`,
    rival: 'champion',
    clustered: data.clusters !== undefined,
    margin,
    comparison: corrected ? { ...comparison, decision: 'hold' } : comparison,
  });
  return corrected
    ? `${told} Alone it would count as harm; among all the slices tested that is not proved (Benjamini–Hochberg).`
    : told;
}

function moreOf({ rowsNeeded, n }: Comparison): string {
  if (rowsNeeded === undefined) return 'Collect more rows of this slice: they tell whether it is harmed.';
  return `Collect about ${formatCount(Number((rowsNeeded - n).toPrecision(2)))} more labelled rows of this slice.`;
}
