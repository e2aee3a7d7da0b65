import { ALLOWED_BY_DEFAULT } from '../../commands/allowed-by-default.ts';
import { GOVERNED_COMMANDS, ROLES, type GovernedCommand, type Policy } from '../../core/policy.ts';

/** Who may give each command in a lane, in words: `the role write or a stronger one, or @ana`. */
export function mayGive(policy: Policy | undefined): Partial<Record<GovernedCommand, string>> {
  return Object.fromEntries(
    GOVERNED_COMMANDS.map((command) => {
      const own = policy?.allow;
      const entries = own !== undefined && Object.hasOwn(own, command) ? own[command] : undefined;
      return [command, (entries ?? [ALLOWED_BY_DEFAULT[command]]).map(words).join(', or ') || 'nobody may'];
    }),
  );
}

function words(entry: string): string {
  if (entry.startsWith('@')) return entry;
  return entry === ROLES.at(-1) ? `the role ${entry}` : `the role ${entry} or a stronger one`;
}
