import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verdictSchema } from '../../src/core/verdict.ts';
import { checkOf } from '../support/run-cli.ts';
import { runStep, unfenced } from '../support/run-step.ts';
import { smallArtifact, smallConfig, smallTable } from '../support/small-gate.ts';
import type { Contents, TemporaryRepository } from '../support/temporary-repository.ts';
import { GIT_ENV, temporaryFolder, temporaryRepository } from '../support/temporary-repository.ts';

const CONFIG = '.github/known-good.yml';
const ON_PULL = {
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REF: 'refs/pull/7/merge',
  GITHUB_BASE_REF: 'main',
};
const { 'known-good.yml': _, ...ARTIFACT } = smallArtifact({});

/** A floor that the small model does not reach, unless another one is given. */
function config({
  min = '0.99',
  model = '',
  data = '',
  gates = '',
  more = '',
  name = 'small',
  baseline = 'none',
} = {}): string {
  return smallConfig({ gates, more })
    .replace('min: 0.01', `min: ${min}`)
    .replace('data: { ', `${model}data: { ${data}`)
    .replace('baseline: none', `baseline: ${baseline}`)
    .replace('small:', `${name}:`);
}

const LOW = { min: '0.01' };
const FROZEN = 'frozen: { path: f.csv, label: y, id: id }, ';
const FILES: Contents = { ...ARTIFACT, [CONFIG]: config(), 'f.csv': smallTable({ rows: 60 }) };

/** A pull request: these files on the base branch, and what it changes of them. */
function pullRequest(before: Contents, now: Contents): TemporaryRepository {
  const repository = temporaryRepository();
  repository.commit({ ...FILES, ...before });
  repository.git('checkout', '-q', '-b', 'change');
  repository.commit(now);
  return repository;
}

function gate(
  { root }: Pick<TemporaryRepository, 'root'>,
  { env = ON_PULL, inputs = {} }: { env?: Record<string, string>; inputs?: Record<string, string> } = {},
) {
  const out = join(temporaryFolder(), 'out');
  const run = runStep('gate.js', { out, ...inputs }, { cwd: root, env });
  expect(unfenced(run)).not.toContain('    at ');
  const verdict = verdictSchema.parse(JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8')));
  const ids = verdict.checks.filter(({ check }) => check === 'gates').map(({ id, role }) => `${id} ${role}`);
  return { run, verdict, outcome: verdict.outcome, ids };
}

describe('a pull request that edits its own gates to pass', () => {
  it('is judged by those of the base branch, and its own are shown first', () => {
    const repository = pullRequest({}, { [CONFIG]: config(LOW) });
    const { run, verdict, ids } = gate(repository);
    expect([verdict.outcome, verdict.binding, run.code]).toEqual(['fail', 'metrics.accuracy.min', 1]);
    expect(ids).toEqual(['gates inform']);
    const tip = repository.git('rev-parse', 'main').slice(0, 7);
    const sentence = `This pull request changes its own gates: accuracy min 0.99 → 0.01. It is judged by those of the base branch (${tip}), not by its own.`;
    expect(checkOf(verdict, 'gates').message).toBe(sentence);
    expect(run.summary.split('\n\n')[1]).toContain('changes its own gates');
  });

  it.each<[string, Contents, Contents, Record<string, string>]>([
    ['by taking the metric out', {}, { [CONFIG]: config().replace(/gates: .*/, 'gates: {}') }, {}],
    [
      'by the gates of its environment',
      { [CONFIG]: config({ ...LOW, more: environments('0.99') }) },
      { [CONFIG]: config({ ...LOW, more: environments('0.01') }) },
      { environment: 'production' },
    ],
    [
      'and rests on commits that the base branch is ahead of',
      { [CONFIG]: config(LOW) },
      { 'x.txt': 'x' },
      {},
    ],
  ])('%s', (...[name, before, now, inputs]) => {
    const repository = pullRequest(before, now);
    if (name.includes('ahead')) {
      repository.git('checkout', '-q', 'main');
      repository.commit({ [CONFIG]: config() });
      repository.git('checkout', '-q', 'change');
    }
    expect(gate(repository, { inputs })).toMatchObject({
      outcome: 'fail',
      verdict: { binding: 'metrics.accuracy.min' },
    });
  });

  it.each<[string, Record<string, string>]>([
    [
      'pull_request_target',
      { ...ON_PULL, GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' },
    ],
    [
      'merge_group',
      {
        GITHUB_EVENT_NAME: 'merge_group',
        GITHUB_REF: `refs/heads/gh-readonly-queue/main/pr-7-${'a'.repeat(40)}`,
      },
    ],
    ['pull_request_review', { GITHUB_EVENT_NAME: 'pull_request_review', GITHUB_REF: 'refs/pull/7/merge' }],
  ])('in a run of %s', (_name, env) => {
    expect(gate(pullRequest({}, { [CONFIG]: config(LOW) }), { env }).outcome).toBe('fail');
  });

  it('cannot drop the champion or the slices that it is compared on', () => {
    const { verdict } = gate(
      pullRequest(
        { [CONFIG]: config({ ...LOW, baseline: 'auto', data: 'slices: [g], ' }) },
        { [CONFIG]: config({ ...LOW, baseline: 'none' }) },
      ),
    );
    expect(verdict.champion?.digest).toMatch(/^sha256:/);
    expect(verdict.checks.some(({ check }) => check === 'slices')).toBe(true);
    expect(checkOf(verdict, 'gates').message).toContain('baseline auto → none');
  });
});

function environments(min: string): string {
  return `environments: { production: { gates: { small: { metrics: { accuracy: { min: ${min} } } } } } }\n`;
}

describe('a pull request that edits what it is measured with', () => {
  it.each<[string, string, Contents, Contents]>([
    ['the test table', 'gates.files', {}, { 't.csv': smallTable({ rows: 60 }) }],
    ['which table that is', 'gates.examination', {}, { [CONFIG]: config(LOW).replace('t.csv', 'f.csv') }],
    [
      'its outputs',
      'gates.examination',
      {},
      { [CONFIG]: config({ ...LOW, model: 'outputs: { threshold: 0.3 }\n    ' }) },
    ],
    [
      'the frozen table, and accepts that itself',
      'gates.frozen',
      { [CONFIG]: config({ ...LOW, data: FROZEN }) },
      {
        [CONFIG]: config({ ...LOW, data: FROZEN, gates: 'data: { frozen_may_change: true }' }),
        'f.csv': smallTable({ rows: 40 }),
      },
    ],
    ['the name of its model', 'gates.judge', {}, { [CONFIG]: config({ ...LOW, name: 'large' }) }],
  ])('%s: holds', (...[, binding, before, now]) => {
    const { verdict, outcome, run } = gate(pullRequest({ [CONFIG]: config(LOW), ...before }, now));
    expect([outcome, verdict.binding, run.code]).toEqual(['hold', binding, 2]);
  });

  it('another config beside the one that was: holds', () => {
    const now = { [CONFIG]: undefined, '.github/known-good.yaml': config(LOW) };
    const { verdict } = gate(pullRequest({}, now), { inputs: { config: '.github/known-good.yaml' } });
    expect([verdict.outcome, verdict.binding]).toEqual(['hold', 'gates.judge']);
    expect(verdict.reason).toMatch(/takes "small" out of the config/);
  });
});

describe('gates of the base branch that cannot be had', () => {
  it('hold in a shallow clone, and say how to fetch them', () => {
    const { root } = pullRequest({}, { [CONFIG]: config(LOW) });
    const shallow = temporaryFolder();
    execFileSync('git', ['clone', '-q', '--depth', '1', '-b', 'change', `file://${root}`, shallow], {
      env: GIT_ENV,
      stdio: 'pipe',
    });
    const { verdict } = gate({ root: shallow });
    expect([verdict.outcome, verdict.binding]).toEqual(['hold', 'gates.judge']);
    expect(checkOf(verdict, 'gates.judge').settle).toContain('fetch-depth: 0');
  });

  it('hold where the config there is broken', () => {
    const { verdict } = gate(pullRequest({ [CONFIG]: `${config()}junk: 1\n` }, { [CONFIG]: config(LOW) }));
    expect([verdict.outcome, verdict.binding]).toEqual(['hold', 'gates.judge']);
    expect(verdict.reason).toMatch(/is not readable: .*junk: unknown key/);
  });
});

describe('a pull request with nothing before it', () => {
  it('is judged by its own first gates, and says so', () => {
    const { outcome, ids, verdict } = gate(pullRequest({ [CONFIG]: undefined }, { [CONFIG]: config(LOW) }));
    expect([outcome, ...ids]).toEqual(['pass', 'gates.judge inform']);
    expect(checkOf(verdict, 'gates.judge').message).toMatch(
      /^This pull request brings the first gates, and is judged by them/,
    );
  });

  it('may bring a second model', () => {
    const second = config(LOW) + config({ ...LOW, name: 'other' }).split('models:\n')[1];
    const run = gate(pullRequest({}, { [CONFIG]: second }), { inputs: { model: 'other' } });
    expect([run.outcome, ...run.ids]).toEqual(['pass', 'gates inform']);
  });
});

describe('outside of pull requests', () => {
  it.each<[string, Record<string, string>]>([
    ['on a laptop', {}],
    ['in a push', { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/change' }],
    ['on a laptop that names a base branch', { GITHUB_BASE_REF: 'main' }],
  ])('%s, the own gates judge as ever', (_name, env) => {
    const { outcome, verdict } = gate(pullRequest({}, { [CONFIG]: config(LOW) }), { env });
    expect(outcome).toBe('pass');
    expect(checkOf(verdict, 'gates').message).toBe(
      'This change also edits the gates: accuracy min 0.99 → 0.01.',
    );
  });
});

describe('a verdict made on a pull request', () => {
  it.each<[string, Record<string, string>]>([
    ['pull_request', ON_PULL],
    [
      'pull_request_target, whose ref is the base branch',
      {
        GITHUB_EVENT_NAME: 'pull_request_target',
        GITHUB_REF: 'refs/heads/main',
        GITHUB_BASE_REF: 'main',
        GITHUB_HEAD_REF: 'change',
      },
    ],
    [
      'merge_group',
      {
        GITHUB_EVENT_NAME: 'merge_group',
        GITHUB_REF: `refs/heads/gh-readonly-queue/main/pr-7-${'a'.repeat(40)}`,
      },
    ],
  ])('names the pull request as its ref, which is no evidence anywhere: %s', (_name, env) => {
    const { verdict } = gate(pullRequest({}, { 'x.txt': 'x' }), { env });
    expect(verdict.producer.ref).toMatch(/^refs\/pull\//);
  });
});
