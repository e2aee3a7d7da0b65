import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { answerBackDoor } from './back-door.ts';
import type { RunRecord } from './records.ts';
import { workflowInputs } from './workflow-inputs.ts';
import type { GitHub } from './start-github.ts';
import { startGitHub } from './start-github.ts';

/** Starts the fake as the arguments say and tells where it is; see serve.ts. The process lives until it is ended. */
export async function serveGitHub(args: string[]): Promise<GitHub> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '0' },
      repository: { type: 'string', default: 'acme/models' },
      branch: { type: 'string', default: 'main' },
      folder: { type: 'string' },
      state: { type: 'string' },
      'on-dispatch': { type: 'string' },
    },
  });
  const files = values.folder === undefined ? undefined : readFolder(values.folder);
  const github: GitHub = await startGitHub({
    repository: values.repository,
    defaultBranch: values.branch,
    port: Number(values.port),
    backDoor: (request) => answerBackDoor(github, request, values.state),
    ...(files === undefined ? {} : { files }),
  });
  for (const [path, content] of Object.entries(files ?? {}))
    addWorkflow(github, values['on-dispatch'], { path, content });
  const token = github.token({ login: 'github-actions[bot]' });
  const { web, url } = github;
  const { repository } = values;
  console.log(JSON.stringify({ web, url, graphql: `${web}/api/graphql`, repository, token }));
  return github;
}

function readFolder(folder: string): Record<string, Buffer> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    found
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.startsWith(join(folder, '.git/')))
      .map((path) => [path.slice(join(folder, '/').length).replaceAll('\\', '/'), readFileSync(path)]),
  );
}

/** Workflow files of the folder can be dispatched where they say so. */
function addWorkflow(
  github: GitHub,
  command: string | undefined,
  { path, content }: { path: string; content: Buffer },
): void {
  if (!/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) return;
  const inputs = workflowInputs(content.toString('utf8'));
  const runName = (given: Readonly<Record<string, string>>): string => Object.values(given).join(' ');
  const onDispatch = (run: RunRecord): Promise<void> | undefined =>
    command === undefined ? undefined : runCommand(github, command, run);
  github.workflow(basename(path), { runName, onDispatch, ...(inputs === undefined ? {} : { inputs }) });
}

/** Plays the runner: the command gets the run and its inputs by its environment, and its exit code is the conclusion. */
function runCommand(github: GitHub, command: string, run: RunRecord): Promise<void> {
  run.start();
  const inputs = Object.entries(run.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const env = {
    ...process.env,
    ...Object.fromEntries(inputs),
    GITHUB_RUN_ID: String(run.id),
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: `${github.owner}/${github.name}`,
    KG_WORKFLOW: run.workflow,
    KG_INPUTS: JSON.stringify(run.inputs),
  };
  return new Promise((done) => {
    const child = spawn(command, { shell: true, env, stdio: ['ignore', 'inherit', 'inherit'] });
    const end = (code: number | null): void => {
      run.finish(code === 0 ? 'success' : 'failure');
      done();
    };
    child.on('error', () => end(1));
    child.on('exit', end);
  });
}
