import type { CheckResult } from '../core/check.ts';
import { METRICS } from '../core/metric.ts';
import { badge, code, NO_CELL, text, type Inline } from './document.ts';
import {
  formatDifference,
  formatInterval,
  formatLimit,
  formatMagnitude,
  formatValue,
  formatValueBeside,
  type NumberStyle,
} from '../core/format-number.ts';
import { formatExactPercent, formatPercentLimit } from './percent.ts';
import { clipText } from './visible-text.ts';

const NOTHING: readonly Inline[] = [text(NO_CELL)];
const LENGTH = 60;

export type BaselineName = NonNullable<CheckResult['baselineName']>;

/** How the numbers of one result are written: one unit, and decimals that fit its largest number. */
export function numberStyle({ unit, metric, measured, baseline }: CheckResult): NumberStyle {
  const sizes = [measured, baseline].flatMap((value) => (typeof value === 'number' ? [Math.abs(value)] : []));
  return {
    unit: unit ?? (metric === undefined ? undefined : METRICS[metric].unit),
    ...(sizes.length === 0 ? {} : { scale: Math.max(...sizes) }),
  };
}

/** What was measured; `—` where nothing was. */
export function measuredCell(result: CheckResult): readonly Inline[] {
  const { measured, limit } = result;
  if (measured === undefined) return NOTHING;
  if (typeof measured === 'string') return [code(clipText(measured, LENGTH))];
  if (isCountedShare(result))
    return [text(formatExactPercent(measured, typeof limit?.value === 'number' ? limit.value : undefined))];
  const style = numberStyle(result);
  const beside =
    limit?.rule === 'min' || limit?.rule === 'max' || limit?.rule === 'equals' ? limit.value : undefined;
  return [
    text(
      typeof beside === 'number' ? formatValueBeside(measured, beside, style) : formatValue(measured, style),
    ),
  ];
}

/** The baseline's value, named where it is another one than the column's. */
export function baselineCell(result: CheckResult, column: BaselineName): readonly Inline[] {
  if (result.baseline === undefined) return NOTHING;
  const value = isCountedShare(result)
    ? formatExactPercent(result.baseline)
    : formatValue(result.baseline, numberStyle(result));
  const name = result.baselineName ?? 'champion';
  return [text(name === column ? value : `${value} (${name})`)];
}

/** Measured minus baseline with its interval: `+3.16 [+2.07, +4.24] points`; else the interval of the measured value. */
export function differenceCell(result: CheckResult): readonly Inline[] {
  const { difference, baseline, interval } = result;
  const style = numberStyle(result);
  if (baseline === undefined) {
    if (interval === undefined) return NOTHING;
    if (!isCountedShare(result)) return [text(formatInterval(interval, { ...style, signed: false }))];
    return [text(`[${interval.map((end) => formatExactPercent(end)).join(', ')}]`)];
  }
  if (difference === undefined) return NOTHING;
  const written = formatDifference(difference, style);
  if (interval === undefined) return [text(written)];
  const [value = '', ...unit] = written.split(' ');
  return [text([value, formatInterval(interval, { ...style, signed: true }), ...unit].join(' '))];
}

/** The limit with its relation: `≥ 0.7500` on the value, `≥ −1.00 points` on the difference. */
export function limitCell(result: CheckResult): readonly Inline[] {
  const { limit } = result;
  if (limit === undefined) return NOTHING;
  const { rule, value } = limit;
  if (typeof value === 'string') return [text(`${SIGNS[rule]} `), code(clipText(value, LENGTH))];
  const style = numberStyle(result);
  switch (rule) {
    case 'max_drop':
      return [
        text(
          `${lowerIsBetter(result) ? '≤' : '≥'} ${formatDifference(differenceLimit(result, value), style)}`,
        ),
      ];
    case 'max_ratio':
      return [text(`≤ ${formatValue(value, { unit: 'ratio' })}`)];
    case 'within':
      return [text(`± ${formatMagnitude(value, style)}`)];
    default:
      return [
        text(
          `${SIGNS[rule]} ${isCountedShare(result) ? formatPercentLimit(value) : formatLimit(value, style)}`,
        ),
      ];
  }
}

/** The outcome; marked where it only informs, and no judgement where there was no limit either. */
export function outcomeCell(result: CheckResult): readonly Inline[] {
  if (result.role === 'gate') return [badge(result.outcome)];
  return isMereInformation(result) ? [text('for information')] : [badge(result.outcome), text(' (informs)')];
}

/** Whether a result is a number to look at: it does not count, has no limit, and nothing went wrong. */
export function isMereInformation({ role, outcome, limit, measured }: CheckResult): boolean {
  return role === 'inform' && outcome === 'pass' && limit === undefined && typeof measured === 'number';
}

/** A margin as a signed bound on measured − baseline: −0.01 where higher is better, +0.01 where lower is. */
export function differenceLimit(result: CheckResult, margin: number): number {
  return lowerIsBetter(result) || margin === 0 ? margin : -margin;
}

/** Whether a smaller value is better; times, sizes, failures, shifts and disagreements are, scores without a metric are not. */
export function lowerIsBetter({ check, metric, unit }: CheckResult): boolean {
  if (metric !== undefined) return METRICS[metric].better === 'lower';
  return unit === 'ms' || unit === 'bytes' || LOWER_IS_BETTER.includes(check);
}

/** What only a shadow counts: each is a share or a size of something unwanted. */
const LOWER_IS_BETTER: readonly CheckResult['check'][] = [
  'log',
  'labels',
  'coverage',
  'agreement',
  'errors',
  'drift',
];

/** Whether a result is a share of requests, which people read in percent; the shares of metrics have decimals. */
function isCountedShare({ check, metric, unit }: CheckResult): boolean {
  return metric === undefined && unit === 'share' && LOWER_IS_BETTER.includes(check);
}

const SIGNS = { min: '≥', max: '≤', equals: '=', max_drop: '≥', max_ratio: '≤', within: '±' } as const;
