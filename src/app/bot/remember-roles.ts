import type { Permissions } from '../../core/forge.ts';

/** The same permissions, each login asked for once: whoever asks again gets the first answer, or its failure. For one run. */
export function rememberRoles(permissions: Permissions): Permissions {
  const asked = new Map<string, ReturnType<Permissions['roleOf']>>();
  return {
    roleOf: (login) => {
      const name = login.toLowerCase();
      const role = asked.get(name) ?? permissions.roleOf(login);
      asked.set(name, role);
      return role;
    },
  };
}
