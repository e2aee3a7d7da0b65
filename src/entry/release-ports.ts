import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createCommandDeployer } from '../adapters/deploy/command-deployer.ts';
import { RunningCommands } from '../adapters/deploy/running-commands.ts';
import { nodeFiles } from '../adapters/files/node-files.ts';
import { createGitLedger } from '../adapters/git/ledger/create-git-ledger.ts';
import { readRepositoryFacts, type RepositoryFacts } from '../adapters/git/repository-facts.ts';
import type { GivenCredential } from '../adapters/oci/find-credential.ts';
import { createRegistries } from '../adapters/oci/create-registries.ts';
import { machineTimer } from '../adapters/oci/machine-timer.ts';
import { createHttpProber } from '../adapters/probe/http-prober.ts';
import { processOwners } from '../adapters/process/process-owners.ts';
import { randomIds } from '../adapters/process/random-ids.ts';
import { describeProducer } from '../adapters/runner/github-runner.ts';
import { deployerOf } from '../app/release/deployer-of.ts';
import type { ReleasePorts } from '../app/release/release-ports.ts';
import { digestOf } from '../core/digest.ts';
import { KnownGoodError } from '../core/errors.ts';
import type { LedgerStore } from '../core/ledger-store.ts';
import type { DeployerBy, Files, Timer } from '../core/ports.ts';
import type { Registries } from '../core/registry.ts';
import { firstRegistry } from './first-registry.ts';
import { unchangedLedger } from './unchanged-ledger.ts';
import { TOOL } from './version.ts';

const MOST_NAME = 200;
const MOST_ADDRESS = 500;
/** `--ledger local`: this repository's own branch, whatever remotes there are. */
const LOCAL = 'local';

/** Credentials for registries: those that were given, and those that serve where Docker's configuration has none. */
export interface RegistryCredentials {
  given: readonly GivenCredential[];
  otherwise: readonly GivenCredential[];
  /** For the first registry that is opened, where nothing tells which host they are for. */
  first?: { username: string; password: string };
}

/** Where a command is run, and what was said about the ledger. */
export interface ReleasePlace {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** `--ledger`: a remote's name, URL or path, or `local`. Absent: `origin` where the repository has one, else its own branch. */
  ledger: string | undefined;
  /** Folder that relative paths of the config start at. */
  root: string;
  /** Whether there is a config at all. */
  hasConfig: boolean;
  /** Told what the user should know. */
  notice(sentence: string): void;
  progress(message: string): void;
  /** Progress is shown to nobody. */
  quiet?: boolean;
  /** Credentials for registries, beside Docker's configuration. */
  credentials?: RegistryCredentials;
  /** What the forge does instead of git and of this machine. */
  forge?: ForgePorts;
}

/** What the forge does. */
export interface ForgePorts {
  /** Absent: git's. */
  ledger?: { store: LedgerStore; where: string } | undefined;
  /** Absent: we are a process of this machine, and no run. */
  owners?: ReleasePorts['owners'];
  /** Absent: the machine's. */
  timer?: Timer;
  comments?: NonNullable<ReleasePorts['comments']>;
  workflow: DeployerBy<'workflow'>;
}

/** The real world for commands on releases, and where its ledger is, for people. */
export interface ReleaseWorld {
  ports: ReleasePorts & { files: Files };
  where: string;
  repository: RepositoryFacts;
  /** The deploy commands that run now. */
  running: RunningCommands;
}

/** Opens the world; nothing is contacted but the local git. */
export async function openReleaseWorld(place: ReleasePlace): Promise<ReleaseWorld> {
  const { cwd, env, notice, progress, quiet = false, forge } = place;

  const repository = await readRepositoryFacts(cwd);
  const remote = remoteOf(place.ledger, repository);
  const { run } = describeProducer(env, TOOL);
  if (run !== undefined && run.length > MOST_ADDRESS)
    throw new KnownGoodError('input', 'The address of this run has more than 500 characters.');
  const notes = join(repository.gitFolder ?? join(homedir(), '.known-good'), 'known-good', 'deployments');
  const running = new RunningCommands();
  const ledger =
    forge?.ledger?.store ??
    createGitLedger({
      folder: cwd,
      now: () => new Date(),
      notice,
      ...(remote === undefined ? {} : { remote }),
    });
  const ports = {
    files: nodeFiles,
    ledger: unchangedLedger(ledger),
    registries: registriesOf(place, repository),
    deployer: deployerOf({
      command: createCommandDeployer({
        folder: join(notes, digestOf(remote ?? '').slice(7, 19)),
        cwd: repository.root ?? cwd,
        env,
        timer: machineTimer,
        progress,
        notice,
        quiet,
        running,
      }),
      ...(forge === undefined ? {} : { workflow: forge.workflow }),
    }),
    prober: createHttpProber({ timer: machineTimer }),
    owners: forge?.owners ?? processOwners(),
    ...(forge?.comments === undefined ? {} : { comments: forge.comments }),
    timer: forge?.timer ?? machineTimer,
    ids: randomIds(),
    actor: actorOf(env, repository),
    ...(run === undefined ? {} : { run }),
    progress: ({ message }: { message: string }) => progress(message),
  };
  const byGit = `branch known-good-ledger ${remote === undefined ? 'of this repository' : `of ${withoutSecret(remote)}`}`;
  return { ports, where: forge?.ledger?.where ?? byGit, repository, running };
}

function registriesOf(place: ReleasePlace, repository: RepositoryFacts): Registries {
  const { env, credentials: { given = [], otherwise = [], first } = {} } = place;
  const places = { cwd: imageRoot(place, repository), env, home: env['HOME'] ?? homedir(), otherwise };
  const create = (credentials: readonly GivenCredential[]) => createRegistries({ ...places, credentials });
  return first === undefined ? create(given) : firstRegistry(first, create);
}

/** Where relative image folders start: at the config's root; without a config here, at the repository's. */
function imageRoot({ cwd, root, hasConfig }: ReleasePlace, repository: RepositoryFacts): string {
  return hasConfig ? resolve(cwd, root) : (repository.root ?? cwd);
}

function remoteOf(asked: string | undefined, { remotes }: RepositoryFacts): string | undefined {
  if (asked === LOCAL) return undefined;
  return asked ?? (remotes.includes('origin') ? 'origin' : undefined);
}

/** Who asks: GitHub's actor, else git's user, else the system's. */
function actorOf(env: ReleasePlace['env'], { userName }: RepositoryFacts): ReleasePorts['actor'] {
  const github = env['GITHUB_ACTIONS'] === 'true' ? env['GITHUB_ACTOR'] || undefined : undefined;
  const name = github ?? userName ?? (env['USER'] || undefined) ?? 'unknown';
  return { name: name.slice(0, MOST_NAME), via: env['GITHUB_ACTIONS'] === 'true' ? 'workflow' : 'cli' };
}

/** An address without what stands before its `@`: that may be a token. */
function withoutSecret(remote: string): string {
  return remote.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}
