import type { CheckResult } from '../../core/check.ts';
import type { GateSettings } from '../settings.ts';
import { heldBy } from './doubt.ts';
import type { Measurement } from './held-by-doubt.ts';
import { doubtOf } from './held-by-doubt.ts';

/** The summary and its slices: what is measured in doubt proves no slice, and the summary then holds. */
export function doubtedSlices(
  checks: readonly CheckResult[],
  measurement: Measurement,
  settings: GateSettings,
): CheckResult[] {
  const role = settings.slices.require === 'proved' ? 'gate' : 'inform';
  const doubts = checks.map(({ metric }) =>
    metric === undefined ? undefined : doubtOf(metric, measurement),
  );
  const first = doubts.find((doubt) => doubt !== undefined);
  return checks.map((check, i) => {
    if (check.metric === undefined) return heldBy(check, first);
    const held = heldBy({ ...check, role: 'gate' }, doubts[i]);
    return held.outcome === check.outcome ? check : { ...held, role };
  });
}
