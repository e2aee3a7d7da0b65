import type { CheckResult } from '../../core/check.ts';
import type { GateSettings } from '../settings.ts';
import { result } from '../../verdict/check-result.ts';

/** Holds where gates ran, and none of them is about what the model measures: structure and speed prove nothing of its quality. */
export function noMetric(checks: readonly CheckResult[], { slices }: GateSettings): CheckResult[] {
  const gates = checks.filter(({ role }) => role === 'gate');
  const measured = gates.some(
    ({ check, id, reason }) =>
      check === 'metrics' ||
      (check === 'champion' && reason !== 'worse-than-guessing') ||
      (check === 'slices' && slices.require === 'proved') ||
      id === 'data',
  );
  if (gates.length === 0 || measured) return [];
  return [
    result({
      id: 'metrics.none',
      check: 'metrics',
      role: 'gate',
      outcome: 'hold',
      reason: 'no-metric',
      message: 'No metric is gated, so nothing is decided about how good this model is.',
      settle:
        'Set a limit (gates: { metrics: { …: { min: … } } }) or a margin to the champion (max_drop: …); without any metric in the config the usual margins apply.',
    }),
  ];
}
