import { createGitHubClient } from '../../adapters/github/client/create-github-client.ts';
import type { GitHubClient } from '../../adapters/github/client/github-client.ts';
import { createComments } from '../../adapters/github/comments.ts';
import { createWorkflowDeployer } from '../../adapters/github/deployer/create-workflow-deployer.ts';
import { createGitHubLedger } from '../../adapters/github/ledger/create-github-ledger.ts';
import { createRunOwners } from '../../adapters/github/run-owners.ts';
import { createServerTimer } from '../../adapters/github/server-timer.ts';
import { createWorkflows } from '../../adapters/github/workflows.ts';
import { machineTimer } from '../../adapters/oci/machine-timer.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { ForgePorts } from '../release-ports.ts';
import { TOOL } from '../version.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const API = 'https://api.github.com';
const RUN = /^[1-9]\d{0,19}$/;

/** A client for the repository that the run is of; `undefined` outside of a run, and without a token. */
export function gitHubOf(env: Variables, token: string | undefined): GitHubClient | undefined {
  const repository = env['GITHUB_REPOSITORY'] || undefined;
  if (token === undefined || repository === undefined) return undefined;
  return createGitHubClient({
    token,
    repository,
    apiUrl: env['GITHUB_API_URL'] || API,
    graphqlUrl: env['GITHUB_GRAPHQL_URL'] || undefined,
    timer: machineTimer,
    userAgent: TOOL.replace(' ', '/'),
  });
}

/** What a run of GitHub Actions does by its API. `ledger`: the input; anything but none means that git does the ledger. */
export function openForge(
  client: GitHubClient,
  {
    env,
    ledger,
    progress,
    defaultRef,
  }: {
    env: Variables;
    ledger: string | undefined;
    progress(line: string): void;
    /** The default branch where the event tells it: then nobody has to be asked. */
    defaultRef?: string | undefined;
  },
): ForgePorts {
  const repository = `${client.owner}/${client.repo}`;
  const store = ledger === undefined ? createGitHubLedger({ client }) : undefined;
  const timer = machineTimer;
  const deployer = createWorkflowDeployer({
    client,
    timer,
    progress,
    defaultRef,
    workflows: createWorkflows(client, timer),
  });
  return {
    ledger: store === undefined ? undefined : { store, where: `branch known-good-ledger of ${repository}` },
    timer: createServerTimer(client, machineTimer),
    owners: createRunOwners({ client, repository, ...runOf(env) }),
    comments: createComments(client),
    workflow: { deploy: (how, request) => deployer.deploy(how, request) },
  };
}

/** Without a ledger by git there must be somebody to ask for the other one. */
export function noForge(): KnownGoodError {
  return new KnownGoodError(
    'usage',
    'There is no token or no repository, and the ledger is read by GitHub’s API: give the input github-token in a run of GitHub Actions, or say ledger: local, or the name of a remote.',
  );
}

function runOf(env: Variables): { run: string; attempt: number } {
  const run = env['GITHUB_RUN_ID'] ?? '';
  const attempt = Number(env['GITHUB_RUN_ATTEMPT'] || '1');
  if (RUN.test(run) && Number.isSafeInteger(attempt) && attempt > 0) return { run, attempt };
  throw new KnownGoodError(
    'usage',
    'GITHUB_RUN_ID and GITHUB_RUN_ATTEMPT do not tell which run this is; the action runs in GitHub Actions alone. On a machine use the command line.',
  );
}
