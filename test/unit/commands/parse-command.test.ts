import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/commands/command.ts';
import { COMMAND_NAMES, GRAMMAR } from '../../../src/commands/grammar.ts';
import { parseComment } from '../../../src/commands/parse-command.ts';

function commandOf(body: string): Command | undefined {
  const parsed = parseComment(body);
  return parsed.kind === 'command' ? parsed.command : undefined;
}

const ROLLBACK = { name: 'rollback', lane: 'production', unproved: false, dryRun: false } as const;
const PROMOTE = { name: 'promote', lane: 'production', acceptHold: false, dryRun: false } as const;

describe('a whole command', () => {
  it.each<[string, Command]>([
    ['/promote production', PROMOTE],
    ['/promote bank/production 1.8.0', { ...PROMOTE, lane: 'bank/production', release: '1.8.0' }],
    [
      '/promote production --accept-hold --reason "12 rows"',
      { ...PROMOTE, acceptHold: true, reason: '12 rows' },
    ],
    ['/promote production bank@1.8.0+cpu', { ...PROMOTE, release: 'bank@1.8.0+cpu' }],
    ['/promote production sha256:0123456789ab', { ...PROMOTE, release: 'sha256:0123456789ab' }],
    ['/rollback production', ROLLBACK],
    [
      '/rollback production 1.6.2 --unproved --reason "1.7 loses rows"',
      { ...ROLLBACK, release: '1.6.2', unproved: true, reason: '1.7 loses rows' },
    ],
    ['/rollback production --dry-run', { ...ROLLBACK, dryRun: true }],
    ['/adopt production --reason old', { name: 'adopt', lane: 'production', reason: 'old', dryRun: false }],
    [
      '/adopt production 1.0 --reason "since March"',
      { name: 'adopt', lane: 'production', release: '1.0', reason: 'since March', dryRun: false },
    ],
    ['/approve production 1.8.0', { name: 'approve', lane: 'production', release: '1.8.0', dryRun: false }],
    ['/verify production', { name: 'verify', lane: 'production', dryRun: false }],
    ['/status', { name: 'status', dryRun: false }],
    ['/status bank/production', { name: 'status', lane: 'bank/production', dryRun: false }],
    ['/history production', { name: 'history', lane: 'production', dryRun: false }],
    ['/why production', { name: 'why', lane: 'production', dryRun: false }],
    ['/lock production --reason late', { name: 'lock', lane: 'production', reason: 'late', dryRun: false }],
    ['/unlock production', { name: 'unlock', lane: 'production', dryRun: false }],
    [
      '/release bank@1.8.0 --reason ok',
      { name: 'release', release: 'bank@1.8.0', reason: 'ok', dryRun: false },
    ],
    ['/shadow', { name: 'shadow', dryRun: false }],
    ['/shadow bank', { name: 'shadow', model: 'bank', dryRun: false }],
    ['/help', { name: 'help', dryRun: false }],
    ['/help /Rollback', { name: 'help', about: 'rollback', dryRun: false }],
  ])('%s', (body, command) => expect(parseComment(body)).toStrictEqual({ kind: 'command', command }));

  it.each([
    '/rollback production\r\n',
    '/rollback production   \n\nThe rest is talk: /rollback is what I typed.',
    '/Rollback production',
    '/ROLLBACK production',
    '/rollback   production',
    '/rollback\u00a0production',
    '/rollback production\n> /promote production',
    '/rollback production\n    /promote production',
    '/rollback production\n/path/to/x and /',
    '/rollback production\n/status/200',
    '/rollback production\n/unknown thing',
    '/rollback production\n```\n/promote production\n```\n',
    '/rollback production\r\n~~~sh\r\n/promote production\r\n```\r\n/promote production\r\n',
    '/rollback production\n   ````\n/promote production\n```\n/promote production\n````',
  ])('is the same as %j', (body) => expect(commandOf(body)).toStrictEqual(ROLLBACK));

  it.each([
    ['--reason "a b"', 'a b'],
    ['--reason “a b”', 'a b'],
    ['--reason „a b“', 'a b'],
    ['--reason „a b”', 'a b'],
    ['--reason ”a b”', 'a b'],
    ['--reason «\u00a0a b\u202f»', 'a b'],
    ['--reason »a b«', 'a b'],
    ["--reason 'a b'", 'a b'],
    ['--reason ‘a b’', 'a b'],
    ['--reason "a b”', 'a b'],
    ['--reason “a b"', 'a b'],
    ['--reason "a “b” c"', 'a “b” c'],
    ['--reason "it’s a 5 % drop; see #12 — now"', 'it’s a 5 % drop; see #12 — now'],
    ['--reason="a b"', 'a b'],
    ['--reason=“a b”', 'a b'],
    ['--reason=a', 'a'],
    ['--reason a', 'a'],
    ['—reason “a b”', 'a b'],
    ['–reason a', 'a'],
    ['--Reason a', 'a'],
    ['--reason "  a \u00a0 b  "', 'a b'],
    ['--reason "⚠️ größe 数据"', '⚠️ größe 数据'],
    [`--reason "${'x'.repeat(500)}"`, 'x'.repeat(500)],
  ])('takes %s', (written, reason) => {
    expect(commandOf(`/rollback production ${written}`)).toStrictEqual({ ...ROLLBACK, reason });
  });

  it.each([
    '/rollback --reason "a b" --unproved production --dry-run 1.6.2',
    '/rollback —dry-run production 1.6.2 --unproved --reason="a b"',
    '/rollback production —unproved 1.6.2 —dry-run —reason “a b”',
  ])('has its options anywhere: %s', (body) => {
    const all = { release: '1.6.2', unproved: true, reason: 'a b', dryRun: true };
    expect(commandOf(body)).toStrictEqual({ ...ROLLBACK, ...all });
  });

  it.each(COMMAND_NAMES.flatMap((name) => GRAMMAR[name].examples.map((example) => [name, example] as const)))(
    '/%s: its example %s',
    (name, example) => expect(commandOf(example)).toMatchObject({ name, dryRun: false }),
  );

  it('takes --dry-run with every command', () => {
    for (const name of COMMAND_NAMES) {
      expect(commandOf(`${GRAMMAR[name].examples[0]} --dry-run`)).toMatchObject({ name, dryRun: true });
    }
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    '/rollback',
    '/promote',
    '/x',
    ' ',
    '\n',
    '\r\n',
    '```',
    '--reason',
    '—',
    '"',
    '“',
    '”',
    "'",
    '=',
    'production',
    '1.6.2',
    '--dry-run',
    '--unproved',
    '\u200b',
    '>',
  );
  const bodies = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 14 }).map((parts) => `/rollback production ${parts.join('')}`),
  );

  it('is parsed without a throw, and a command only where a line begins with it', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const parsed = parseComment(body);
        if (!body.startsWith('/')) expect(parsed.kind).toBe('none');
        if (parsed.kind !== 'command') return;
        const [line = ''] = body.split(/[\r\n]/);
        expect(line.toLowerCase().startsWith(`/${parsed.command.name}`)).toBe(true);
        // Whoever wrote it as an option gets it.
        const bare = line.replace(/["“].*["”]|'.*'/, '');
        if (/ (?:--|—)dry-run(?: |$)/.test(bare)) expect(parsed.command.dryRun).toBe(true);
        if ('reason' in parsed.command) expect(parsed.command.reason).toMatch(/^\S(?:.{0,498}\S)?$/su);
      }),
      { numRuns: 3000 },
    );
  });

  it('is written again as it was read', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}[A-Za-z0-9]$/);
    const reason = fc
      .stringMatching(/^[A-Za-z0-9,;:'’é #<>@`*|-]{0,60}[a-z]$/)
      .map((text) => text.replace(/\s+/g, ' ').trim());
    const options = fc.record({ release: fc.option(word), reason: fc.option(reason), dryRun: fc.boolean() });
    fc.assert(
      fc.property(word, word, options, (model, environment, { release, reason, dryRun }) => {
        const parts = [
          `/rollback ${model}/${environment}`,
          ...(release === null ? [] : [release]),
          ...(reason === null ? [] : [`--reason "${reason}"`]),
          ...(dryRun ? ['--dry-run'] : []),
        ];
        expect(parseComment(parts.join(' '))).toStrictEqual({
          kind: 'command',
          command: {
            name: 'rollback',
            lane: `${model}/${environment}`,
            ...(release === null ? {} : { release }),
            unproved: false,
            ...(reason === null ? {} : { reason }),
            dryRun,
          },
        });
      }),
    );
  });
});
