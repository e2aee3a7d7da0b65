import type * as z from 'zod';
import { ROLES, type GovernedCommand } from '../core/policy.ts';
import { list, pattern, section } from './allowed.ts';

const MOST_ENTRIES = 50;

/** A role of the forge, or a login, a bot's with its ending. */
const WHO = new RegExp(`^(?:${ROLES.join('|')}|@[A-Za-z0-9_-]{1,90}(?:\\[bot\\])?)$`);
const who = pattern(
  WHO,
  `a role (${ROLES.join(', ')}: it and the stronger ones) or a login in quotation marks, such as "@alice"; teams cannot be asked for`,
);

function whoMay(what: string) {
  return list(who, 'a list of roles and logins, such as [maintain, "@alice"]; [] lets nobody', 0)
    .max(MOST_ENTRIES, { error: `a list of at most ${MOST_ENTRIES} roles and logins` })
    .optional()
    .describe(`Who may ${what}.`);
}

/** Who may do what by comment; the defaults are those of `commands/allowed-by-default.ts`. */
export const allowSchema = section({
  promote: whoMay('promote (default: write)'),
  rollback: whoMay('roll back (default: write)'),
  adopt: whoMay('adopt what a tag points at (default: maintain)'),
  approve: whoMay('approve (default: write)'),
  verify: whoMay('ask for a look (default: write)'),
  lock: whoMay('lock (default: write)'),
  unlock: whoMay('unlock (default: write)'),
  release: whoMay('take a release out of quarantine (default: maintain)'),
  shadow: whoMay('ask for a shadow (default: write)'),
} satisfies Record<GovernedCommand, z.ZodType>);
