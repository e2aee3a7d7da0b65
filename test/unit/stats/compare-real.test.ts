import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/core/task.ts';
import { comparePaired } from '../../../src/stats/compare-paired.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);

function columns(path: string): (name: string) => Float64Array {
  const [head = '', ...rows] = readFileSync(new URL(path, fixtures), 'utf8').trim().split(/\r?\n/);
  const cells = rows.map((row) => row.split(','));
  return (name) => Float64Array.from(cells, (row) => Number(row[head.split(',').indexOf(name)]));
}

const bank = columns('bank/test_predictions_sklearn.csv');
const bike = columns('bike/test_predictions_sklearn.csv');

function bankSample(name: string): Sample {
  const scores = bank(`bank_${name}`);
  const decisions = Uint8Array.from(scores, (score) => (score >= 0.5 ? 1 : 0));
  return { task: 'binary-classification', labels: Uint8Array.from(bank('label')), scores, decisions };
}

function bikeSample(name: string): Sample {
  return { task: 'regression', labels: bike('label'), predictions: bike(`bike_${name}`) };
}

describe('real models: scikit-learn predictions of bank (5,000 rows) and bike (1,729 rows)', () => {
  it.each([
    ['challenger', 'roc_auc', 0.01, 'pass', 0.0316],
    ['challenger', 'brier', 0.005, 'pass', -0.0034],
    ['challenger', 'log_loss', 0.01, 'pass', -0.0126],
    ['challenger_equal', 'roc_auc', 0.01, 'pass', 0.0002],
    ['challenger_equal', 'brier', 0.005, 'pass', 0],
    ['challenger_equal', 'log_loss', 0.01, 'pass', 0],
    ['challenger_equal', 'roc_auc', 0.002, 'hold', 0.0002],
    ['challenger_regressed', 'roc_auc', 0.01, 'fail', -0.2203],
    ['challenger_regressed', 'brier', 0.005, 'fail', 0.1098],
    ['challenger_regressed', 'log_loss', 0.01, 'fail', 0.2747],
  ] as const)('bank %s, %s at margin %f: %s', (...[name, key, margin, decision, difference]) => {
    const result = comparePaired(
      key,
      { champion: bankSample('champion'), challenger: bankSample(name) },
      { margin, ...(key === 'log_loss' ? { bound: 5 } : {}) },
    );
    expect(result.decision).toBe(decision);
    expect(result.difference).toBeCloseTo(difference, 4);
  });

  it.each([
    ['challenger', 'pass', -20.23],
    ['challenger_regressed', 'fail', 79.45],
  ] as const)('bike %s, mae at margin 2: %s', (name, decision, difference) => {
    const result = comparePaired(
      'mae',
      { champion: bikeSample('champion'), challenger: bikeSample(name) },
      { margin: 2, bound: 1000 },
    );
    expect(result.decision).toBe(decision);
    expect(result.difference).toBeCloseTo(difference, 1);
  });
});
