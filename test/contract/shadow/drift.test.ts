import { afterAll, describe, expect, it } from 'vitest';
import { lookAtRows, settings, type Change, type Wish } from '../../support/shadow-changes.ts';
import { goodRows, shadowFiles } from '../../support/shadow-scene.ts';

const files = shadowFiles();
afterAll(() => files.remove());

describe('drift against the reference', () => {
  const reference = files.write(
    'reference.csv',
    `group,amount,other\n${Array.from({ length: 800 }, (_, i) => `${'abcd'[i % 4]},${((i * 7919) % 1000) / 10},${i % 3}`).join('\n')}\n`,
  );
  const wish: Wish = { reference, referenceAsked: true, ...settings({ drift: { maxPsi: 0.2 } }) };

  it.each<[string, Change, string, string]>([
    ['as in training', (row) => row, 'drift.reference.amount', 'pass'],
    [
      'a number that is always missing',
      (row) => ({ ...row, amount: null }),
      'drift.reference.amount',
      'fail',
    ],
    ['a text that is always missing', (row) => ({ ...row, group: null }), 'drift.reference.group', 'hold'],
    ['a feature that is constant now', (row) => ({ ...row, other: 1 }), 'drift.reference.other', 'fail'],
    [
      'a feature with values that are new',
      (row) => ({ ...row, group: 'new' }),
      'drift.reference.group',
      'fail',
    ],
    [
      'a number that became a text',
      (row) => ({ ...row, other: `x${row['other']}` }),
      'drift.reference.other',
      'hold',
    ],
    ['a feature that got lost', (row) => ({ ...row, other: undefined }), 'drift.absent', 'pass'],
  ])('%s', async (_, ...[change, id, outcome]) => {
    const rows = goodRows(2000, (row, i) => change({ ...row, other: i % 3 }, i));
    const scene = await lookAtRows(files, rows, wish);
    expect([scene.of(id)?.outcome, scene.of(id)?.role]).toEqual([
      outcome,
      id === 'drift.absent' ? 'inform' : 'gate',
    ]);
  });
});
