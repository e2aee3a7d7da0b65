import { describe, expect, it } from 'vitest';
import { checkData } from '../../../../src/gate/checks/data.ts';
import type { DataFacts } from '../../../../src/gate/facts.ts';
import type { GateSettings } from '../../../../src/gate/settings.ts';
import { gateFacts, settingsOf, tableFacts } from '../../../support/gate-facts.ts';

const copies = (rows: number): Partial<DataFacts> => ({
  ids: undefined,
  repeatedRows: rows === 0 ? { rows } : { rows, first: { row: 21, of: 1 } },
});
/** 1,500 ids of which the last `n` are the first one again. */
const repeated = (n: number) => Array.from({ length: 1500 }, (_, i) => (i < 1500 - n ? `r${i}` : 'r0'));
const clusters = new Int32Array(1500);

function run(name: string, more: Partial<DataFacts>, data: GateSettings['data'] = {}) {
  const checks = checkData(gateFacts({ data: [tableFacts(more)] }), settingsOf({}, { data }));
  return checks.find(({ id }) => id.endsWith(name));
}

describe('rows that repeat others', () => {
  const named = { ids: repeated(0) };
  it.each<[string, Partial<DataFacts>, GateSettings['data'], string, string]>([
    ['a few', copies(75), {}, 'gate', 'pass'],
    ['too many', copies(76), {}, 'gate', 'hold'],
    ['all allowed', copies(1480), { maxDuplicates: 0.99 }, 'gate', 'pass'],
    ['more than allowed', copies(16), { maxDuplicates: 0.01 }, 'gate', 'hold'],
    ['each with an id of its own', { ...copies(900), ...named }, {}, 'inform', 'pass'],
    [
      'each with an id of its own, and a limit',
      { ...copies(900), ...named },
      { maxDuplicates: 0.5 },
      'gate',
      'hold',
    ],
    ['with repeated ids', { ...copies(900), ids: repeated(900) }, {}, 'gate', 'hold'],
    ['in clusters', { ...copies(900), clusters }, {}, 'inform', 'pass'],
    ['in the frozen table', { ...copies(76), role: 'frozen' }, {}, 'gate', 'hold'],
  ])('%s', (_, ...[more, data, role, outcome]) =>
    expect(run('repeated_rows', more, data)).toMatchObject({ role, outcome, unit: 'share' }),
  );

  it('none is not worth a word', () => {
    expect(run('repeated_rows', copies(0))).toBe(undefined);
    expect(run('repeated_rows', copies(0), { maxDuplicates: 0 })).toBe(undefined);
  });

  it('are told with their number, an example and what to do', () => {
    expect(run('repeated_rows', copies(1480))).toMatchObject({
      message:
        '1,480 rows of 1,500 (98.7 %) repeat an earlier row in features and label (row 21 is row 1 again), and at most 5 % may: copies are no evidence.',
      settle:
        'Drop the copies. Where they are different cases, name the column that tells them apart (--id COLUMN, or data: { test: { id: … } }); or name the entity that several rows are of (data: { test: { cluster: … } }); or allow them: gates: { data: { max_duplicates: 0.99 } } in the config.',
    });
  });
});

describe('ids that occur more than once', () => {
  it.each<[string, Partial<DataFacts>, GateSettings['data'], string, string]>([
    ['a few are shown', { ids: repeated(75) }, {}, 'inform', 'hold'],
    ['too many hold', { ids: repeated(76) }, {}, 'gate', 'hold'],
    ['too many hold in given predictions', { ids: repeated(76), role: 'predictions' }, {}, 'gate', 'hold'],
    ['many, allowed by share', { ids: repeated(700) }, { maxDuplicates: 0.5 }, 'inform', 'hold'],
    ['many, allowed by number', { ids: repeated(700) }, { maxDuplicateIds: 1 }, 'gate', 'pass'],
    ['many in clusters', { ids: repeated(700), clusters }, {}, 'inform', 'hold'],
    [
      'limited without ids, in given predictions',
      { ids: undefined, role: 'predictions' },
      { maxDuplicates: 0.1 },
      'gate',
      'error',
    ],
  ])('%s', (_, ...[more, data, role, outcome]) =>
    expect(run('duplicate_ids', more, data)).toMatchObject({ role, outcome }),
  );

  it('are told with what they are', () => {
    const told = run('duplicate_ids', { ids: repeated(76), role: 'predictions' });
    expect(told?.message).toBe(
      '76 rows of 1,500 (5.1 %) have an id that an earlier row has ("r0"), and at most 5 % may: copies are no evidence.',
    );
    expect(told?.settle).toBe(
      'Drop the copies. Where they are different cases, allow them: gates: { data: { max_duplicates: 0.06 } } in the config.',
    );
  });
});
