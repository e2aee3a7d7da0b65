import { describe, expect, it } from 'vitest';
import { readInputs } from '../../../../src/entry/action/read-inputs.ts';
import { shadowInputs } from '../../../../src/entry/shadow/action-inputs.ts';

const read = (env: Record<string, string>) => readInputs(shadowInputs, env);

describe('the inputs of actions/shadow', () => {
  it.each<[string, string[] | undefined]>([
    ['', undefined],
    [' \n ', undefined],
    ['logs/*.jsonl.gz', ['logs/*.jsonl.gz']],
    ['a, b.csv\n logs/c d.csv \r\n', ['a, b.csv', 'logs/c d.csv']],
  ])('log: %j names %j, as commas belong to paths', (log, paths) =>
    expect(read({ KG_LOG: log }).log).toEqual(paths),
  );

  it('are absent where they are empty, and a hold fails', () => {
    const given = Object.entries(read({ KG_MODEL: '', KG_GATE_VERDICT: ' ', KG_HOLD: '' }));
    expect(given.filter(([, value]) => value !== undefined)).toEqual([['hold', 'fail']]);
  });

  it('have a variable without a hyphen each', () => {
    expect(read({ KG_GATE_VERDICT: 'v.json' })['gate-verdict']).toBe('v.json');
  });

  it('say what is wrong with them', () => {
    expect(() => read({ KG_HOLD: 'maybe' })).toThrow('input hold: saw "maybe", allowed: fail, neutral.');
  });
});
