import { describe, expect, it } from 'vitest';
import { guessColumns, unguessable } from '../../../src/shadow/guess-columns.ts';

describe('columns by their common names', () => {
  it.each([
    [
      'flat',
      [
        'request_id',
        'timestamp',
        'age',
        'champion_score',
        'champion_latency_ms',
        'champion_error',
        'challenger_score',
        'label',
        'label_timestamp',
      ],
      {
        id: 'request_id',
        time: 'timestamp',
        label: 'label',
        labelTime: 'label_timestamp',
        champion: { score: 'champion_score', latency: 'champion_latency_ms', error: 'champion_error' },
        challenger: { score: 'challenger_score' },
      },
    ],
    [
      'nested',
      [
        'id',
        'ts',
        'features.age',
        'champion.prediction',
        'champion.version',
        'challenger.prediction',
        'challenger.version',
      ],
      {
        id: 'id',
        time: 'ts',
        features: 'features',
        champion: { score: 'champion.prediction', version: 'champion.version' },
        challenger: { score: 'challenger.prediction', version: 'challenger.version' },
      },
    ],
    [
      'bare',
      ['id', 'time', 'champion', 'challenger'],
      { id: 'id', time: 'time', champion: { score: 'champion' }, challenger: { score: 'challenger' } },
    ],
  ])('%s', (_, names, columns) => {
    expect(guessColumns(names)).toMatchObject({ columns });
  });

  it('are told one by one where no name fits, with the nearest', () => {
    const names = ['reqest_id', 'timestamp', 'champion_score'];
    const guessed = guessColumns(names);
    if (!('missing' in guessed)) throw new Error('guessed');
    expect(guessed.missing).toEqual([
      'id (such as request_id)',
      'challenger.score (such as challenger_score)',
    ]);
    expect(unguessable(guessed.missing, names)).toMatch(
      /^No column of the log looks like id .*: saw "reqest_id", "timestamp", "champion_score"\..* Name them in shadow\.columns of the config\.$/,
    );
  });
});
