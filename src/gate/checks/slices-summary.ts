import type { CheckResult } from '../../core/check.ts';
import type { DataFacts } from '../facts.ts';
import { countOf, listNames } from '../../verdict/sentences.ts';
import type { GateSettings } from '../settings.ts';
import { result } from '../../verdict/check-result.ts';
import type { SliceTest } from './slice-tests.ts';
import { leftOutOf } from './slice-tests.ts';
import { slicesId } from './slices-not-compared.ts';

/** What was tested, and on which tests harm is proved. */
export interface SlicesTested {
  tests: readonly SliceTest[];
  harmed: ReadonlySet<SliceTest>;
}

/** All slices of a table in one result that counts: harm proved, nothing proved, or not enough where proof is asked for. */
export function slicesSummary(
  data: DataFacts,
  settings: GateSettings,
  { tests, harmed }: SlicesTested,
): CheckResult {
  const shared = {
    id: slicesId(data),
    check: 'slices',
    role: 'gate',
    subject: data.role,
    n: data.rows,
  } as const;
  const slices = namesOf(tests);
  const limits = untold(data, tests);
  if (harmed.size > 0) {
    const names = namesOf([...harmed]);
    return result({
      ...shared,
      outcome: 'fail',
      reason: 'harm-proved',
      message: `Harm beyond the margin is proved on ${countOf(names.length, 'slice')} of ${slices.length}: ${listNames(names)}.${limits}`,
      settle: 'Find out why these groups are worse off before anybody is served by it.',
    });
  }
  const compared = tests.filter(({ comparison }) => comparison !== undefined).length;
  const message = `No slice of ${slices.length} is proved to be harmed beyond the margin (Benjamini–Hochberg over ${countOf(compared, 'test')}).${limits}`;
  if (settings.slices.require === 'proved' && !allProved(data, tests))
    return result({
      ...shared,
      outcome: 'hold',
      reason: 'not-proved',
      message,
      settle: 'Collect more rows of the slices that are too small, or set slices: { require: shown }.',
    });
  return result({ ...shared, outcome: 'pass', reason: 'no-harm-proved', message });
}

function allProved(data: DataFacts, tests: readonly SliceTest[]): boolean {
  return (
    data.slices.every((column) => leftOutOf(column) === '') &&
    tests.every(({ comparison }) => comparison?.decision === 'pass')
  );
}

/** Sentences about slices of which nothing can be told, and those that were left out; `''` where there are none. */
function untold(data: DataFacts, tests: readonly SliceTest[]): string {
  const small = namesOf(tests.filter(({ comparison }) => comparison?.interval === undefined));
  const tooFew = small.length === 0 ? '' : ` Nothing can be told of: ${listNames(small, 8)}.`;
  return tooFew + data.slices.map(leftOutOf).join('');
}

function namesOf(tests: readonly SliceTest[]): string[] {
  return [...new Set(tests.map(({ slice }) => slice))];
}
