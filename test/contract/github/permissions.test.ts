import { describe, expect, it } from 'vitest';
import { createPermissions } from '../../../src/adapters/github/permissions.ts';
import type { BaseRole } from '../../support/github/records.ts';
import { clientDesk, failureOf } from './client-desk.ts';

describe('permissions on GitHub', () => {
  it.each(['admin', 'maintain', 'write', 'triage', 'read', 'none'] as const)('tells %s', async (role) => {
    const { client } = await clientDesk({ users: { bob: { type: 'User', role } } });
    expect(await createPermissions(client).roleOf('bob')).toBe(role);
  });

  it.each([
    ['write', 'write'],
    ['maintain', 'write'],
    ['triage', 'read'],
    ['read', 'read'],
  ] as const)('counts a custom role that is built on %s as %s', async (base: BaseRole, expected) => {
    const { client } = await clientDesk({ users: { bob: { type: 'User', role: 'release manager', base } } });
    expect(await createPermissions(client).roleOf('bob')).toBe(expected);
  });

  it.each([
    [
      'a role that is called like one of ours in other letters',
      { permission: 'read', role_name: 'Admin' },
      'read',
    ],
    ['nothing that is known', { permission: 'owner', role_name: 'owner' }, 'none'],
    ['no role', { permission: 'none', role_name: '' }, 'none'],
    ['an older server without role_name', { permission: 'write' }, 'write'],
  ])('takes %s for what it is', async (_, body, expected) => {
    const { client, github } = await clientDesk();
    github.fault(() => ({ status: 200, body }));
    expect(await createPermissions(client).roleOf('bob')).toBe(expected);
  });

  it('asks of bots and managed users, and of nobody who cannot be', async () => {
    const { client, github } = await clientDesk({
      users: { 'deployer[bot]': { type: 'Bot', role: 'write' }, bob_acme: { type: 'User', role: 'write' } },
    });
    const { roleOf } = createPermissions(client);
    expect([await roleOf('deployer[bot]'), await roleOf('bob_acme')]).toEqual(['write', 'write']);
    const before = github.requests.length;
    for (const login of ['', '..', 'a/b', 'a b', 'bob\n', '-x', 'x'.repeat(200), 'a[bot]b'])
      expect(await roleOf(login)).toBe('none');
    expect(github.requests).toHaveLength(before);
  });

  it('is none for somebody whom GitHub does not know, and an error where it does not tell', async () => {
    const { client, github } = await clientDesk();
    expect(await createPermissions(client).roleOf('nobody')).toBe('none');
    github.fault(() => ({ status: 503 }));
    const error = await failureOf(createPermissions(client).roleOf('nobody'));
    expect(error.message).toContain(
      'GitHub could not look up the role of nobody in acme/models: it answered 503',
    );
  });
});
