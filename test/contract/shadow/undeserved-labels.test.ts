import { afterAll, describe, expect, it } from 'vitest';
import { every, lookAtRows, type Undeserved } from '../../support/shadow-changes.ts';
import { goodRows, timeOf, shadowFiles } from '../../support/shadow-scene.ts';

const files = shadowFiles();
afterAll(() => files.remove());

/** Each makes of a log that passes one that must not, and names the gate that must say so. */
const UNDESERVED: Undeserved[] = [
  [
    'no label column',
    (row) => ({ ...row, label: undefined, label_timestamp: undefined }),
    'labels.known hold',
  ],
  ['no label yet', (row) => ({ ...row, label: null, label_timestamp: null }), 'labels.known hold'],
  [
    'labels only where the champion decided one way',
    (row) => (Number(row.champion_score) < 0.5 ? { ...row, label: null } : row),
    'labels.selected hold',
  ],
  [
    'labels mostly where the champion decided one way',
    (row) => (Number(row.champion_score) < 0.43 ? { ...row, label: null } : row),
    'labels.selected hold',
  ],
  [
    'labels in words that nobody explained',
    (row) => ({ ...row, label: row['label'] === 1 ? 'yes' : 'no' }),
    'log.malformed error',
  ],
  [
    'labels in words, and another positive class',
    (row) => ({ ...row, label: row['label'] === 1 ? 'yes' : 'no' }),
    'labels.known error',
    { positive: 'Yes' },
  ],
  [
    'labels of one word, which is not the positive class',
    (row) => ({ ...row, label: 'no' }),
    'labels.known error',
    { positive: 'yes' },
  ],
  [
    'labels 1 and 2, of which nobody named the positive one',
    (row) => ({ ...row, label: Number(row['label']) + 1 }),
    'labels.known error',
  ],
  ['labels of three values', (row, i) => ({ ...row, label: i % 3 }), 'labels.known error'],
  ['labels of the negative class alone', (row) => ({ ...row, label: 0 }), 'champion.roc_auc hold'],
  ['labels of the positive class alone', (row) => ({ ...row, label: 1 }), 'champion.roc_auc hold'],
  [
    'NaN for the labels of the other class',
    (row) => ({ ...row, label: row['label'] === 1 ? 1 : 'NaN' }),
    'champion.roc_auc hold',
  ],
  [
    'labels that are older than their requests',
    (row, i) => (every(3, i) ? { ...row, label_timestamp: timeOf(i - 100) } : row),
    'labels.impossible hold',
  ],
  [
    'a label from the future',
    (row, i) => (i === 7 ? { ...row, label_timestamp: '2099-01-01T00:00:00Z' } : row),
    'labels.impossible hold',
  ],
  [
    'a label file for other requests',
    (row) => ({ ...row, label: undefined, label_timestamp: undefined }),
    'labels.known hold',
    { labels: [files.write('other.csv', 'request_id,label\nx,1\ny,0\n')] },
  ],
];

describe('a shadow does not pass on labels that prove nothing', () => {
  it.each(UNDESERVED)('%s', async (_, ...[change, gate, wish = {}]) => {
    const scene = await lookAtRows(files, goodRows(3000, change), wish);
    expect(scene.trouble).toContain(gate);
    expect(scene.verdict.outcome).not.toBe('pass');
  });
});
