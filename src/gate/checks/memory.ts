import type { CheckResult } from '../../core/check.ts';
import { formatValue } from '../../core/format-number.ts';
import type { Fact } from '../../core/fact.ts';
import { known } from '../../core/fact.ts';
import type { GateFacts } from '../facts.ts';
import { result } from '../../verdict/check-result.ts';
import type { Check } from './check.ts';

/** File size, and the peak resident memory of the inference process. */
export const checkMemory: Check = (facts, settings) => {
  const { challenger, champion } = facts;
  if (challenger === undefined) return [];
  return [
    sized({
      id: 'memory.file',
      what: 'The model file has',
      limit: settings.memory.file,
      size: known(challenger.structure.fileBytes),
      baseline: champion?.structure.fileBytes,
    }),
    sized({
      id: 'memory.peak_rss',
      what: 'The inference process peaked at',
      limit: settings.memory.peakRss,
      size: challenger.peakMemory,
      baseline: peakOf(facts),
    }),
  ];
};

function peakOf({ champion }: GateFacts): number | undefined {
  return champion?.peakMemory.known ? champion.peakMemory.value : undefined;
}

interface Sized {
  id: string;
  what: string;
  limit: number | undefined;
  size: Fact<number>;
  baseline: number | undefined;
}

function sized({ id, what, limit, size, baseline }: Sized): CheckResult {
  const role = limit === undefined ? 'inform' : 'gate';
  if (!size.known || !Number.isFinite(size.value))
    return result({
      id,
      check: 'memory',
      role,
      outcome: limit === undefined ? 'hold' : 'error',
      reason: 'not-measured',
      message: `Not measured: ${size.known ? `the platform told ${size.value} bytes.` : size.why}`,
    });
  const fits = limit === undefined || size.value <= limit;
  return result({
    id,
    check: 'memory',
    role,
    outcome: fits ? 'pass' : 'fail',
    reason: limit === undefined ? 'shown' : fits ? 'within-limit' : 'above-max',
    measured: size.value,
    unit: 'bytes',
    baseline,
    baselineName: baseline === undefined ? undefined : 'champion',
    difference: baseline === undefined ? undefined : size.value - baseline,
    limit: limit === undefined ? undefined : { rule: 'max', value: limit },
    method: 'point',
    message: `${what} ${formatValue(size.value, { unit: 'bytes' })}${limit === undefined ? '' : `; the limit is ${formatValue(limit, { unit: 'bytes' })}`}.`,
    settle: fits ? undefined : 'Make the model smaller, or raise the limit if serving can afford it.',
  });
}
