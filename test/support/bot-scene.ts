import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGitHubClient } from '../../src/adapters/github/client/create-github-client.ts';
import { createGitHubLedger } from '../../src/adapters/github/ledger/create-github-ledger.ts';
import { createServerTimer } from '../../src/adapters/github/server-timer.ts';
import { createRegistries } from '../../src/adapters/oci/create-registries.ts';
import { machineTimer } from '../../src/adapters/oci/machine-timer.ts';
import { createHttpProber } from '../../src/adapters/probe/http-prober.ts';
import { processOwners } from '../../src/adapters/process/process-owners.ts';
import { randomIds } from '../../src/adapters/process/random-ids.ts';
import { findRelease } from '../../src/app/release/find-release.ts';
import { policyOf } from '../../src/app/release/policy-of.ts';
import { promote } from '../../src/app/release/promote.ts';
import { register } from '../../src/app/release/register.ts';
import type { ReleasePorts } from '../../src/app/release/release-ports.ts';
import { nodeFiles } from '../../src/adapters/files/node-files.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { parseImageRepository } from '../../src/core/image.ts';
import type { Lane } from '../../src/core/lane.ts';
import { runBot, type BotRun, type BotStart } from './run-bot.ts';
import { startGitHub, type GitHub } from './github/start-github.ts';
import { startLoopbackRegistry, type LoopbackRegistry } from './loopback-registry.ts';
import { pushImage, singleImage } from './sample-images.ts';

export const CONFIG_PATH = '.github/known-good.yml';
export const PRODUCTION: Lane = { model: 'bank', environment: 'production' };
export const STAGING: Lane = { model: 'bank', environment: 'staging' };

/** What a scene is made with. */
export interface BotSceneOptions {
  /** Lines below `environments.production`, each with its indentation. */
  production?: readonly string[];
  /** Lines at the end of the config. */
  more?: readonly string[];
}

/** A repository on a GitHub of ours with a config, a registry, a model server, and a bot that can be started. */
export interface BotScene {
  github: GitHub;
  registry: LoopbackRegistry;
  /** The status that the model server answers with. */
  served: { status: number };
  /** Who may do what: ana maintains, ben and cleo write, tim triages, eve is nobody. */
  ports: ReleasePorts;
  /** Pushes an image, and registers it as a release; `sha` is the commit that it was built from. */
  release(version: string, given?: { sha?: string }): Promise<string>;
  /** Promotes by the engine, as an earlier command did; the model server is well then. */
  promoted(lane: Lane, version: string): Promise<void>;
  /** Somebody comments, and the workflow of the bot runs. */
  says(login: string, body: string, start?: Partial<BotStart> & { thread?: number }): Promise<BotRun>;
  /** The bot is started by a payload. */
  run(start: BotStart): Promise<BotRun>;
  /** Where a tag points: the version of its release, or the digest; `undefined` where there is none. */
  tag(name: string): string | undefined;
  /** Texts of the bot's replies in a thread, oldest first; in all threads where none is named. */
  replies(thread?: number): string[];
  /** What the bot reacted with to a comment, in order. */
  reactions(comment: number): string[];
  close(): Promise<void>;
}

export async function openBotScene(options: BotSceneOptions = {}): Promise<BotScene> {
  const registry = await startLoopbackRegistry();
  const served = { status: 200 };
  const server = await startServer(served);
  const probe = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ready`;
  const config = configText({ image: `${registry.host}/acme/bank`, probe, ...options });
  const github = await startGitHub({
    repository: 'acme/models',
    files: { [CONFIG_PATH]: config },
    users: {
      ana: { type: 'User', role: 'maintain' },
      ben: { type: 'User', role: 'write' },
      cleo: { type: 'User', role: 'write' },
      tim: { type: 'User', role: 'triage' },
      eve: { type: 'User', role: 'none' },
      'renovate[bot]': { type: 'Bot', role: 'none' },
    },
  });
  const token = github.token({ login: 'github-actions[bot]' });
  const ports = portsOf(github, token);
  const digests = new Map<string, string>();
  const scene: BotScene = {
    github,
    registry,
    served,
    ports,
    release: async (version, { sha } = {}) => {
      const image = `${registry.host}/acme/bank`;
      const digest = await pushImage(
        ports.registries.open(parseImageRepository(image)),
        singleImage(version),
      );
      digests.set(digest, version);
      const order = {
        model: 'bank',
        version,
        image,
        digest,
        evidence: [],
        ...(sha === undefined ? {} : { sha }),
      };
      const { outcome, message } = await register({ ...ports, files: nodeFiles }, order);
      if (outcome !== 'done') throw new Error(message);
      return digest;
    },
    promoted: async (lane, version) => {
      const policy = policyOf(parseConfig(config, CONFIG_PATH), lane);
      const release = await findRelease(ports.ledger, lane.model, version);
      const rules = { gates: undefined, defaultRef: 'refs/heads/main', actor: ports.actor.name };
      const order = { lane, policy: { ...policy, approvals: 0 }, release, rules };
      const { outcome, message } = await promote(ports, order);
      if (outcome !== 'done') throw new Error(message);
    },
    says: async (login, body, { thread, ...start } = {}) => {
      // Times of comments are in whole seconds, and a comment of the second in which something moved counts as older.
      github.clock.advance(1100);
      const comment = github.comment(thread, { login, body });
      const run = await scene.run({ payload: github.event(comment), ...start });
      return { ...run, comment: comment.id, thread: threadOf(github, comment.id) };
    },
    run: (start) => runBot(github, { token, ...start }),
    tag: (name) => {
      const digest = registry.tags.get(`acme/bank:${name}`);
      return digest === undefined ? undefined : (digests.get(digest) ?? digest);
    },
    replies: (thread) =>
      [...github.comments.values()]
        .filter(
          (each) => each.login === 'github-actions[bot]' && (thread === undefined || each.thread === thread),
        )
        .map(({ body }) => body),
    reactions: (comment) =>
      [...github.reactions.values()].filter((each) => each.comment === comment).map(({ content }) => content),
    close: async () => {
      server.closeAllConnections();
      await Promise.all([github.close(), registry.close(), new Promise((done) => server.close(done))]);
    },
  };
  return scene;
}

function threadOf(github: GitHub, comment: number): number {
  const thread = github.comments.get(comment)?.thread;
  if (thread === undefined) throw new Error(`There is no comment ${comment}.`);
  return thread;
}

/** A model server that answers everything with the status that it is told. */
async function startServer(served: { status: number }): Promise<Server> {
  const server = createServer((_, response) => response.writeHead(served.status).end('{}'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

function configText({
  image,
  probe,
  production = [],
  more = [],
}: BotSceneOptions & { image: string; probe: string }): string {
  const verify = `    verify: [{ get: "${probe}", status: 200, within: 300ms }]`;
  return [
    'version: 1',
    'models:',
    '  bank:',
    '    task: binary-classification',
    '    artifact: models/bank',
    `    image: ${image}`,
    '    data: { test: { path: data/test.csv, label: label } }',
    'environments:',
    '  staging:',
    '    tag: staging',
    '    requires: []',
    verify,
    '  production:',
    '    tag: prod',
    '    after: staging',
    '    requires: []',
    verify,
    ...production,
    ...more,
    '',
  ].join('\n');
}

/** The ports of a person at the engine itself, for what happened before the bot is started. */
function portsOf(github: GitHub, token: string): ReleasePorts {
  const repository = `${github.owner}/${github.name}`;
  const client = createGitHubClient({
    token,
    apiUrl: github.url,
    repository,
    timer: machineTimer,
    userAgent: 'scene',
  });
  return {
    ledger: createGitHubLedger({ client }),
    registries: createRegistries({ cwd: '/', env: {}, home: '/nowhere' }),
    deployer: { deploy: () => Promise.resolve({ kind: 'deployed' }) },
    prober: createHttpProber({ timer: machineTimer }),
    owners: processOwners(),
    timer: createServerTimer(client, machineTimer),
    ids: randomIds(),
    actor: { name: 'ana', via: 'cli' },
    progress: () => undefined,
  };
}
