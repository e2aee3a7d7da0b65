import * as z from 'zod';
import type { GitHubClient } from '../../adapters/github/client/github-client.ts';
import { createDefaultBranch } from '../../adapters/github/default-branch.ts';
import type { DoctorFacts, ForgeSeen } from '../../app/setup/doctor-facts.ts';
import { known, type Fact } from '../../core/fact.ts';
import { gitHubOf } from '../release-action/open-forge.ts';
import { learn } from './learn.ts';
import { withRemote } from './with-remote.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const LEDGER = 'known-good-ledger';
const repositorySchema = z.object({ permissions: z.object({ push: z.boolean() }).nullish() });
const rulesSchema = z.array(z.object({ type: z.string() }));

/**
 * What GitHub says of the repository, by GITHUB_TOKEN (or GH_TOKEN); `undefined` without a token or a repository, and where the token is not
 * for the host of the remote, which is then named. Nothing is written.
 */
export async function askForge({
  env,
  remote,
  workflows,
}: {
  env: Variables;
  remote: DoctorFacts['remote'];
  workflows: readonly string[];
}): Promise<Pick<DoctorFacts, 'forge' | 'withheldFrom'>> {
  const token = env['GITHUB_TOKEN'] || env['GH_TOKEN'] || undefined;
  if (token === undefined) return { forge: undefined };
  const goes = withRemote(env, remote);
  if (goes.kind === 'nowhere') return { forge: undefined, withheldFrom: goes.remote };
  const client = gitHubOf(goes.env, token);
  return { forge: client === undefined ? undefined : await seeForge(client, workflows) };
}

async function seeForge(client: GitHubClient, workflows: readonly string[]): Promise<ForgeSeen> {
  const branch = createDefaultBranch(client);
  const files = workflows.map(async (name) => {
    const file = await learn(branch.file(`.github/workflows/${name}`));
    return [name, file.known ? known(file.value.text) : file] as const;
  });
  const [mayPush, rules, read] = await Promise.all([askPush(client), askRules(client), Promise.all(files)]);
  return {
    repository: `${client.owner}/${client.repo}`,
    mayPush,
    rules,
    workflows: Object.fromEntries(read),
  };
}

async function askPush(client: GitHubClient): Promise<Fact<boolean | undefined>> {
  const answer = await learn(
    client.rest('GET /repos/{owner}/{repo}', { doing: 'look at the repository', schema: repositorySchema }),
  );
  return answer.known ? known(answer.value.data.permissions?.push) : answer;
}

async function askRules(client: GitHubClient): Promise<Fact<readonly string[]>> {
  const answer = await learn(
    client.rest('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
      doing: `look at the rules of ${LEDGER}`,
      params: { branch: LEDGER, per_page: 100 },
      schema: rulesSchema,
    }),
  );
  return answer.known ? known(answer.value.data.map(({ type }) => type)) : answer;
}
