// Runs the steps of a composite action as a runner would: only its env, its outputs file, its own folder.
// usage: node .ci/run-composite.mjs ACTION_FOLDER WORKSPACE name=value…   prints the action's outputs as JSON
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const [folder, workspace, ...given] = process.argv.slice(2);
const action = parse(readFileSync(join(folder, 'action.yml'), 'utf8'));
const temp = mkdtempSync(join(tmpdir(), 'known-good-runner-'));
const inputs = Object.fromEntries(
  given.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
);
const context = { inputs: { ...defaultsOf(action), ...inputs }, steps: {} };

let code = 0;
for (const step of action.runs.steps) {
  if (code !== 0) break;
  code = runStep(step);
}
const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, expand(value)]);
process.stdout.write(`${JSON.stringify({ code, ...Object.fromEntries(outputs) }, undefined, 2)}\n`);

function defaultsOf({ inputs: declared }) {
  return Object.fromEntries(Object.entries(declared).map(([name, input]) => [name, input.default ?? '']));
}

function runStep({ id, run, env = {} }) {
  const files = {
    GITHUB_OUTPUT: join(temp, `${id}.output`),
    GITHUB_STEP_SUMMARY: join(temp, `${id}.summary`),
  };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const own = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, expand(value)]));
  const base = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    RUNNER_TEMP: temp,
    GITHUB_ACTION_PATH: resolve(folder),
    GITHUB_ACTIONS: 'true',
    ...npmSettings(),
  };
  const result = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
    cwd: workspace,
    env: { ...base, ...files, ...own },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  context.steps[id] = { outputs: parseOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8')) };
  return result.status ?? 1;
}

/** How this machine reaches npm's registry. */
function npmSettings() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^(npm_config_|https?_proxy$|no_proxy$|NODE_EXTRA_CA)/i.test(name),
    ),
  );
}

function expand(text) {
  return String(text).replace(
    /\$\{\{ ([\w.-]+) \}\}/g,
    (_, path) => path.split('.').reduce((value, key) => value?.[key], context) ?? '',
  );
}

function parseOutputs(text) {
  const blocks = [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [
    name,
    value,
  ]);
  const lines = [...text.matchAll(/^([\w-]+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
  return Object.fromEntries([...lines, ...blocks]);
}
