import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { COMMAND_NAMES } from '../../../src/commands/grammar.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Step {
  id?: string;
  if?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}

interface Job {
  if?: string;
  permissions?: Record<string, string>;
  concurrency?: { group: string; queue?: string; 'cancel-in-progress'?: boolean };
  'timeout-minutes'?: number;
  environment?: unknown;
  steps: Step[];
}

interface Workflow {
  name: string;
  'run-name'?: string;
  on: Record<
    string,
    { types?: string[]; inputs?: Record<string, { type: string; required: boolean }> } | null
  >;
  permissions: unknown;
  concurrency?: Job['concurrency'];
  jobs: Record<string, Job>;
}

const files = readdirSync(join(root, 'workflows')).toSorted();
const textOf = (file: string) => readFileSync(join(root, 'workflows', file), 'utf8');
const read = (file: string) => parse(textOf(file)) as Workflow;
const jobOf = (file: string): Job => {
  const [job] = Object.values(read(file).jobs);
  if (job === undefined) throw new Error(`There is no job in ${file}.`);
  return job;
};

/** What an action that is used is given: its inputs, by its action.yml. */
function inputsOf(uses: string): string[] | undefined {
  const [, folder] = /^OWNER\/known-good(?:\/(actions\/[\w-]+))?@0{40}$/.exec(uses) ?? [];
  const file = join(root, folder ?? '.', 'action.yml');
  if (!uses.startsWith('OWNER/known-good') || !existsSync(file)) return undefined;
  return Object.keys((parse(readFileSync(file, 'utf8')) as { inputs?: object }).inputs ?? {});
}

/** The concurrency group that a comment gets: GitHub's expression, by GitHub's own evaluator. */
function groupOf({ concurrency }: Job, body: string, id: number): string {
  const expression = /^\$\{\{ (.*) \}\}$/.exec(concurrency?.group ?? '')?.[1] ?? '';
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, ['github'], []).parse();
  const comment = new data.Dictionary(
    { key: 'body', value: new data.StringData(body) },
    { key: 'id', value: new data.NumberData(id) },
  );
  const event = new data.Dictionary({ key: 'comment', value: comment });
  const github = new data.Dictionary({ key: 'event', value: event });
  return new Evaluator(tree, new data.Dictionary({ key: 'github', value: github })).evaluate().coerceString();
}

it('has the starter workflows that init writes', () => {
  expect(files).toEqual([
    'bot.yml',
    'deploy.yml',
    'gate-pull-request.yml',
    'gate-report.yml',
    'release-on-merge.yml',
    'shadow-report.yml',
    'verify-on-schedule.yml',
  ]);
});

describe.each(files)('workflows/%s', (file) => {
  const text = textOf(file);
  const workflow = read(file);
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it('grants nothing to the workflow, and to each job only what a comment on the same line explains', () => {
    expect(workflow.permissions).toEqual({});
    for (const job of jobs) {
      for (const [name, level] of Object.entries(job.permissions ?? { missing: '' }))
        expect(text).toMatch(new RegExp(`^ {6}${name}: ${level} # \\S.{15,}$`, 'm'));
    }
  });

  it('ends by itself', () => {
    expect(jobs.map((job) => typeof job['timeout-minutes'])).toEqual(jobs.map(() => 'number'));
  });

  it('gives the actions of Known Good only inputs that they have, pinned to the placeholder that init fills in', () => {
    const own = steps.filter(({ uses }) => uses?.includes('known-good'));
    for (const { uses = '', with: given = {} } of own) {
      const declared = inputsOf(uses);
      expect(declared, `${uses} of ${file}`).toBeDefined();
      expect(declared).toEqual(expect.arrayContaining(Object.keys(given)));
    }
  });

  it('hands what comes from outside to a script by env, never by an expression', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });
});

describe('workflows/bot.yml', () => {
  const job = jobOf('bot.yml');

  it('starts for new comments that begin with a command alone', () => {
    expect(read('bot.yml').on).toEqual({ issue_comment: { types: ['created'] } });
    expect(job.if).toBe("startsWith(github.event.comment.body, '/')");
  });

  it.each(['/promote production', '/Promote bank/staging', '/adopt production --reason "x"'])(
    'keeps what moves on in one queue, and drops none of it: %s',
    (body) => {
      expect(groupOf(job, body, 7)).toBe('known-good-promotions');
      expect(groupOf(job, body, 8)).toBe('known-good-promotions');
      expect(job.concurrency?.queue).toBe('max');
    },
  );

  it.each(COMMAND_NAMES.filter((name) => name !== 'promote' && name !== 'adopt'))(
    'lets /%s wait for nobody: a group for each comment',
    (name) => {
      expect(groupOf(job, `/${name} production`, 7)).toBe('known-good-command-7');
      expect(groupOf(job, `/${name} production`, 8)).toBe('known-good-command-8');
    },
  );

  it('has no queue of the whole workflow, which would hold up what people merely say, and rollbacks', () => {
    expect(read('bot.yml').concurrency).toBeUndefined();
  });

  it('checks nothing out and runs nothing of its own', () => {
    expect(job.steps.map(({ uses }) => uses)).toEqual([`OWNER/known-good@${'0'.repeat(40)}`]);
  });
});

describe('workflows/deploy.yml', () => {
  const { on, 'run-name': title } = read('deploy.yml');

  it('has the fixed inputs, as texts, and all of them but the commit are needed', () => {
    const inputs = on['workflow_dispatch']?.inputs ?? {};
    const all = ['model', 'environment', 'image', 'digest', 'sha', 'version', 'seq', 'operation'];
    expect(Object.keys(inputs)).toEqual(all);
    expect(Object.values(inputs).map(({ type }) => type)).toEqual(all.map(() => 'string'));
    expect(all.filter((name) => inputs[name]?.required !== true)).toEqual(['sha']);
  });

  it('has the title that the deployer finds its run by', () => {
    const expressions = ['model', 'environment', 'seq', 'version', 'operation'].map(
      (name) => `\${{ inputs.${name} }}`,
    );
    const [model, environment, seq, version, operation] = expressions;
    expect(title).toBe(`deploy ${model}/${environment} #${seq} ${version} ${operation}`);
  });
});

it('releases on merges of the model and of its config, where baseline: none is said, and when it is asked to', () => {
  const { on } = read('release-on-merge.yml');
  expect(on).toEqual({
    push: { branches: ['main'], paths: ['models/**', '.github/known-good.yml'] },
    workflow_dispatch: null,
  });
});

it('gates before it may write, on merges', () => {
  const { gate, release } = read('release-on-merge.yml').jobs;
  expect(gate?.permissions).toEqual({ contents: 'read' });
  expect(release).toMatchObject({ needs: 'gate' });
  const used = release?.steps.flatMap(
    ({ uses }) => /known-good\/actions\/(\w+)@/.exec(uses ?? '')?.[1] ?? [],
  );
  expect(used).toEqual(['register', 'promote', 'verify']);
});
