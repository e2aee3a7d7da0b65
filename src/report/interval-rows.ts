import type { CheckResult } from '../core/check.ts';
import { METRICS } from '../core/metric.ts';
import type { IntervalRow } from './charts/interval-scale.ts';
import { differenceCell, differenceLimit, limitCell, lowerIsBetter, measuredCell } from './check-cells.ts';
import { checkName } from './check-name.ts';
import { plainText } from './document.ts';

/** The interval of a result against its limit; undefined where it lacks either, or the two are of different things. */
export function intervalRow(result: CheckResult): IntervalRow | undefined {
  const { limit, interval, measured, difference } = result;
  if (limit === undefined || interval === undefined || typeof limit.value !== 'number') return undefined;
  const shared = {
    label: checkName(result),
    outcome: result.outcome,
    low: interval[0],
    high: interval[1],
    limitText: plainText(limitCell(result)),
  };
  if (limit.rule === 'max_drop' && difference !== undefined) {
    return {
      ...shared,
      point: difference,
      limit: differenceLimit(result, limit.value),
      reference: 0,
      better: lowerIsBetter(result) ? 'lower' : 'higher',
      numbers: plainText(differenceCell(result)),
    };
  }
  const onValue = (limit.rule === 'min' || limit.rule === 'max') && result.baseline === undefined;
  const twoSided = result.metric !== undefined && METRICS[result.metric].better === 'zero';
  if (!onValue || twoSided || typeof measured !== 'number') return undefined;
  return {
    ...shared,
    point: measured,
    limit: limit.value,
    better: limit.rule === 'max' ? 'lower' : 'higher',
    numbers: `${plainText(measuredCell(result))} ${plainText(differenceCell(result))}`,
  };
}
