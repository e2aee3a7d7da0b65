import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorize, type Standing } from '../../../src/commands/authorize.ts';
import { COMMAND_NAMES } from '../../../src/commands/grammar.ts';
import { GOVERNED_COMMANDS, ROLES } from '../../../src/core/policy.ts';

const standing = (parts: Partial<Standing>): Standing => ({
  command: 'rollback',
  allow: undefined,
  login: 'alice',
  kind: 'user',
  role: undefined,
  listedBots: [],
  lane: { model: 'bank', environment: 'production' },
  ...parts,
});

const verdictOf = (parts: Partial<Standing>) => {
  const result = authorize(standing(parts));
  return result.kind === 'allowed' ? result.by : result.kind;
};

const messageOf = (parts: Partial<Standing>) => {
  const result = authorize(standing(parts));
  return result.kind === 'refused' ? result.message : result.kind;
};

describe('authorize', () => {
  it.each<[string, Partial<Standing>, string]>([
    ['nobody asked yet', {}, 'ask-role'],
    ['the role itself', { role: 'write' }, 'write'],
    ['a stronger role', { role: 'admin' }, 'write'],
    ['a weaker role', { role: 'triage' }, 'refused'],
    ['no role', { role: 'none' }, 'refused'],
    ['somebody named, without asking', { allow: { rollback: ['@alice'] } }, '@alice'],
    ['named in other case', { allow: { rollback: ['@Alice'] }, login: 'aLICE' }, '@Alice'],
    ['named beside roles', { allow: { rollback: ['admin', '@alice'] } }, '@alice'],
    ['named, with too weak a role', { allow: { rollback: ['admin', '@alice'] }, role: 'read' }, '@alice'],
    ['somebody else named: no role helps', { allow: { rollback: ['@bob'] }, role: 'admin' }, 'refused'],
    ['somebody else named: none is asked for', { allow: { rollback: ['@bob'] } }, 'refused'],
    ['a longer name', { allow: { rollback: ['@alice2', '@malice', 'alice'] } }, 'refused'],
    ['the weakest of the roles', { allow: { rollback: ['admin', 'triage'] }, role: 'write' }, 'triage'],
    ['nobody', { allow: { rollback: [] }, role: 'admin' }, 'refused'],
    ['another command', { allow: { promote: ['read'] }, role: 'read' }, 'refused'],
    ['a role of a later version', { allow: { rollback: ['owner'] }, role: 'admin' }, 'refused'],
    ['a later role beside a known one', { allow: { rollback: ['owner', 'maintain'] } }, 'ask-role'],
    ['a command that reads', { command: 'status', role: 'triage' }, 'triage'],
    [
      'a command that reads, whatever the policy says',
      { command: 'status', allow: { status: ['read'] }, role: 'read' },
      'refused',
    ],
    ['the least of adopt', { command: 'adopt', role: 'write' }, 'refused'],
    [
      'no own key',
      {
        command: 'rollback',
        allow: Object.create({ rollback: ['read'] }) as Record<string, string[]>,
        role: 'read',
      },
      'refused',
    ],
    ['a bot', { kind: 'bot', login: 'renovate[bot]', role: 'admin' }, 'refused'],
    [
      'a bot that the policy names and the input does not',
      { kind: 'bot', login: 'a[bot]', allow: { rollback: ['@a[bot]'] } },
      'refused',
    ],
    ['a listed bot', { kind: 'bot', login: 'a[bot]', listedBots: ['A[bot]'] }, 'ask-role'],
    [
      'a listed bot that the policy names',
      { kind: 'bot', login: 'a[bot]', listedBots: ['@a[bot]'], allow: { rollback: ['@A[bot]'] } },
      '@A[bot]',
    ],
    ['a user named like a bot', { login: 'a', allow: { rollback: ['@a[bot]'] } }, 'refused'],
  ])('%s', (_, parts, expected) => expect(verdictOf(parts)).toBe(expected));

  it.each<[Partial<Standing>, string]>([
    [
      { role: 'read' },
      '@alice may not give /rollback in bank/production: it takes the role write or a stronger one (environments.production.allow.rollback of the config). @alice has the role read.',
    ],
    [
      { role: 'none', as: 're-runner', allow: { rollback: ['admin', '@bob', '@carol'] } },
      '@alice, who started this run again, may not give /rollback in bank/production: it takes the role admin, or @bob, or @carol (environments.production.allow.rollback of the config). @alice has no role in this repository.',
    ],
    [
      { allow: { rollback: [] }, lane: undefined },
      '@alice may not give /rollback: nobody may (environments.ENV.allow.rollback of the config).',
    ],
    [
      { allow: { rollback: ['owner'] } },
      '@alice may not give /rollback in bank/production: it takes owner, which this version does not know (environments.production.allow.rollback of the config).',
    ],
    [
      { command: 'help', role: 'read', lane: undefined },
      '@alice may not give /help: it takes the role triage or a stronger one. @alice has the role read.',
    ],
    [
      { kind: 'bot', login: 'renovate[bot]' },
      '@renovate[bot] may not give /rollback in bank/production: it is a bot, and only bots that the input bots lists may give commands. Add renovate[bot] there.',
    ],
  ])('says who may: %j', (parts, message) => expect(messageOf(parts)).toBe(message));

  it('lets a stronger role do all that a weaker one may, and asks only where it can help', () => {
    const entry = fc.constantFrom<string>(...ROLES, '@alice', '@bob', 'owner');
    const facts = fc.record({
      command: fc.constantFrom(...COMMAND_NAMES),
      allow: fc.option(fc.dictionary(fc.constantFrom(...GOVERNED_COMMANDS), fc.array(entry)), {
        nil: undefined,
      }),
      login: fc.constantFrom('alice', 'dave'),
    });
    fc.assert(
      fc.property(facts, (parts) => {
        const ladder = (['none', ...ROLES] as const).map(
          (role) => authorize(standing({ ...parts, role })).kind,
        );
        expect(ladder).toEqual([...ladder].sort((a, b) => (a === b ? 0 : a === 'refused' ? -1 : 1)));
        expect(ladder).not.toContain('ask-role');
        const before = authorize(standing({ ...parts, role: undefined })).kind;
        const [weakest, strongest] = [ladder[0], ladder.at(-1)];
        expect(before).toBe(weakest === strongest ? strongest : 'ask-role');
      }),
    );
  });
});
