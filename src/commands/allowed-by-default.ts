import { GOVERNED_COMMANDS, type GovernedCommand, type Role } from '../core/policy.ts';
import type { CommandName } from './command.ts';

/**
 * The weakest role that may give a command where the policy's `allow` says nothing of it. Those that only read cannot be changed by a
 * policy: on a public repository everybody has `read`, and `triage` keeps the bot from answering everybody.
 */
export const ALLOWED_BY_DEFAULT: Readonly<Record<CommandName, Role>> = {
  promote: 'write',
  rollback: 'write',
  approve: 'write',
  lock: 'write',
  unlock: 'write',
  verify: 'write',
  shadow: 'write',
  adopt: 'maintain',
  release: 'maintain',
  status: 'triage',
  history: 'triage',
  why: 'triage',
  help: 'triage',
};

/** Whether a policy's `allow` can name a command. */
export function isGoverned(command: CommandName): command is GovernedCommand {
  return GOVERNED_COMMANDS.some((name) => name === command);
}
