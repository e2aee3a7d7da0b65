import * as z from 'zod';
import type { Permissions } from '../../core/forge.ts';
import { ROLES } from '../../core/policy.ts';
import type { Role } from '../../core/policy.ts';
import { unlessMissing } from './client/github-error.ts';
import type { GitHubClient } from './client/github-client.ts';

/** Logins of people, of managed users, and of bots. */
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\[bot\])?$/;

const answerSchema = z.object({
  permission: z.string(),
  role_name: z.string().nullish(),
});

/**
 * Roles by the collaborator-permission endpoint. `role_name` tells maintain and triage apart; a custom role counts as what it is built on,
 * which `permission` says (admin, write, read or none). Whatever else GitHub answers is `none`, and so is a login that nobody can have.
 */
export function createPermissions(client: GitHubClient): Permissions {
  return { roleOf: (login) => roleOf(client, login) };
}

async function roleOf(client: GitHubClient, login: string): Promise<Role | 'none'> {
  if (!LOGIN.test(login)) return 'none';
  const answer = await unlessMissing(
    client.rest('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
      doing: `look up the role of ${login}`,
      params: { username: login },
      schema: answerSchema,
    }),
  );
  if (answer === undefined) return 'none';
  return knownRole(answer.data.role_name) ?? knownRole(answer.data.permission) ?? 'none';
}

function knownRole(name: string | null | undefined): Role | undefined {
  return ROLES.find((role) => role === name);
}
