import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputVariable } from '../../src/entry/action/read-inputs.ts';
import { ROOT } from './run-cli.ts';

/** What a step of an action left. */
export interface StepRun {
  code: number | null;
  outputs: Record<string, string>;
  summary: string;
  log: string;
}

/** Runs a committed bundle of `dist` as the composite step does: inputs as KG_*, GitHub's files, nothing else. */
export function runStep(
  bundle: string,
  inputs: Readonly<Record<string, string>>,
  { cwd = ROOT, env = {} }: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
): StepRun {
  const folder = mkdtempSync(join(tmpdir(), 'known-good-step-'));
  try {
    const [output, summary] = [join(folder, 'output'), join(folder, 'summary')];
    for (const file of [output, summary]) writeFileSync(file, '');
    const named = Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]),
    );
    const files = { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary };
    const run = spawnSync(process.execPath, [join(ROOT, 'dist', bundle)], {
      cwd,
      env: { PATH: process.env['PATH'], ...files, ...env, ...named },
      encoding: 'utf8',
      timeout: 120_000,
    });
    return {
      code: run.status,
      outputs: parseOutputs(readFileSync(output, 'utf8')),
      summary: readFileSync(summary, 'utf8'),
      log: run.stdout + run.stderr,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parseOutputs(text: string): Record<string, string> {
  const blocks = [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)];
  return Object.fromEntries(blocks.map(([, name, , value]) => [name, value]));
}

/** The log without what is fenced off: there no line is a workflow command. */
export function unfenced({ log }: StepRun): string {
  return log.replace(/::stop-commands::(\S+)\n[\s\S]*?\n::\1::\n/g, '');
}
