import { createComments } from '../../adapters/github/comments.ts';
import { createDefaultBranch } from '../../adapters/github/default-branch.ts';
import { createDeployments } from '../../adapters/github/deployments.ts';
import { createPermissions } from '../../adapters/github/permissions.ts';
import { createPulls } from '../../adapters/github/pulls.ts';
import { createWorkflows } from '../../adapters/github/workflows.ts';
import { machineTimer } from '../../adapters/oci/machine-timer.ts';
import type { BegunWork, BotPorts, BotSettings } from '../../app/bot/bot-ports.ts';
import { CONFIG_PATH } from '../../app/gate/request-from-config.ts';
import { configRoot } from '../../app/gate/rooted-model.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { sameLogin } from '../../core/same-login.ts';
import { gitHubOf, openForge } from '../release-action/open-forge.ts';
import { registryCredentials } from '../release-action/registry-credentials.ts';
import { openReleaseWorld, type ReleaseWorld } from '../release-ports.ts';
import type { BotInputs } from './bot-inputs.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const SHADOW_WORKFLOW = 'shadow-report.yml';
const GITHUB = 'https://github.com';

/** Where the bot runs. */
export interface BotPlace {
  env: Variables;
  cwd: string;
  /** A sentence for the log. */
  log(sentence: string): void;
  /** The default branch, as the event names it. */
  defaultBranch: string;
  /** Login of who caused the event. */
  sender: string;
  /** A command on a lane begins. */
  began(work: BegunWork): void;
}

/** The real world for the bot, and the deploy commands that run now. */
export interface BotWorld {
  ports: BotPorts;
  settings: BotSettings;
  running: ReleaseWorld['running'];
}

/** Opens GitHub, the ledger on it and the registries. Nothing is contacted yet. Without a token or a repository it is a `usage` error. */
export async function openBot(
  inputs: BotInputs,
  { env, cwd, defaultBranch, sender, log, began }: BotPlace,
): Promise<BotWorld> {
  const { 'github-token': token, config: path = CONFIG_PATH } = inputs;
  const client = gitHubOf(env, token);
  if (client === undefined) throw noGitHub();
  const world = await openReleaseWorld({
    cwd,
    env: withoutInputs(env),
    ledger: undefined,
    root: configRoot(path),
    hasConfig: false,
    notice: log,
    progress: () => undefined,
    credentials: registryCredentials({ ...inputs, ledger: undefined }, { env, token, hosts: undefined }),
    forge: openForge(client, { env, ledger: undefined, progress: log, defaultRef: defaultBranch }),
  });
  const { actor: _actor, progress: _progress, comments: _comments, ...release } = world.ports;
  const ports: BotPorts = {
    release,
    permissions: createPermissions(client),
    comments: createComments(client),
    pulls: createPulls(client),
    workflows: createWorkflows(client, machineTimer),
    deployments: createDeployments(client, { fallbackRef: defaultBranch }),
    defaultBranch: createDefaultBranch(client),
    log,
    began,
  };
  return {
    ports,
    settings: settingsOf(inputs, { env, path, sender, repository: `${client.owner}/${client.repo}` }),
    running: world.running,
  };
}

function settingsOf(
  { bots = [], ignore = [], 'shadow-workflow': shadowWorkflow = SHADOW_WORKFLOW }: BotInputs,
  { env, path, sender, repository }: { env: Variables; path: string; sender: string; repository: string },
): BotSettings {
  return {
    listedBots: bots,
    otherCommands: ignore,
    shadowWorkflow,
    configPath: path,
    repositoryUrl: `${env['GITHUB_SERVER_URL'] || GITHUB}/${repository}`,
    isRunner: env['GITHUB_ACTIONS'] === 'true',
    attempt: Number(env['GITHUB_RUN_ATTEMPT'] || '1'),
    ...reRunnerOf(env, sender),
  };
}

/** Whoever started a run again: of the first attempt nobody, and the author of its command is no other. */
function reRunnerOf(env: Variables, sender: string): Pick<BotSettings, 'reRunner' | 'isReRunnerUnknown'> {
  const isFirst = Number(env['GITHUB_RUN_ATTEMPT'] || '1') === 1;
  const starter = env['GITHUB_TRIGGERING_ACTOR'] || undefined;
  if (isFirst || starter === undefined) return { reRunner: undefined, isReRunnerUnknown: !isFirst };
  return { reRunner: sameLogin(starter, sender) ? undefined : starter, isReRunnerUnknown: false };
}

/** A deploy command gets none of our inputs: neither the token nor passwords. */
function withoutInputs(env: Variables): Variables {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('INPUT_')));
}

function noGitHub(): KnownGoodError {
  return new KnownGoodError(
    'usage',
    'There is no token or no repository: the bot needs GITHUB_REPOSITORY and the input github-token (on a machine: GITHUB_TOKEN).',
  );
}
