import { gitIn, lineOf } from '../../adapters/git/run-git.ts';
import type { GitHubClient } from '../../adapters/github/client/github-client.ts';
import { createWorkflowDeployer } from '../../adapters/github/deployer/create-workflow-deployer.ts';
import { createWorkflows } from '../../adapters/github/workflows.ts';
import { machineTimer } from '../../adapters/oci/machine-timer.ts';
import { parseRemote } from '../../app/setup/parse-remote.ts';
import { withheldToken } from '../../app/setup/withheld-token.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { gitHubOf } from '../release-action/open-forge.ts';
import type { ForgePorts } from '../release-ports.ts';
import { withRemote } from '../setup/with-remote.ts';
import type { Host } from './run-cli.ts';

/**
 * What the forge does for a command on a machine, where there is a GITHUB_TOKEN (or GH_TOKEN): it deploys by workflow. The ledger stays
 * git's, and no approval is counted, as nobody but the forge could tell who asks. `undefined` without a token or a repository.
 * A token that is not for the host of origin goes nowhere, and a deployment by workflow is `failed`, with why and what to set.
 */
export async function forgeByToken(
  { env, cwd }: Pick<Host, 'env' | 'cwd'>,
  progress: (line: string) => void,
): Promise<ForgePorts | undefined> {
  const token = env['GITHUB_TOKEN'] || env['GH_TOKEN'] || undefined;
  if (token === undefined) return undefined;
  const address = await lineOf(gitIn(cwd()), 'remote', 'get-url', 'origin');
  const remote = address === undefined ? undefined : parseRemote(address);
  const goes = withRemote(env, remote);
  if (goes.kind === 'nowhere') return withheld(goes.remote);
  const client = clientOf(() => gitHubOf(goes.env, token));
  if (client === undefined) return undefined;
  const timer = machineTimer;
  const deployer = createWorkflowDeployer({
    client,
    timer,
    progress,
    workflows: createWorkflows(client, timer),
  });
  return { workflow: { deploy: (how, request) => deployer.deploy(how, request) } };
}

function withheld(remote: Parameters<typeof withheldToken>[0]): ForgePorts {
  const { why, settle } = withheldToken(remote);
  const failed = (workflow: string) => ({
    kind: 'failed' as const,
    message: `The workflow ${workflow} was not started: ${why}. ${settle}`,
  });
  return { workflow: { deploy: async ({ workflow }) => failed(workflow) } };
}

/** Variables that make no sense are no reason to stop a rollback that may not need them. */
function clientOf(open: () => GitHubClient | undefined): GitHubClient | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof KnownGoodError) return undefined;
    throw error;
  }
}
