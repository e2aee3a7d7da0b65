import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLoopbackRegistry, type LoopbackRegistry } from '../support/loopback-registry.ts';
import { startGitHub, type GitHub } from '../support/github/start-github.ts';
import { ROOT } from '../support/places.ts';
import { artifactFiles, repositoryFiles } from './act-repository.ts';
import { runAct, type ActRun } from './run-act.ts';
import { writeStandIns } from './stand-ins.ts';

const NAME = 'acme/models';
const KNOWN_GOOD = 'OWNER/known-good@0000000000000000000000000000000000000000';
/** What a runner gets of Known Good's repository, as far as actions are concerned. */
const PUBLISHED = ['action.yml', 'actions', 'dist', 'package.json'];

/** GitHub, a registry, a model server and a repository that holds the starter workflows, all on this machine. */
export interface ActWorld {
  github: GitHub;
  registry: LoopbackRegistry;
  /** Whether the model server says that it serves well. */
  healthy: boolean;
  /** The work tree of `acme/models`. */
  folder: string;
  /** What act printed of every run of deploy.yml. */
  deployLogs: readonly string[];
  /** Digests that deploy.yml brought to the servers, in order. */
  deployed(): Promise<string[]>;
  /** Puts a model and a change of it on the default branch, here and at GitHub. */
  commit(model: string): Promise<string>;
  /** Runs a workflow for an event. */
  run(workflow: string, event: ActEvent): Promise<ActRun>;
  close(): Promise<void>;
}

/** An event that starts a workflow. */
export interface ActEvent {
  name: string;
  payload: unknown;
  inputs?: Readonly<Record<string, string>>;
}

export async function openActWorld(act: string): Promise<ActWorld> {
  const scratch = await mkdtemp(join(tmpdir(), 'known-good-act-'));
  const folder = join(scratch, 'models');
  const registry = await startLoopbackRegistry();
  const server = createServer((_, response) => response.writeHead(world.healthy ? 200 : 503).end('{}'));
  const probe = `http://127.0.0.1:${await listen(server)}/ready`;
  const files = await repositoryFiles({ image: `${registry.host}/acme/bank`, probe });
  const github = await startGitHub({ repository: NAME, defaultBranch: 'main', files });
  for (const login of ['ana', 'ben']) github.users.set(login, { type: 'User', role: 'maintain' });
  const token = github.token({ login: 'github-actions[bot]' });
  const stands = await writeStandIns(join(scratch, 'stand-ins'));
  const artifacts = join(scratch, 'artifacts');
  const knownGood = join(scratch, 'known-good');
  for (const part of PUBLISHED) await cp(join(ROOT, part), join(knownGood, part), { recursive: true });
  await mkdir(join(scratch, 'home'), { recursive: true });
  await writeFiles(folder, files);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'remote', 'add', 'origin', `https://github.com/${NAME}`);
  commitAll(folder, 'first');

  const deployLogs: string[] = [];
  const run: ActWorld['run'] = async (workflow, { name, payload, inputs }) => {
    const path = join(folder, '.github/workflows', workflow);
    const [owner] = NAME.split('/');
    const ours = github.run({ workflow, event: name });
    const ended = await runAct({
      act,
      repository: folder,
      workflow: path,
      event: name,
      payload,
      actions: { [KNOWN_GOOD]: knownGood, ...pinned(await readFile(path, 'utf8'), stands) },
      token,
      ...(inputs === undefined ? {} : { inputs }),
      env: {
        GITHUB_API_URL: github.url,
        GITHUB_GRAPHQL_URL: github.url.replace(/v3$/, 'graphql'),
        GITHUB_REPOSITORY: NAME,
        GITHUB_RUN_ID: String(ours.id),
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_RUN_NUMBER: String(ours.number),
        GITHUB_ACTOR: owner ?? '',
        KG_STAND_IN_ARTIFACTS: artifacts,
        KG_STAND_IN_DEPLOYED: join(scratch, 'deployed'),
        CI: 'true',
      },
    });
    ours.finish(ended.code === 0 ? 'success' : 'failure');
    return ended;
  };
  github.workflow('deploy.yml', {
    runName: ({ model, environment, seq, version, operation }) =>
      `deploy ${model}/${environment} #${seq} ${version} ${operation}`,
    onDispatch: async (started, inputs) => {
      started.start();
      const ended = await run('deploy.yml', { name: 'workflow_dispatch', payload: { inputs }, inputs });
      deployLogs.push(ended.log);
      started.finish(ended.code === 0 ? 'success' : 'failure');
    },
  });
  const world: ActWorld = {
    deployLogs,
    github,
    registry,
    healthy: true,
    folder,
    deployed: async () => {
      const text = await readFile(join(scratch, 'deployed'), 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '');
    },
    commit: async (model) => {
      const artifact = await artifactFiles(model);
      await writeFiles(folder, artifact);
      commitAll(folder, model);
      return github.push('main', artifact, { message: model });
    },
    run,
    close: async () => {
      await Promise.all([github.close(), registry.close(), new Promise((done) => server.close(done))]);
      await rm(scratch, { recursive: true, force: true });
    },
  };
  return world;
}

/** The folders for the pinned actions that a workflow names. */
function pinned(workflow: string, stands: Readonly<Record<string, string>>): Record<string, string> {
  const found = [...workflow.matchAll(/uses: ([\w-]+\/[\w-]+)@([0-9a-f]{40})/g)];
  return Object.fromEntries(
    found.flatMap(([, name = '', sha = '']) =>
      stands[name] === undefined ? [] : [[`${name}@${sha}`, stands[name]]],
    ),
  ) as Record<string, string>;
}

async function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
}

function commitAll(folder: string, message: string): void {
  git(folder, 'add', '--all');
  git(folder, '-c', 'user.name=ana', '-c', 'user.email=ana@example.org', 'commit', '--quiet', '-m', message);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}
