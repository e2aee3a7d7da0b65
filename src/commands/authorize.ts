import type { ForgeUser } from '../core/forge.ts';
import { formatLane, type Lane } from '../core/lane.ts';
import { ROLES, type Policy, type Role } from '../core/policy.ts';
import { seenName } from '../core/seen.ts';
import { ALLOWED_BY_DEFAULT, isGoverned } from './allowed-by-default.ts';
import type { CommandName } from './command.ts';
import { isListed } from './is-listed.ts';

/** All that says whether somebody may give a command. */
export interface Standing {
  command: CommandName;
  /** Of the policy that counts: for a rollback the one stored in the lane, elsewhere the config's. Absent: the defaults. */
  allow: Policy['allow'] | undefined;
  login: string;
  kind: ForgeUser['kind'];
  /** Their role in the repository; `undefined` = not asked yet. */
  role: Role | 'none' | undefined;
  /** Bots that may give commands at all, as far as the policy lets them. */
  listedBots: readonly string[];
  /** Who wrote the command, or who started its workflow again; both need to be allowed. Absent: the author. */
  as?: 'author' | 're-runner';
  /** Where it would happen; shown, and names the key of the config. */
  lane?: Lane | undefined;
}

/** `by` is the entry that lets them: `@login`, or the weakest role that is enough. */
export type Authorization =
  { kind: 'allowed'; by: string } | { kind: 'ask-role' } | { kind: 'refused'; message: string };

/**
 * Whether somebody may give a command in a lane. Somebody named needs no role, so none is asked for; where no role would help, neither. An
 * entry that this version does not know, such as a role of a later one, lets nobody in. Logins are compared without regard to case.
 */
export function authorize(standing: Standing): Authorization {
  const { kind, login, role, listedBots } = standing;
  if (kind === 'bot' && !isListed(login, listedBots)) return refused(standing, unlistedBot(login));
  const entries = entriesOf(standing);
  const named = entries.find((entry) => plain(entry) === `@${plain(login)}`);
  if (named !== undefined) return { kind: 'allowed', by: named };
  const least = ROLES.find((known) => entries.includes(known));
  if (least === undefined) return refused(standing, whoMay(standing, entries));
  if (role === undefined) return { kind: 'ask-role' };
  if (role !== 'none' && ROLES.indexOf(role) >= ROLES.indexOf(least)) return { kind: 'allowed', by: least };
  const has = role === 'none' ? 'has no role in this repository' : `has the role ${role}`;
  return refused(standing, `${whoMay(standing, entries)} @${seenName(login)} ${has}.`);
}

function plain(text: string): string {
  return text.toLowerCase();
}

function entriesOf({ command, allow }: Standing): readonly string[] {
  const own = allow !== undefined && Object.hasOwn(allow, command) ? allow[command] : undefined;
  return isGoverned(command) && own !== undefined ? own : [ALLOWED_BY_DEFAULT[command]];
}

function refused(standing: Standing, why: string): Authorization {
  const { command, login, as = 'author', lane } = standing;
  const where = lane === undefined ? '' : ` in ${formatLane(lane)}`;
  const who = as === 'author' ? `@${seenName(login)}` : `@${seenName(login)}, who started this run again,`;
  return { kind: 'refused', message: `${who} may not give /${command}${where}: ${why}` };
}

function unlistedBot(login: string): string {
  return `it is a bot, and only bots that the input bots lists may give commands. Add ${seenName(login)} there.`;
}

function whoMay(standing: Standing, entries: readonly string[]): string {
  const { command, lane } = standing;
  const key = `environments.${lane?.environment ?? 'ENV'}.allow.${command}`;
  const list = entries.length === 0 ? 'nobody may' : `it takes ${entries.map(shown).join(', or ')}`;
  if (!isGoverned(command)) return `${list}.`;
  return `${list} (${key} of the config).`;
}

function shown(entry: string): string {
  if (entry.startsWith('@')) return seenName(entry);
  if (entry === ROLES.at(-1)) return `the role ${entry}`;
  const isKnown = ROLES.some((role) => role === entry);
  return isKnown
    ? `the role ${entry} or a stronger one`
    : `${seenName(entry)}, which this version does not know`;
}
