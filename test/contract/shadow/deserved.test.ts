import { afterAll, describe, expect, it } from 'vitest';
import {
  TRUSTED,
  UNVERSIONED,
  backwards,
  every,
  lookAtRows,
  type Change,
  type Wish,
} from '../../support/shadow-changes.ts';
import { goodRows, shadowFiles } from '../../support/shadow-scene.ts';

const files = shadowFiles();
afterAll(() => files.remove());

describe('a shadow passes', () => {
  it.each<[string, Change, Wish]>([
    ['as it is', (row) => row, {}],
    [
      'with labels in words, of which one is named',
      (row) => ({ ...row, label: row['label'] === 1 ? 'yes' : 'no' }),
      { positive: 'yes' },
    ],
    ['without versions, where the config vouches for them', (row) => ({ ...row, ...UNVERSIONED }), TRUSTED],
    ['with times in seconds', (row) => ({ ...row, timestamp: Date.parse(String(row.timestamp)) / 1000 }), {}],
    ['with ids that are numbers', (row, i) => ({ ...row, request_id: i }), {}],
    [
      'with a second challenger in the log',
      (row, i) => (every(3, i) ? { ...row, challenger_version: '3.0.0' } : row),
      {},
    ],
    [
      'with roles swapped on some requests, which are left out',
      (row, i) =>
        every(3, i) ? { ...backwards(row), champion_version: '2.0.0', challenger_version: '1.0.0' } : row,
      {},
    ],
    [
      'with a few broken answers of both models',
      (row, i) =>
        every(400, i) ? { ...row, challenger_score: 'NaN', champion_score: null, champion_error: 'x' } : row,
      {},
    ],
    [
      'with clocks that differ by a few minutes',
      (row) => ({
        ...row,
        label_timestamp: new Date(Date.parse(String(row.timestamp)) - 300_000).toISOString(),
      }),
      {},
    ],
  ])('%s', async (_, change, wish) => {
    const scene = await lookAtRows(files, goodRows(3000, change), wish);
    expect([scene.verdict.outcome, scene.trouble]).toEqual(['pass', []]);
  });

  it.each([1, 'yes'] as const)(
    'with labels in a file alone, the positive class being %s',
    async (positive) => {
      const rows = goodRows(3000);
      const word = (label: unknown) => (positive === 1 ? label : label === 1 ? 'yes' : 'no');
      const late = rows.map((row) => `${row.request_id},${word(row['label'])},${row['label_timestamp']}`);
      const labels = [files.write('late.csv', `key,truth,known\n${late.join('\n')}\n`)];
      const scene = await lookAtRows(
        files,
        goodRows(3000, (row) => ({ ...row, label: undefined, label_timestamp: undefined })),
        {
          labels,
          labelColumns: { id: 'key', label: 'truth', labelTime: 'known' },
          ...(positive === 1 ? {} : { positive }),
        },
      );
      expect([scene.verdict.outcome, scene.trouble]).toEqual(['pass', []]);
      expect(scene.of('champion.roc_auc')).toEqual((await lookAtRows(files, rows)).of('champion.roc_auc'));
    },
  );

  it('with time running backwards, and tells the same', async () => {
    const forwards = await lookAtRows(files, goodRows());
    const scene = await lookAtRows(files, goodRows().toReversed());
    expect(scene.verdict.shadow).toEqual(forwards.verdict.shadow);
    expect(scene.of('champion.roc_auc')?.measured).toBeCloseTo(
      Number(forwards.of('champion.roc_auc')?.measured),
      12,
    );
  });
});
