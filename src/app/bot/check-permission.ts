import { authorize } from '../../commands/authorize.ts';
import type { CommandName } from '../../commands/command.ts';
import { isListed } from '../../commands/is-listed.ts';
import type { ForgeUser, Permissions } from '../../core/forge.ts';
import type { Lane } from '../../core/lane.ts';
import type { Policy, Role } from '../../core/policy.ts';
import { Refused } from './refused.ts';

/** Who asks, and by which rules. */
export interface PermissionCase {
  command: CommandName;
  asker: ForgeUser;
  /** Who started the run again, where that is somebody else. */
  reRunner: string | undefined;
  /** It was started again, and nobody says by whom. Absent: no. */
  isReRunnerUnknown?: boolean;
  listedBots: readonly string[];
  lane: Lane | undefined;
  /** Of every lane that the command touches: all must let them. */
  policies: readonly (Policy | undefined)[];
}

/** What a run does that was started again by nobody knows whom: it changes nothing, or must not be held up. */
const FOR_ANY_RE_RUNNER: ReadonlySet<CommandName> = new Set(['rollback', 'status', 'history', 'why', 'help']);

/** Lets only those pass whom every policy lets; both, where somebody else started the run again. Rejects with `Refused`. */
export async function checkPermission(permissions: Permissions, asked: PermissionCase): Promise<void> {
  const { asker, reRunner, command } = asked;
  await checkOne(permissions, asked, { user: asker, as: 'author' });
  if (asked.isReRunnerUnknown === true && !FOR_ANY_RE_RUNNER.has(command)) throw startedByNobody(command);
  if (reRunner === undefined || reRunner.toLowerCase() === asker.login.toLowerCase()) return;
  const kind = reRunner.endsWith('[bot]') ? 'bot' : 'user';
  await checkOne(permissions, asked, { user: { login: reRunner, kind }, as: 're-runner' });
}

async function checkOne(
  permissions: Permissions,
  { command, listedBots, lane, policies }: PermissionCase,
  { user, as }: { user: ForgeUser; as: 'author' | 're-runner' },
): Promise<void> {
  let role: Role | 'none' | undefined;
  for (const policy of policies.length === 0 ? [undefined] : policies) {
    const standing = { command, allow: policy?.allow, ...user, listedBots, as, lane };
    let found = authorize({ ...standing, role });
    if (found.kind === 'ask-role') {
      role = await permissions.roleOf(user.login);
      found = authorize({ ...standing, role });
    }
    if (found.kind === 'allowed') continue;
    const why = found.kind === 'refused' ? found.message : `The role of @${user.login} could not be told.`;
    throw new Refused(why, { rest: `/${command} is not yours to give; nothing was changed` });
  }
}

function startedByNobody(command: CommandName): Refused {
  const why = `This run was started again, and GITHUB_TRIGGERING_ACTOR does not say by whom, so whether they may give /${command} cannot be told. Give the command in a new comment.`;
  return new Refused(why, {
    rest: `/${command} was started again by nobody knows whom; nothing was changed`,
  });
}

/** Whether somebody may see an answer at all: who may ask for help may; a public repository is commented on by anybody. */
export async function mayBeAnswered(
  permissions: Permissions,
  { asker, listedBots }: Pick<PermissionCase, 'asker' | 'listedBots'>,
): Promise<boolean> {
  if (asker.kind === 'bot') return isListed(asker.login, listedBots);
  const standing = { command: 'help', allow: undefined, ...asker, listedBots } as const;
  const role = await permissions.roleOf(asker.login);
  return authorize({ ...standing, role }).kind === 'allowed';
}
