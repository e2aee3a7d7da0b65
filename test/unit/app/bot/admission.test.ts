import { describe, expect, it } from 'vitest';
import { Admission } from '../../../../src/app/bot/admission.ts';
import { rememberRoles } from '../../../../src/app/bot/remember-roles.ts';

describe('Admission', () => {
  const begun = (mayAsk: () => Promise<boolean>) => {
    const shown: number[] = [];
    const admission = new Admission(mayAsk);
    for (const each of [1, 2]) admission.show(() => shown.push(each));
    return { admission, shown };
  };

  it('shows nothing to whom it does not let in', async () => {
    const { admission, shown } = begun(async () => false);
    expect(await admission.isOpen()).toBe(false);
    expect(shown).toEqual([]);
  });

  it('shows what waited in order, once, and everything after it at once', async () => {
    const { admission, shown } = begun(async () => true);
    expect(await admission.isOpen()).toBe(true);
    admission.show(() => shown.push(3));
    admission.open();
    expect(shown).toEqual([1, 2, 3]);
  });

  it('asks for nothing once somebody is let in', async () => {
    const { admission } = begun(() => Promise.reject(new Error('asked')));
    admission.open();
    expect(await admission.isOpen()).toBe(true);
  });

  it('lets in where nobody can tell', async () => {
    const { admission, shown } = begun(() => Promise.reject(new Error('500')));
    expect(await admission.isOpen()).toBe(true);
    expect(shown).toEqual([1, 2]);
  });
});

it('rememberRoles asks once for each login, whatever its case and whatever the answer', async () => {
  const calls: string[] = [];
  const permissions = rememberRoles({
    roleOf: async (login) => {
      calls.push(login);
      if (login === 'eve') throw new Error('500');
      return 'write';
    },
  });
  expect(await Promise.all([permissions.roleOf('ben'), permissions.roleOf('BEN')])).toEqual([
    'write',
    'write',
  ]);
  for (let i = 0; i < 2; i++) await expect(permissions.roleOf('eve')).rejects.toThrow('500');
  expect(calls).toEqual(['ben', 'eve']);
});
