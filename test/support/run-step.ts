import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputVariable } from '../../src/entry/action/read-inputs.ts';
import { DIST, ROOT } from './places.ts';

/** What a step of an action left. */
export interface StepRun {
  code: number | null;
  outputs: Record<string, string>;
  summary: string;
  log: string;
}

/** Where a step runs, beside its inputs. */
export interface StepPlace {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
}

const LONGEST_STEP = 120_000;

/** Runs a committed bundle of `dist` as the composite step does: inputs as KG_*, GitHub's files, nothing else. */
export function runStep(
  bundle: string,
  inputs: Readonly<Record<string, string>>,
  { cwd = ROOT, env = {} }: StepPlace = {},
): StepRun {
  const files = stepFiles();
  const run = spawnSync(process.execPath, [join(DIST, bundle)], {
    cwd,
    env: { PATH: process.env['PATH'], ...files.env, ...env, ...namedInputs(inputs) },
    encoding: 'utf8',
    timeout: LONGEST_STEP,
  });
  return { code: run.status, ...files.read(), log: run.stdout + run.stderr };
}

/** The same beside this process, which meanwhile answers for the servers of the test. */
export async function runStepAside(
  bundle: string,
  inputs: Readonly<Record<string, string>>,
  { cwd = ROOT, env = {} }: StepPlace = {},
): Promise<StepRun> {
  const files = stepFiles();
  const options = {
    cwd,
    env: { PATH: process.env['PATH'], ...files.env, ...env, ...namedInputs(inputs) },
    timeout: LONGEST_STEP,
    maxBuffer: 2 ** 26,
  };
  const ended = await new Promise<Pick<StepRun, 'code' | 'log'>>((done) => {
    const child = execFile(process.execPath, [join(DIST, bundle)], options, (_, stdout, stderr) =>
      done({ code: child.exitCode, log: stdout + stderr }),
    );
  });
  return { ...ended, ...files.read() };
}

function namedInputs(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]));
}

/** GitHub's files of a step; read once, and then gone. */
function stepFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'known-good-step-'));
  const [output, summary] = [join(folder, 'output'), join(folder, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  return {
    env: { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary },
    read: () => {
      const left = {
        outputs: parseOutputs(readFileSync(output, 'utf8')),
        summary: readFileSync(summary, 'utf8'),
      };
      rmSync(folder, { recursive: true, force: true });
      return left;
    },
  };
}

function parseOutputs(text: string): Record<string, string> {
  const blocks = [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)];
  return Object.fromEntries(blocks.map(([, name, , value]) => [name, value]));
}

/** The log without what is fenced off: there no line is a workflow command. */
export function unfenced({ log }: StepRun): string {
  return log.replace(/::stop-commands::(\S+)\n[\s\S]*?\n::\1::\n/g, '');
}
