import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_SHADOW_SETTINGS as DEFAULTS } from '../../../src/shadow/settings.ts';
import {
  BY_GROUP,
  SILENT,
  backwards,
  every,
  lookAtRows,
  settings,
  type Change,
  type Wish,
  type Undeserved,
} from '../../support/shadow-changes.ts';
import { goodRows, shadowFiles } from '../../support/shadow-scene.ts';

const files = shadowFiles();
afterAll(() => files.remove());

/** Each makes of a log that passes one that must not, and names the gate that must say so. */
const UNDESERVED: Undeserved[] = [
  ['twenty requests', (row, i) => (i < 20 ? row : undefined), 'champion.roc_auc hold'],
  ['three hundred requests', (row, i) => (i < 300 ? row : undefined), 'errors.increase hold'],
  [
    'a challenger that is harmful on one slice',
    (row) => (row['group'] === 'c' ? backwards(row) : row),
    'slices.roc_auc.group = c fail',
    BY_GROUP,
  ],
  [
    'a challenger that fails on one small slice',
    (row, i) =>
      every(50, i) ? { ...row, group: 'rare', challenger_score: null, challenger_error: 'boom' } : row,
    'slices.errors.group = rare fail',
    { ...BY_GROUP, ...settings({ errors: { maxIncrease: 0.05 } }) },
  ],
  [
    'a challenger that is silent on one small slice',
    (row, i) => (every(50, i) ? { ...row, ...SILENT, group: 'rare' } : row),
    'slices.errors.group = rare fail',
    { ...BY_GROUP, ...settings({ coverage: { ...DEFAULTS.coverage, maxUnmatched: 0.05 } }) },
  ],
  ['a challenger that ranks backwards', backwards, 'champion.roc_auc fail'],
  ['a challenger that decides otherwise on most requests', backwards, 'agreement.disagreement fail'],
  ['no metric that decides', (row) => row, 'metrics.none hold', { defaultMetrics: false }],
  [
    'metrics that are all switched off',
    (row) => row,
    'metrics.none hold',
    {
      defaultMetrics: false,
      ...settings({ metrics: { roc_auc: { maxDrop: 0.01, compare: 'off', decide: 'interval' } } }),
    },
  ],
  [
    'a limit on drift without a reference',
    (row) => row,
    'drift.reference hold',
    settings({ drift: { maxPsi: 0.2 } }),
  ],
];

describe('a shadow does not pass on too little, or on harm', () => {
  it.each(UNDESERVED)('%s', async (_, ...[change, gate, wish = {}]) => {
    const scene = await lookAtRows(files, goodRows(3000, change), wish);
    expect(scene.trouble).toContain(gate);
    expect(scene.verdict.outcome).not.toBe('pass');
  });
});

describe('a shadow counts no request twice', () => {
  it.each<[string, number, string]>([
    ['a few', 15, 'pass'],
    ['many', 150, 'fail'],
  ])('ids that come again with other answers: %s', async (_, again, outcome) => {
    const scene = await lookAtRows(files, [
      ...goodRows(3000),
      ...goodRows(again, (row) => ({ ...row, challenger_score: 0.01 })),
    ]);
    expect(scene.of('log.duplicates')).toMatchObject({ role: 'gate', outcome });
    expect(scene.of('log.duplicates')?.message).toContain(
      `${again} of them say something else than the first`,
    );
  });

  it('a log that was written twice', async () => {
    const rows = goodRows(500);
    const scene = await lookAtRows(files, [...rows, ...rows]);
    expect(scene.trouble).toContain('log.duplicates fail');
    expect(scene.verdict.shadow?.requests).toMatchObject({ rows: 1000, both: 500, excluded: 500 });
  });
});

describe('what cannot be compared at all is refused', () => {
  it.each<[string, Change, Wish, RegExp]>([
    [
      'one release in both roles',
      (row) => ({ ...row, challenger_version: '1.0.0' }),
      {},
      /names "1\.0\.0" as champion and as challenger/,
    ],
    [
      'scores that are no probabilities, with labels of two classes',
      (row) => ({
        ...row,
        champion_score: 100 * Number(row.champion_score),
        challenger_score: 100 * Number(row.challenger_score),
      }),
      {},
      /What are the scores\?.*--task regression/,
    ],
    [
      'a feature that the log does not have',
      (row) => row,
      { features: ['amuont'] },
      /no column "amuont" that shadow\.features names\. Did you mean "amount"\?/,
    ],
    [
      'a slice that the log does not have',
      (row) => row,
      { slices: { wanted: [{ column: 'grp' }], asked: true } },
      /no column "grp" to slice by/,
    ],
    [
      'several classes',
      (row) => row,
      { task: 'multiclass-classification' },
      /several classes are not compared yet/,
    ],
  ])('%s', async (_, ...[change, wish, message]) => {
    await expect(lookAtRows(files, goodRows(200, change), wish)).rejects.toThrow(message);
  });
});
