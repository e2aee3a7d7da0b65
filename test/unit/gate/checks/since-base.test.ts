import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../../src/core/digest.ts';
import { known, unknown } from '../../../../src/core/fact.ts';
import { checkSinceBase } from '../../../../src/gate/checks/since-base.ts';
import type { GateChange, SinceBase } from '../../../../src/gate/facts.ts';
import { judge } from '../../../../src/gate/verdict.ts';
import { gateFacts, settingsOf, tableFacts, WHY } from '../../../support/gate-facts.ts';

const change = (what: string): GateChange => ({ what, before: '0.75', now: '0.6' });
const frozenTable = tableFacts({ role: 'frozen', path: 'f.csv', digest: digestOf('frozen') });
const before = known({ path: 'f.csv', digest: digestOf('frozen') });

function run(more: Partial<SinceBase>, { frozen = frozenTable, mayChange = false } = {}) {
  const sinceBase = { revision: '0123456789abcdef', gates: known([]), ...more };
  const data = frozen.role === 'frozen' ? [tableFacts(), frozen] : [frozen];
  return checkSinceBase(
    gateFacts({ sinceBase, data }),
    settingsOf({}, { data: { frozenMayChange: mayChange } }),
  );
}

describe('gates that the change itself edits', () => {
  it('are shown, and never decide', () => {
    const checks = run({ gates: known([change('roc_auc min')]) });
    expect(checks).toMatchObject([{ id: 'gates', role: 'inform', outcome: 'hold' }]);
    expect(checks[0]?.message).toBe('This change also edits the gates: roc_auc min 0.75 → 0.6.');
  });
  it('are counted where they are many', () => {
    const many = Array.from({ length: 11 }, (_, i) => change(`m${i}`));
    expect(run({ gates: known(many) })[0]?.message).toMatch(/m7 0\.75 → 0\.6 and 3 more\.$/);
  });
  it('that cannot be told are not called the same', () => {
    expect(run({ gates: unknown(WHY) })).toMatchObject([{ id: 'gates', outcome: 'hold' }]);
  });
  it('are no word where there is no base, or no change', () => {
    expect(checkSinceBase(gateFacts(), settingsOf())).toEqual([]);
    expect(run({})).toEqual([]);
  });
});

describe('a frozen reference set', () => {
  it('that is the same is not worth a word', () => expect(run({ frozen: before })).toEqual([]));

  it.each<[string, Parameters<typeof run>, RegExp]>([
    [
      'with other bytes',
      [{ frozen: known({ path: 'f.csv', digest: digestOf('old') }) }],
      /"f\.csv" is not the one at the base commit 0123456: a reference set that never changes has changed/,
    ],
    [
      'of another path',
      [{ frozen: known({ path: 'old.csv', digest: digestOf('old') }) }],
      /"f\.csv" \(it was "old\.csv"\) is not/,
    ],
    ['that is gated no more', [{ frozen: before }, { frozen: tableFacts() }], /is not gated any more/],
    ['that cannot be read there', [{ frozen: unknown(WHY) }], /cannot be told/],
  ])('%s holds, unless the config accepts it', (_, [base, more], sentence) => {
    const [check] = run(base, more);
    expect(check).toMatchObject({ id: 'gates.frozen', role: 'gate', outcome: 'hold' });
    expect(check?.message).toMatch(sentence);
    expect(check?.settle).toMatch(/frozen_may_change: true/);
    expect(run(base, { ...more, mayChange: true })).toMatchObject([{ role: 'inform', outcome: 'hold' }]);
  });

  it('that changed binds', () => {
    const checks = run({ frozen: unknown(WHY), gates: known([change('roc_auc min')]) });
    expect(judge(checks)).toMatchObject({ outcome: 'hold', binding: 'gates.frozen' });
  });
});
