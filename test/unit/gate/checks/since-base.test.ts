import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../../src/core/digest.ts';
import { known, unknown } from '../../../../src/core/fact.ts';
import { checkSinceBase } from '../../../../src/gate/checks/since-base.ts';
import type { ComparedWithBase, GateChange, JudgedBy, SinceBase } from '../../../../src/gate/facts.ts';
import { judge } from '../../../../src/gate/verdict.ts';
import { gateFacts, settingsOf, tableFacts, WHY } from '../../../support/gate-facts.ts';

const change = (what: string): GateChange => ({ what, before: '0.75', now: '0.6' });
const frozenTable = tableFacts({ role: 'frozen', path: 'f.csv', digest: digestOf('frozen') });
const before = known([{ path: 'f.csv', digests: [digestOf('frozen')] }]);
const other = (path = 'f.csv') => known([{ path, digests: [digestOf('old')] }]);

interface Now {
  frozen?: typeof frozenTable;
  mayChange?: boolean;
  judgedBy?: JudgedBy;
}

const check = (
  sinceBase: SinceBase | undefined,
  { frozen = frozenTable, mayChange = false, judgedBy }: Now = {},
) => {
  const data = frozen.role === 'frozen' ? [tableFacts(), frozen] : [frozen];
  return checkSinceBase(
    gateFacts({
      data,
      ...(sinceBase === undefined ? {} : { sinceBase }),
      ...(judgedBy === undefined ? {} : { judgedBy }),
    }),
    settingsOf({}, { data: { frozenMayChange: mayChange } }),
  );
};

function run(more: Partial<ComparedWithBase>, now?: Now) {
  const nothing = { parent: false, gates: known([]), frozen: known([]), edited: [] };
  return check({ kind: 'compared', revision: '0123456789abcdef', ...nothing, ...more }, now);
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
  it('that the base commit does not have are all new', () => {
    expect(
      run({ absent: 'The base commit 0123456 has no model "m" in its config; it has "n".' }),
    ).toMatchObject([
      {
        id: 'gates',
        role: 'inform',
        outcome: 'hold',
        message:
          'The base commit 0123456 has no model "m" in its config; it has "n". So these gates could not be compared with earlier ones.',
      },
    ]);
  });
  it('are no word where there is no base, or no change', () => {
    expect(checkSinceBase(gateFacts(), settingsOf())).toEqual([]);
    expect(run({})).toEqual([]);
  });
});

describe('a frozen reference set', () => {
  it('that is the same, or not in git, is not worth a word', () => {
    expect(run({ frozen: before })).toEqual([]);
    expect(run({ frozen: known([{ path: 'f.csv' }]) })).toEqual([]);
  });

  it.each<[string, Parameters<typeof run>, RegExp]>([
    [
      'with other bytes',
      [{ frozen: other() }],
      /"f\.csv" is not the one at the base commit 0123456: a reference set that never changes has changed/,
    ],
    ['of another path', [{ frozen: other('old.csv') }], /"f\.csv" \(it was "old\.csv"\) is not/],
    ['that is gated no more', [{ frozen: before }, { frozen: tableFacts() }], /is not gated any more/],
    [
      'that is gated no more, and not in git',
      [{ frozen: known([{ path: 'f.csv' }]) }, { frozen: tableFacts() }],
      /is not gated any more/,
    ],
    ['that cannot be read there', [{ frozen: unknown(WHY) }], /cannot be told/],
  ])('%s holds, unless the config accepts it', (_, [base, more], sentence) => {
    const [found] = run(base, more);
    expect(found).toMatchObject({ id: 'gates.frozen', role: 'gate', outcome: 'hold' });
    expect(found?.message).toMatch(sentence);
    expect(found?.settle).toMatch(/frozen_may_change: true/);
    expect(run(base, { ...more, mayChange: true })).toMatchObject([{ role: 'inform', outcome: 'hold' }]);
  });

  it('that changed binds', () => {
    const checks = run({ frozen: unknown(WHY), gates: known([change('roc_auc min')]) });
    expect(judge(checks)).toMatchObject({ outcome: 'hold', binding: 'gates.frozen' });
  });
});

describe('no base commit', () => {
  const none = { kind: 'no-base', why: 'this is a shallow clone', settle: 'Fetch it.' } as const;
  it('is a caution', () => {
    expect(check(none, { frozen: tableFacts() })).toMatchObject([
      {
        id: 'gates.base',
        role: 'inform',
        outcome: 'hold',
        message: 'The gates could not be compared with a base commit: this is a shallow clone.',
        settle: 'Fetch it.',
      },
    ]);
  });
  it('holds where a frozen reference set is gated, unless the config accepts that it changes', () => {
    const [found] = check(none);
    expect(found).toMatchObject({ id: 'gates.base', role: 'gate', outcome: 'hold' });
    expect(found?.message).toMatch(/^The gates and the frozen reference set "f\.csv" could not be compared/);
    expect(check(none, { mayChange: true })).toMatchObject([{ role: 'inform', outcome: 'hold' }]);
  });
});

describe('what is measured with', () => {
  it('is shown where the change edits it', () => {
    const edited = [
      { what: 'the test table', path: 't.csv' },
      { what: 'the features document', path: 'f.json' },
    ];
    const checks = run({ edited });
    expect(checks).toMatchObject([{ id: 'gates.files', role: 'inform', outcome: 'hold' }]);
    expect(checks[0]?.message).toBe(
      'This change also edits what is measured with: the test table "t.csv", the features document "f.json" (not as at the base commit 0123456).',
    );
  });
});

describe('a champion that the change edits', () => {
  const champion = (kind: 'new' | 'replaced', challengerToo: boolean) =>
    run({ champion: { path: 'models/c', how: { kind }, challengerToo } });
  it('holds where its challenger comes with it', () => {
    const checks = champion('replaced', true);
    expect(checks).toMatchObject([{ id: 'gates.champion', role: 'gate', outcome: 'hold' }]);
    expect(checks[0]?.message).toBe(
      'This change also replaces the champion "models/c", together with the challenger that is compared with it: the base commit 0123456 has another one.',
    );
    expect(champion('new', true)[0]?.message).toMatch(/also brings the champion .* does not have it\.$/);
    expect(judge(checks)).toMatchObject({ outcome: 'hold', binding: 'gates.champion' });
  });
  it('is shown where it comes alone', () => {
    expect(champion('replaced', false)).toMatchObject([{ role: 'inform', outcome: 'hold' }]);
  });
  it('holds where nobody can tell', () => {
    const how = { kind: 'unread', why: WHY } as const;
    expect(run({ champion: { path: 'c', how, challengerToo: true } })).toMatchObject([
      { role: 'gate', message: expect.stringMatching(/cannot be told/) },
    ]);
  });
});

describe('a pull request', () => {
  const commit = 'fedcba9876543210';
  const base = { judgedBy: { kind: 'base', commit } } as const;
  const own = { judgedBy: { kind: 'own', commit } } as const;
  const asking: GateChange = { ...change('outputs threshold'), asking: true };

  it('shows its own gates, and is judged by the base branch’s', () => {
    const checks = run({ gates: known([change('roc_auc min')]) }, base);
    expect(checks).toMatchObject([{ id: 'gates', role: 'inform' }]);
    expect(checks[0]?.message).toBe(
      'This pull request changes its own gates: roc_auc min 0.75 → 0.6. It is judged by those of the base branch (fedcba9), not by its own.',
    );
  });

  it.each<[string, Partial<ComparedWithBase>, string]>([
    ['how it is examined', { gates: known([asking]) }, 'gates.examination'],
    ['what is measured with', { edited: [{ what: 'the test table', path: 't.csv' }] }, 'gates.files'],
  ])('that edits %s holds, for that part is its own', (_name, more, id) => {
    expect(run(more, base)).toMatchObject([{ id, role: 'gate', outcome: 'hold' }]);
  });

  it('cannot accept a changed frozen table by itself', () => {
    const [found] = run({ frozen: other() }, base);
    expect(found?.settle).toMatch(/have the base branch accept it first/);
  });

  it.each<[string, SinceBase | undefined, JudgedBy, 'inform' | 'gate', RegExp]>([
    [
      'the first gates of all',
      undefined,
      own.judgedBy,
      'inform',
      /^This pull request brings the first gates/,
    ],
    [
      'a base branch that nobody can read',
      { kind: 'no-base', why: WHY, settle: 'Fetch it.' },
      { kind: 'unknown', why: 'this is a shallow clone', settle: 'Fetch it.' },
      'gate',
      /are not to be had: this is a shallow clone\.$/,
    ],
  ])('with %s', (...[, sinceBase, judgedBy, role, sentence]) => {
    expect(check(sinceBase, { judgedBy })).toMatchObject([
      { id: 'gates.judge', role, outcome: 'hold', message: expect.stringMatching(sentence) },
    ]);
  });

  it('that takes a model out and brings another holds; one that only brings it is told', () => {
    const absent = 'The base commit 0123456 has no model "m" in its config; it has "n".';
    expect(run({ absent, gone: ['n'] }, own)).toMatchObject([
      { id: 'gates.judge', role: 'gate', message: expect.stringMatching(/takes "n" out of the config/) },
      { id: 'gates', role: 'inform' },
    ]);
    expect(run({ absent, gone: [] }, own)).toMatchObject([{ id: 'gates', role: 'inform' }]);
  });

  it('that is behind a base branch without its model holds', () => {
    expect(run({}, own)).toMatchObject([{ id: 'gates.judge', role: 'gate', reason: 'model-gone' }]);
  });
});
