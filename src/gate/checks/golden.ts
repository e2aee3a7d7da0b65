import { formatValue } from '../../core/format-number.ts';
import type { GoldenRow } from '../facts.ts';
import { countOf } from '../../verdict/sentences.ts';
import { result } from '../../verdict/check-result.ts';
import type { Check } from './check.ts';

/** golden.jsonl: rows whose answers were written down at training time come back within the tolerance. */
export const checkGolden: Check = (facts, settings) => {
  if (facts.challenger === undefined) return [];
  const { required, tolerance } = settings.golden;
  const { golden } = facts.documents;
  const base = { id: 'golden', check: 'golden' } as const;
  if (!golden.known)
    return [
      result({
        ...base,
        role: 'gate',
        outcome: 'error',
        reason: 'not-measured',
        message: `The golden rows could not be tried: ${golden.why}`,
      }),
    ];
  if (golden.value === undefined || golden.value.length === 0) {
    return [
      result({
        ...base,
        role: required ? 'gate' : 'inform',
        outcome: required ? 'fail' : 'hold',
        reason: 'missing',
        message: 'There is no golden.jsonl beside the model.',
        settle:
          'Write a few rows with their answers at training time: one JSON object a line, { "features": {…}, "score": 0.12 }.',
      }),
    ];
  }
  const rows = golden.value;
  const wrong = rows.map((row) => ({ row, off: furthest(row) })).filter(({ off }) => !(off <= tolerance));
  const worst = wrong.toSorted((a, b) => b.off - a.off)[0];
  const fields = {
    ...base,
    role: 'gate',
    n: rows.length,
    limit: { rule: 'within', value: tolerance },
  } as const;
  if (worst === undefined)
    return [
      result({
        ...fields,
        outcome: 'pass',
        reason: 'agrees',
        measured: Math.max(...rows.map(furthest)),
        message: `All ${countOf(rows.length, 'golden row')} answer as written down.`,
      }),
    ];
  return [
    result({
      ...fields,
      outcome: 'fail',
      reason: 'differs',
      measured: worst.off === Number.MAX_VALUE ? undefined : worst.off,
      message: `${countOf(wrong.length, 'golden row')} of ${rows.length} ${wrong.length === 1 ? 'answers' : 'answer'} otherwise than written down; the furthest is line ${worst.row.line}: expected ${show(worst.row.expected)}, got ${show(worst.row.got)}.`,
      settle:
        'The exported model is not the trained one, or its preprocessing changed: export it again, or write new golden rows on purpose.',
    }),
  ];
};

/** Largest difference relative to max(1, |expected|); a missing or NaN answer is infinitely far. */
function furthest({ expected, got }: GoldenRow): number {
  if (expected.length === 0 || expected.length !== got.length) return Number.MAX_VALUE;
  return expected.reduce((most, want, i) => {
    const off = Math.abs(want - (got[i] ?? Number.NaN)) / Math.max(1, Math.abs(want));
    return Number.isNaN(off) ? Number.MAX_VALUE : Math.max(most, off);
  }, 0);
}

function show(values: readonly number[]): string {
  return values
    .slice(0, 5)
    .map((value) => formatValue(value, { unit: 'score' }))
    .join(', ');
}
