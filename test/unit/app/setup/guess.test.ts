import { describe, expect, it } from 'vitest';
import { guessLabel, guessTaskByLabels, guessTest } from '../../../../src/app/setup/guess-label.ts';
import { parseRemote } from '../../../../src/app/setup/parse-remote.ts';

describe('parseRemote', () => {
  const acme = { host: 'github.com', owner: 'acme', name: 'models' };
  it.each([
    ['https://github.com/acme/models.git', acme],
    ['https://github.com/acme/models', acme],
    ['https://ana:secret@GitHub.com/acme/models.git/', acme],
    ['git@github.com:acme/models.git', acme],
    ['ssh://git@github.com:22/acme/models.git', acme],
    ['ssh://git@github.com/acme/models', acme],
    ['https://ghe.example/acme/my.models', { host: 'ghe.example', owner: 'acme', name: 'my.models' }],
    ['/srv/git/models.git', undefined],
    ['../models', undefined],
    ['file:///srv/acme/models', undefined],
    ['https://gitlab.example/group/sub/models', undefined],
    ['', undefined],
  ])('%s', (address, expected) => {
    expect(parseRemote(address)).toEqual(expected);
  });
});

describe('guessLabel and guessTest', () => {
  it('takes the likeliest column, whatever its case', () => {
    expect(guessLabel({ path: 'a', columns: ['y', 'Target', 'x'] })).toBe('Target');
    expect(guessLabel({ path: 'a', columns: ['why', 'labelled'] })).toBeUndefined();
  });

  it('prefers the table of the model, then one for tests, and never one for training', () => {
    const table = (path: string) => ({ path, columns: ['label'] });
    const tables = ['data/train.csv', 'data/all.csv', 'data/test.csv', 'churn/valid.csv'].map(table);
    expect(guessTest(tables, 'churn')?.path).toBe('churn/valid.csv');
    expect(guessTest(tables, 'other')?.path).toBe('data/test.csv');
    expect(guessTest([table('data/train.csv')], 'other')).toBeUndefined();
  });
});

it.each([
  [['0', '1', '1', ''], 'binary-classification'],
  [['yes', 'no'], 'binary-classification'],
  [['1', '2', '3'], 'multiclass-classification'],
  [Array.from({ length: 30 }, (_, i) => `name ${i}`), 'multiclass-classification'],
  [Array.from({ length: 30 }, (_, i) => String(i / 2)), 'regression'],
])('guesses the task of labels %#', (labels, task) => {
  expect(guessTaskByLabels(labels)).toBe(task);
});
