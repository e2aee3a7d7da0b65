import type { CheckResult } from '../../core/check.ts';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.ts';
import { ONE_SIDED } from '../../stats/interval.ts';
import type { DataFacts } from '../facts.ts';
import type { GateSettings } from '../settings.ts';
import type { Check } from './check.ts';
import { sameBytes } from './duel.ts';
import { doubtedSlices } from './doubted-slices.ts';
import { sliceResult } from './slice-result.ts';
import type { SliceTest } from './slice-tests.ts';
import { sliceTests } from './slice-tests.ts';
import { slicesMissing, withoutChampion, withoutInterval, withoutMargin } from './slices-not-compared.ts';
import { slicesSummary } from './slices-summary.ts';

/** Harm on slices: fails only where harm beyond the margin is proved after Benjamini–Hochberg; slices that are too small are named. */
export const checkSlices: Check = (facts, settings) =>
  facts.data.flatMap((data) => {
    if (data.slicesMissing !== undefined) return [slicesMissing(data, data.slicesMissing)];
    if (data.slices.length === 0 || !data.challenger.known) return [];
    if (!data.champion?.known) return [withoutChampion(data, facts, settings)];
    const tests = sliceTests(data, settings, {
      challenger: data.challenger.value.sample,
      champion: data.champion.value.sample,
      sameBytes: sameBytes(facts),
    });
    const compared =
      tests.length === 0
        ? [withoutMargin(data, settings)]
        : doubtedSlices(judged(data, settings, tests), { facts, data, compared: true }, settings);
    return [...compared, ...withoutInterval(data, settings)];
  });

/** The summary that counts, then every slice. */
function judged(data: DataFacts, settings: GateSettings, tests: readonly SliceTest[]): CheckResult[] {
  const harmed = harmProved(tests);
  return [
    slicesSummary(data, settings, { tests, harmed }),
    ...tests.map((test) => sliceResult(test, { data, settings, harmed: harmed.has(test) })),
  ];
}

/** Harm that is proved for the slice alone, and still among all the slices that were tested with it. */
function harmProved(tests: readonly SliceTest[]): ReadonlySet<SliceTest> {
  const tested = tests.flatMap((test) =>
    test.comparison === undefined ? [] : [{ test, comparison: test.comparison }],
  );
  const adjusted = benjaminiHochberg(tested.map(({ comparison }) => comparison.pHarm));
  const harmed = tested.filter(
    ({ comparison }, i) => comparison.decision === 'fail' && (adjusted[i] ?? 1) <= 1 - ONE_SIDED,
  );
  return new Set(harmed.map(({ test }) => test));
}
