import { authorize } from '../../commands/authorize.ts';
import type { CommandName } from '../../commands/command.ts';
import type { Permissions } from '../../core/forge.ts';
import type { Policy } from '../../core/policy.ts';

/** Whether somebody may give a command, by a policy and by their role of today; rejects where the role cannot be told. */
export async function isAllowed(
  permissions: Permissions,
  {
    command,
    login,
    policy,
    listedBots,
  }: { command: CommandName; login: string; policy: Policy; listedBots: readonly string[] },
): Promise<boolean> {
  const kind = login.endsWith('[bot]') ? 'bot' : 'user';
  const standing = { command, allow: policy.allow, login, kind, listedBots } as const;
  const found = authorize({ ...standing, role: undefined });
  if (found.kind !== 'ask-role') return found.kind === 'allowed';
  return authorize({ ...standing, role: await permissions.roleOf(login) }).kind === 'allowed';
}
