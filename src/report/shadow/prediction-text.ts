import { formatDifference, formatValue } from '../../core/format-number.ts';
import type { Verdict } from '../../core/verdict.ts';

/** A prediction, or the difference of two, as a person reads it: scores with 4 decimals, numbers in the label's unit. */
export function formatPrediction(
  { task }: Verdict,
  value: number,
  { signed = false }: { signed?: boolean } = {},
): string {
  if (task === 'regression')
    return signed ? formatDifference(value, { unit: 'label' }) : formatValue(value, { unit: 'label' });
  const plain = formatValue(value, { unit: 'share' });
  return signed && value > 0 ? `+${plain}` : plain;
}
