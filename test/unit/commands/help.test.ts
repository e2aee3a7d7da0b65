import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, GRAMMAR } from '../../../src/commands/grammar.ts';
import { helpOf } from '../../../src/commands/help.ts';
import { usageOf } from '../../../src/commands/usage.ts';

describe('helpOf', () => {
  it('lists every command once, in groups', () => {
    const { groups, notes } = helpOf();
    expect(groups.map(({ title }) => title)).toEqual(['Move', 'Ask', 'Hold back']);
    const lines = groups.flatMap((group) => group.lines);
    expect(lines.map(({ usage }) => usage).toSorted()).toEqual(COMMAND_NAMES.map(usageOf).toSorted());
    expect(lines.every(({ what }) => what.length > 10 && !what.endsWith('.'))).toBe(true);
    expect(notes.every((note) => note.endsWith('.'))).toBe(true);
  });

  it('tells more about one', () => {
    expect(helpOf('rollback')).toEqual({
      groups: [
        {
          title: '/rollback',
          lines: [
            {
              usage: '/rollback [MODEL/]ENV [RELEASE] [--unproved] [--reason "…"] [--dry-run]',
              what: 'restores the last release that was proved good, or RELEASE',
            },
          ],
        },
        {
          title: 'What it takes',
          lines: [
            { usage: '[MODEL/]ENV', what: 'an environment; its model may be left out where there is one' },
            {
              usage: 'RELEASE',
              what: '[MODEL@] and a version, at least 7 digits of a commit, or 12 of a digest',
            },
            { usage: '--unproved', what: 'to a RELEASE that is not known good, with a reason; recorded' },
            { usage: '--reason "…"', what: 'for whoever asks why later; at most 500 characters' },
            { usage: '--dry-run', what: 'shows the plan and touches nothing' },
          ],
        },
        {
          title: 'Examples',
          lines: [
            { usage: '/rollback production', what: '' },
            { usage: '/rollback production 1.6.2 --unproved --reason "1.7 loses rows"', what: '' },
          ],
        },
      ],
      notes: [
        'It takes the role write or a stronger one, where environments.ENV.allow.rollback of the config says nothing else.',
      ],
    });
  });

  it('has something to tell about each', () => {
    for (const name of COMMAND_NAMES) {
      const { groups } = helpOf(name);
      expect(groups.map(({ lines }) => lines.length).every((count) => count > 0)).toBe(true);
    }
    expect(helpOf('status').notes).toEqual(['It takes the role triage or a stronger one.']);
  });
});

describe('usageOf', () => {
  it.each([
    ['promote', '/promote [MODEL/]ENV [RELEASE] [--accept-hold] [--reason "…"] [--dry-run]'],
    ['approve', '/approve [MODEL/]ENV RELEASE [--reason "…"] [--dry-run]'],
    ['release', '/release RELEASE --reason "…" [--dry-run]'],
    ['status', '/status [[MODEL/]ENV]'],
    ['help', '/help [COMMAND]'],
  ] as const)('%s', (name, usage) => expect(usageOf(name)).toBe(usage));
});

describe('the grammar', () => {
  it('has what is needed before what is not, so that places are certain', () => {
    for (const { takes } of Object.values(GRAMMAR)) {
      const needed = takes.map((argument) => argument.needed);
      expect(needed).toEqual([...needed].sort((a, b) => Number(b) - Number(a)));
    }
  });
});
