import { describe, expect, it } from 'vitest';
import { loadBotConfig, configWithin } from '../../../../src/app/bot/bot-config.ts';
import { exitCodeOfBot } from '../../../../src/app/bot/bot-result.ts';
import { checkPermission } from '../../../../src/app/bot/check-permission.ts';
import { commandText } from '../../../../src/app/bot/command-text.ts';
import { deploymentShown } from '../../../../src/app/bot/deployment-shown.ts';
import { FreshComment } from '../../../../src/app/bot/fresh-comment.ts';
import { mayGive } from '../../../../src/app/bot/may-give.ts';
import { parseComment } from '../../../../src/commands/parse-command.ts';
import type { ForgeComment } from '../../../../src/core/forge.ts';
import type { Role } from '../../../../src/core/policy.ts';
import { samplePolicy, sampleRelease } from '../../../support/model/world.ts';

describe('exitCodeOfBot', () => {
  it.each([
    ['done', 0, 0],
    ['nothing', 0, 0],
    ['planned', 0, 0],
    ['ignored', 0, 0],
    ['refused', 0, 1],
    ['waiting', 0, 2],
    ['failed', 1, 1],
    ['moved-not-proved', 3, 3],
    ['not-moved', 3, 3],
    ['error', 3, 3],
  ] as const)('%s: %i in a comment, %i without one', (outcome, answered, alone) => {
    expect(exitCodeOfBot({ outcome, isAnswered: true })).toBe(answered);
    expect(exitCodeOfBot({ outcome, isAnswered: false })).toBe(alone);
  });
});

describe('commandText', () => {
  it.each([
    '/promote bank/production 1.8.0 --accept-hold --reason "why" --dry-run',
    '/rollback production',
    '/rollback production 1.7.0 --unproved --reason "why"',
    '/release bank@1.8.0 --reason "why"',
    '/shadow bank',
    '/help rollback',
    '/status',
  ])('%s', (written) => {
    const parsed = parseComment(written);
    expect(parsed.kind === 'command' && commandText(parsed.command)).toBe(written);
  });
});

describe('the config of the default branch', () => {
  const file = (text: string | undefined) => ({
    file: async () => ({ text, ref: 'refs/heads/main', commit: 'a'.repeat(40) }),
  });

  it('that is not there, or broken, or out of reach is a fact', async () => {
    expect(await loadBotConfig(file(undefined), 'x.yml')).toMatchObject({
      kind: 'unusable',
      why: 'There is no config x.yml on main, which says what is asked of a release.',
    });
    expect(await loadBotConfig(file('version: 99\n'), 'x.yml')).toMatchObject({
      kind: 'unusable',
      why: expect.stringContaining('x.yml:1'),
    });
    expect(await loadBotConfig({ file: () => Promise.reject(new TypeError('boom')) }, 'x.yml')).toMatchObject(
      { kind: 'unusable', why: 'boom' },
    );
  });

  it('that does not come is not waited for', async () => {
    const timer = { now: () => new Date(0), sleep: async () => undefined };
    const late = await configWithin(new Promise<never>(() => undefined), 3000, timer);
    expect(late).toMatchObject({ kind: 'unusable', why: 'GitHub did not show it within 3 s.' });
  });
});

describe('checkPermission', () => {
  const roles: Record<string, Role | 'none'> = { ana: 'maintain', ben: 'write', eve: 'none' };
  const check = async (login: string, more: Partial<Parameters<typeof checkPermission>[1]> = {}) => {
    const calls: string[] = [];
    const permissions = {
      roleOf: async (name: string) => {
        calls.push(name);
        return roles[name] ?? 'none';
      },
    };
    const asked = {
      command: 'promote',
      asker: { login, kind: 'user' },
      reRunner: undefined,
      listedBots: [],
      lane: undefined,
      policies: [],
      ...more,
    } as const;
    const refused = await checkPermission(permissions, asked).then(
      () => undefined,
      (error: Error) => error.message,
    );
    return { refused, calls };
  };

  it('asks once for each of them, and for nobody who is named', async () => {
    const named = samplePolicy({ allow: { promote: ['@Eve'] } });
    expect(await check('ben', { policies: [undefined, undefined] })).toEqual({
      refused: undefined,
      calls: ['ben'],
    });
    expect(await check('eve', { policies: [named] })).toEqual({ refused: undefined, calls: [] });
  });

  it('lets nobody pass whom one policy does not let', async () => {
    const strict = samplePolicy({ allow: { promote: ['admin'] } });
    expect((await check('ben', { policies: [undefined, strict] })).refused).toContain('admin');
    expect((await check('eve')).refused).toContain('has no role');
  });

  it('asks for whoever started the run again, too', async () => {
    expect((await check('ben', { reRunner: 'eve' })).refused).toContain('who started this run again');
    expect((await check('ben', { reRunner: 'BEN' })).calls).toEqual(['ben']);
    expect((await check('ben', { reRunner: 'robot[bot]' })).refused).toContain('robot[bot]');
  });

  it('does only what changes nothing, or must not be held up, where nobody says who that was', async () => {
    const isReRunnerUnknown = true;
    for (const command of [
      'promote',
      'adopt',
      'approve',
      'verify',
      'lock',
      'unlock',
      'release',
      'shadow',
    ] as const) {
      expect((await check('ana', { command, isReRunnerUnknown })).refused).toContain('does not say by whom');
    }
    for (const command of ['rollback', 'status', 'history', 'why', 'help'] as const) {
      expect((await check('ana', { command, isReRunnerUnknown })).refused).toBeUndefined();
    }
  });
});

describe('FreshComment', () => {
  const comment: ForgeComment = {
    id: '1',
    author: { login: 'ben', kind: 'user' },
    body: '/x',
    createdAt: 't',
    updatedAt: 't',
    url: 'u',
  };
  const sleep = () => new Promise<void>(() => undefined);
  const fresh = async (now: ForgeComment | undefined | Error) => {
    const read = new FreshComment(
      {
        read: async () => {
          if (now instanceof Error) throw now;
          return now;
        },
      },
      comment,
    );
    const must = await read.mustBeSame().then(
      () => 'same',
      (error: Error) => error.message,
    );
    let seen = 'goes on';
    try {
      read.mustNotBeSeenEdited();
    } catch (error) {
      seen = (error as Error).message;
    }
    const there = await read.mustNotBeGone({ now: () => new Date(0), sleep }).then(
      () => 'goes on',
      (error: Error) => error.message,
    );
    return [must, seen, there];
  };

  it('tells what became of it', async () => {
    expect(await fresh({ ...comment, author: { login: 'BEN', kind: 'user' } })).toEqual([
      'same',
      'goes on',
      'goes on',
    ]);
    expect(await fresh({ ...comment, body: '/y' })).toEqual([
      expect.stringContaining('was edited'),
      expect.stringContaining('was edited'),
      expect.stringContaining('was edited'),
    ]);
    expect(await fresh({ ...comment, author: { login: 'eve', kind: 'user' } })).toEqual([
      expect.stringContaining('somebody else'),
      expect.stringContaining('somebody else'),
      expect.stringContaining('somebody else'),
    ]);
    expect(await fresh(undefined)).toEqual([
      expect.stringContaining('is gone'),
      'goes on',
      expect.stringContaining('is gone'),
    ]);
    expect(await fresh(new Error('502'))).toEqual([expect.stringContaining('502'), 'goes on', 'goes on']);
  });

  it('an answer that did not come yet stops nothing', async () => {
    const read = new FreshComment({ read: () => new Promise(() => undefined) }, comment);
    expect(() => read.mustNotBeSeenEdited()).not.toThrow();
    await read.mustNotBeGone({ now: () => new Date(0), sleep: async () => undefined });
  });
});

describe('deploymentShown', () => {
  const release = { ...sampleRelease('1.8.0'), sha: 'a'.repeat(40) };
  const result = {
    schema: 1,
    command: 'promote',
    lane: { model: 'bank', environment: 'prod' },
    outcome: 'done',
    message: '',
    release,
    seq: 4,
  } as const;

  it('shows what moved, at its commit', () => {
    expect(deploymentShown(result, { run: 'run', isNew: true })).toEqual({
      environment: 'bank/prod',
      ref: release.sha,
      operation: 'bank/prod#4',
      seq: 4,
      digest: release.digest,
      description: 'promote to 1.8.0',
      state: 'success',
      isNew: true,
      run: 'run',
    });
    expect(
      deploymentShown({ ...result, outcome: 'moved-not-proved' }, { run: undefined, isNew: false }),
    ).toMatchObject({
      state: 'failure',
    });
  });

  it('shows nothing of what did not move, or of no known commit', () => {
    expect(
      deploymentShown({ ...result, outcome: 'refused' }, { run: undefined, isNew: false }),
    ).toBeUndefined();
    expect(
      deploymentShown({ ...result, command: 'verify' }, { run: undefined, isNew: false }),
    ).toBeUndefined();
    expect(
      deploymentShown({ ...result, release: sampleRelease('1.8.0') }, { run: undefined, isNew: false }),
    ).toBeUndefined();
  });
});

it('mayGive says who may, by policy and by default', () => {
  const may = mayGive(samplePolicy({ allow: { promote: ['maintain', '@ana'], lock: [] } }));
  expect(may).toMatchObject({
    promote: 'the role maintain or a stronger one, or @ana',
    lock: 'nobody may',
    rollback: 'the role write or a stronger one',
  });
});
