import { describe, expect, it } from 'vitest';
import { judgeGoodLook, lookBad, lookGood } from '../../../src/ledger/soak.ts';
import type { Tenure } from '../../../src/ledger/state.ts';
import { A, at } from '../../support/lane-story.ts';

const SOAK = 100_000;

function tenure(changes: Partial<Tenure> = {}): Tenure {
  return {
    seq: 1,
    action: 'promote',
    release: A,
    from: 'absent',
    actor: 'ana',
    requires: [],
    soakMs: SOAK,
    movedAt: at(0),
    ...changes,
  };
}

/** Looks at these times (ms); those that are worth an entry are recorded, as the command does. What each was worth. */
function looksAt(times: readonly number[], soakMs = SOAK): string[] {
  let stay = tenure({ soakMs });
  return times.map((ms) => {
    const worth = judgeGoodLook(stay, at(ms));
    if (worth !== 'too-soon') stay = lookGood(stay, at(ms));
    return worth;
  });
}

describe('judgeGoodLook', () => {
  it.each<[string, number[], string[]]>([
    ['the first look begins the soak', [0], ['record']],
    ['three looks over the whole soak complete it', [0, 50_000, 100_000], ['record', 'record', 'complete']],
    ['two looks over the whole soak are too few', [0, 100_000], ['record', 'record']],
    [
      'a gap of half the soak is not too long',
      [0, 50_000, 99_999, 149_999],
      ['record', 'record', 'record', 'complete'],
    ],
    [
      'a gap above half begins it again',
      [0, 50_001, 100_002, 150_003],
      ['record', 'record', 'record', 'record'],
    ],
    [
      'too soon: less than a quarter after the last that counted',
      [0, 24_999, 25_000],
      ['record', 'too-soon', 'record'],
    ],
    [
      'frequent looks complete it on time, with few entries',
      [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 80_000, 90_000, 100_000],
      [
        'record',
        'too-soon',
        'too-soon',
        'record',
        'too-soon',
        'too-soon',
        'record',
        'too-soon',
        'too-soon',
        'record',
        'complete',
      ],
    ],
    [
      'a clock that went back begins it again',
      [0, 50_000, 49_999, 99_999],
      ['record', 'record', 'record', 'record'],
    ],
    [
      'many looks before the end do not complete it',
      [0, 30_000, 60_000, 90_000],
      ['record', 'record', 'record', 'record'],
    ],
  ])('%s', (_, times, worth) => {
    expect(looksAt(times)).toEqual(worth);
  });

  it('without a soak one good look is enough, whatever was before', () => {
    expect(looksAt([0], 0)).toEqual(['complete']);
    const trouble = { kind: 'failed', phase: 'probe', message: '', at: at(0) } as const;
    expect(judgeGoodLook(tenure({ soakMs: 0, trouble }), at(1))).toBe('complete');
  });

  it('after trouble the soak begins again, even when it was nearly over', () => {
    const soak = { since: at(0), lastAt: at(90_000), looks: 9 };
    const trouble = { kind: 'inconclusive', phase: 'probe', message: '', at: at(95_000) } as const;
    expect(judgeGoodLook(tenure({ soak, trouble }), at(120_000))).toBe('record');
  });

  it('a time that is no time proves nothing', () => {
    const soak = { since: 'once', lastAt: 'then', looks: 9 };
    expect(judgeGoodLook(tenure({ soak }), at(500_000))).toBe('record');
    expect(lookGood(tenure({ soak }), at(500_000)).soak).toEqual({
      since: at(500_000),
      lastAt: at(500_000),
      looks: 1,
    });
  });
});

describe('lookGood and lookBad', () => {
  it('a good look counts on', () => {
    const soak = { since: at(0), lastAt: at(40_000), looks: 2 };
    expect(lookGood(tenure({ soak }), at(80_000)).soak).toEqual({
      since: at(0),
      lastAt: at(80_000),
      looks: 3,
    });
  });

  it('a bad look ends the soak and keeps the day of proof', () => {
    const soak = { since: at(0), lastAt: at(40_000), looks: 2 };
    const trouble = { kind: 'failed', phase: 'probe', message: 'saw 500', at: at(50_000) } as const;
    expect(lookBad(tenure({ soak, healthyAt: at(40_000) }), trouble)).toEqual(
      tenure({ healthyAt: at(40_000), trouble }),
    );
  });

  it('the first good look after trouble takes the trouble away and begins the soak', () => {
    const trouble = { kind: 'failed', phase: 'probe', message: 'saw 500', at: at(50_000) } as const;
    expect(lookGood(tenure({ trouble }), at(60_000))).toEqual(
      tenure({ soak: { since: at(60_000), lastAt: at(60_000), looks: 1 } }),
    );
  });
});
