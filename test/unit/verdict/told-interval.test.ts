import { describe, expect, it } from 'vitest';
import type { BinarySample } from '../../../src/core/task.ts';
import { comparePairedAtEveryLook } from '../../../src/stats/sequential/compare-paired-at-every-look.ts';
import { comparisonFields } from '../../../src/verdict/comparison-fields.ts';
import { comparisonSentence } from '../../../src/verdict/comparison-sentence.ts';

const MARGIN = 0.01;

/** Every `every`th row is positive; a positive row scores by `hit`, a negative one by its place. */
function sample(n: number, every: number, hit: (row: number) => number): BinarySample {
  const rows = Array.from({ length: n }, (_, row) => row);
  const scores = Float64Array.from(rows, (row) => (row % every === 0 ? hit(row) : (row % 50) / 100));
  return {
    task: 'binary-classification',
    labels: Uint8Array.from(rows, (row) => Number(row % every === 0)),
    scores,
    decisions: Uint8Array.from(scores, (score) => Number(score >= 0.5)),
  };
}

function told(n: number, every: number) {
  const pair = {
    champion: sample(n, every, (row) => (row % 7 === 0 ? 0.2 : 0.9)),
    challenger: sample(n, every, (row) => (row % 5 === 0 ? 0.3 : 0.9)),
  };
  const comparison = comparePairedAtEveryLook('roc_auc', pair, { margin: MARGIN, planned: n });
  const by = { rival: 'champion', clustered: false, margin: MARGIN, comparison } as const;
  return {
    comparison,
    sentence: comparisonSentence('roc_auc', by),
    fields: comparisonFields('roc_auc', comparison, by),
  };
}

describe('an AUC below its guard', () => {
  it('has no bound yet, and says why instead of what could be at worst', () => {
    const { comparison, sentence, fields } = told(60, 20);
    expect(comparison).toMatchObject({ reason: 'too-few-rows', interval: { low: -1, high: 1 } });
    expect(sentence).toMatch(
      /on 60 rows, and the margin is 1\.00 points; no bound can be given yet: too few rows of the rarer class to prove anything\.$/,
    );
    expect(fields).toMatchObject({ interval: undefined, level: undefined, baselineName: 'champion', n: 60 });
  });

  it('has one above it', () => {
    const { comparison, sentence, fields } = told(4000, 4);
    expect(comparison.reason).not.toBe('too-few-rows');
    expect(sentence).toMatch(/with 95 % confidence|proved to be worse/);
    expect([fields.interval, fields.level]).toEqual([
      [comparison.interval?.low, comparison.interval?.high],
      0.9,
    ]);
  });
});
