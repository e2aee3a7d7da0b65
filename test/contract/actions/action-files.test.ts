import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { inputVariable } from '../../../src/entry/action/read-inputs.ts';
import { gateInputs } from '../../../src/entry/gate/action-inputs.ts';
import {
  promoteInputs,
  registerInputs,
  rollbackInputs,
  verifyInputs,
} from '../../../src/entry/release-action/action-inputs.ts';
import { LANE_OUTPUTS, REGISTER_OUTPUTS } from '../../../src/entry/release-action/action-outputs.ts';
import { RELEASE_COMMANDS } from '../../../src/entry/release-action/release-action.ts';
import { reportInputs } from '../../../src/entry/report/action-inputs.ts';
import { REPORT_OUTPUTS } from '../../../src/entry/report/report-action.ts';
import { shadowInputs } from '../../../src/entry/shadow/action-inputs.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Step {
  id?: string;
  uses?: string;
  run?: string;
  shell?: string;
  env?: Record<string, string>;
}

interface ActionFile {
  name: string;
  description: string;
  inputs: Record<string, { description: string; required?: boolean; default?: string }>;
  outputs: Record<string, { description: string; value: string }>;
  runs: { using: string; steps: Step[] };
}

/** The inputs that each action's code reads. */
const CODE_INPUTS: Readonly<Record<string, readonly string[]>> = {
  gate: Object.keys(gateInputs.shape),
  report: Object.keys(reportInputs.shape),
  shadow: Object.keys(shadowInputs.shape),
  register: Object.keys(registerInputs.shape),
  promote: Object.keys(promoteInputs.shape),
  rollback: Object.keys(rollbackInputs.shape),
  verify: Object.keys(verifyInputs.shape),
};

/** The outputs that each of these actions' code sets. */
const CODE_OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  register: REGISTER_OUTPUTS,
  report: REPORT_OUTPUTS,
  promote: LANE_OUTPUTS,
  rollback: LANE_OUTPUTS,
  verify: LANE_OUTPUTS,
};

const names = readdirSync(join(root, 'actions'));
const read = (name: string): ActionFile =>
  parse(readFileSync(join(root, 'actions', name, 'action.yml'), 'utf8'));

describe.each(names)('actions/%s', (name) => {
  const action = read(name);
  const env = Object.assign({}, ...action.runs.steps.map((step) => step.env ?? {})) as Record<string, string>;

  it('declares exactly the inputs that the code reads', () => {
    expect(Object.keys(action.inputs).toSorted()).toEqual([...(CODE_INPUTS[name] ?? [])].toSorted());
  });

  it('maps every input by env, since composite steps get none by themselves', () => {
    const mapped = Object.keys(action.inputs).filter(
      (input) => env[inputVariable(input)] === `\${{ inputs.${input} }}`,
    );
    expect(mapped).toEqual(Object.keys(action.inputs));
  });

  it('has a shell for every run, and no expression inside of one', () => {
    const runs = action.runs.steps.filter((step) => step.run !== undefined);
    expect(runs.filter((step) => step.shell === undefined)).toEqual([]);
    expect(runs.filter((step) => step.run?.includes('${{'))).toEqual([]);
  });

  it('pins every action that it uses to a full SHA', () => {
    const loose = action.runs.steps
      .flatMap((step) => step.uses ?? [])
      .filter((uses) => !/@[0-9a-f]{40}$/.test(uses));
    expect(loose).toEqual([]);
  });

  it('gives every output a value from one of its steps', () => {
    const ids = action.runs.steps.map((step) => step.id);
    for (const [output, { value }] of Object.entries(action.outputs)) {
      const [, id, field] = /^\$\{\{ steps\.([\w-]+)\.outputs\.([\w-]+) \}\}$/.exec(value) ?? [];
      expect([ids.includes(id), field]).toEqual([true, output]);
    }
  });

  it('has a README with the tables of its action.yml', () => {
    const readme = readFileSync(join(root, 'actions', name, 'README.md'), 'utf8');
    for (const [key, { description }] of [
      ...Object.entries(action.inputs),
      ...Object.entries(action.outputs),
    ]) {
      expect(readme).toContain(`| \`${key}\` | ${description.replaceAll('|', '\\|')} |`);
    }
  });
});

describe.each(RELEASE_COMMANDS)('actions/%s', (name) => {
  const { outputs, runs } = read(name);

  it('declares exactly the outputs that the code sets', () => {
    expect(Object.keys(outputs)).toEqual(CODE_OUTPUTS[name]);
  });

  it('is one step that says by a constant which command it is, and says what is missing where there is no node', () => {
    const [step, ...others] = runs.steps;
    expect([others, step?.env?.['KG_COMMAND']]).toEqual([[], name]);
    expect(step?.run).toContain('There is no node on this runner.');
    expect(step?.run).toContain('node "$GITHUB_ACTION_PATH/../../dist/release.js"');
  });
});

describe('workflows', () => {
  const workflows = readdirSync(join(root, 'workflows')).filter((file) => file.endsWith('.yml'));

  it.each(workflows)(
    '%s pins its actions, checks out without credentials, and names its permissions',
    (file) => {
      const text = readFileSync(join(root, 'workflows', file), 'utf8');
      const { permissions, jobs } = parse(text) as {
        permissions: unknown;
        jobs: Record<string, { permissions?: unknown; steps: Step[] }>;
      };
      const steps = Object.values(jobs).flatMap((job) => job.steps);
      expect(steps.flatMap((step) => step.uses ?? []).filter((uses) => !/@[0-9a-f]{40}$/.test(uses))).toEqual(
        [],
      );
      expect(steps.filter((step) => step.run?.includes('${{'))).toEqual([]);
      expect(permissions).toEqual({});
      expect(Object.values(jobs).every((job) => job.permissions !== undefined)).toBe(true);
      for (const checkout of text.split('uses: actions/checkout').slice(1))
        expect(checkout.split('- ')[0]).toContain('persist-credentials: false');
    },
  );
});
