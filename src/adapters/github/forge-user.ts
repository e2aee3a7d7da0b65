import * as z from 'zod';
import type { ForgeUser } from '../../core/forge.ts';

/** A user in GitHub's answers; somebody who has left is `null` there, and `ghost` on its pages. */
export const forgeUserSchema = z
  .object({ login: z.string(), type: z.string().optional() })
  .nullish()
  .transform((user): ForgeUser => ({
    login: user?.login ?? 'ghost',
    kind: user?.type === 'Bot' ? 'bot' : 'user',
  }));

const BOT = '[bot]';

/**
 * Whether a user of a REST answer is the one that GraphQL calls `login`, which leaves `[bot]` out in some places and not in others. A
 * person is never taken for a bot of the same name: no name of a person holds brackets.
 */
export function isSameUser(user: ForgeUser, login: string): boolean {
  const [theirs, ours] = [user.login.toLowerCase(), login.toLowerCase()];
  return theirs === ours || (user.kind === 'bot' && theirs.replace(BOT, '') === ours.replace(BOT, ''));
}
