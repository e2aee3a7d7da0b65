import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../support/places.ts';
import { checkOf, makeFolder, runCli, runIn, verdictOf } from '../support/run-cli.ts';
import {
  CONFIGURED,
  PLAIN,
  smallArtifact,
  smallConfig,
  smallTable,
  soundModel,
} from '../support/small-gate.ts';

/** Without the user's settings. */
const GIT_ENV = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

const bank = `${ROOT}/test/fixtures/bank`;
const artifacts = `${ROOT}/test/fixtures/artifacts`;

/** The bank's table with a text label, whose alphabetical order is the wrong way round. */
function texts(): string {
  const [head = '', ...rows] = readFileSync(`${bank}/test_encoded.csv`, 'utf8').trimEnd().split('\n');
  return [head, ...rows.map((row) => row.replace(/,1$/, ',churned').replace(/,0$/, ',stayed'))].join('\n');
}

describe('a pass that nobody earned', () => {
  it('is not given where the positive class was guessed the wrong way round', async () => {
    const models = [`${bank}/regressed.onnx`, '--against', `${bank}/champion.onnx`];
    const guessed = await runIn({ 't.csv': texts() }, [
      'gate',
      ...models,
      '--data',
      't.csv',
      '--label',
      'label',
      '--id',
      'row_id',
    ]);
    expect(verdictOf(guessed).outcome).not.toBe('pass');
    expect(verdictOf(guessed).reason).toMatch(
      /The model's classes are "0", "1", and the labels of the table are "churned", "stayed"/,
    );
  });

  it('cannot hide behind a threshold: each model decides by its own, and both are printed', async () => {
    const flags = ['--data', `${bank}/test_encoded.csv`, '--label', 'label', '--id', 'row_id'];
    const run = await runCli(
      ['gate', `${artifacts}/bank-challenger`, '--against', `${bank}/champion.onnx`, ...flags],
      { cwd: ROOT },
    );
    const verdict = verdictOf(run);
    expect(verdict.assumptions).toContain('decisions at threshold 0.15 (from manifest.json)');
    expect(verdict.assumptions).toContain("the champion's decisions at threshold 0.5 (nobody names one)");
    expect(run.stdout).toContain('Guessed, because nobody said it:');
  });

  it('is not given for copies: twenty rows a hundred times are twenty rows', async () => {
    const [head = '', ...rows] = smallTable({ rows: 20 }).trimEnd().split('\n');
    const copies = Array.from({ length: 100 }, () => rows).flat();
    const files = { 'm.onnx': soundModel(), 't.csv': [head, ...copies, ''].join('\n') };
    const run = await runIn(files, PLAIN);
    expect(checkOf(verdictOf(run), 'data.repeated_rows')).toMatchObject({
      outcome: 'hold',
      message:
        '1,980 rows of 2,000 (99 %) repeat an earlier row in features and label (row 21 is row 1 again), and at most 5 % may: copies are no evidence.',
    });
    expect(verdictOf(run).outcome).not.toBe('pass');
    const byId = await runIn(files, [...PLAIN, '--id', 'id']);
    expect(checkOf(verdictOf(byId), 'data.duplicate_ids')).toMatchObject({ role: 'gate', outcome: 'hold' });
  });

  it('is not given silently to a change that loosens its own gates', async () => {
    const folder = makeFolder(smallArtifact({}, 'declared: { tolerance: 0.001 }'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, env: GIT_ENV });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'base');
    git('checkout', '-q', '-b', 'change');
    writeFileSync(join(folder, 'known-good.yml'), smallConfig({ gates: 'declared: { tolerance: 0.5 }' }));
    git('commit', '-q', '-a', '-m', 'change');
    const run = await runCli(CONFIGURED, { cwd: folder });
    const message = 'This change also edits the gates: declared tolerance 0.001 → 0.5.';
    expect(verdictOf(run).checks[0]).toMatchObject({ id: 'gates', role: 'inform', message });
    expect(run.stdout.replaceAll(/\s+/g, ' ')).toContain(`! Caution. ${message}`);
    expect(run.stdout.indexOf('Caution')).toBeLessThan(
      run.stdout.indexOf(verdictOf(run).reason.slice(0, 20)),
    );
  });

  it('is not given to a model that is fed the label', async () => {
    const features = ['a', 'label'].join(',');
    const run = await runIn({ 't.csv': texts() }, [
      'gate',
      `${bank}/champion.onnx`,
      '--data',
      't.csv',
      '--label',
      'label',
      '--features',
      features,
    ]);
    expect(run.stdout).toContain('is among the features');
    expect(verdictOf(run).outcome).not.toBe('pass');
  });

  it('does not outlive an error: the folder holds no verdict of another run', async () => {
    const files = { 'out/verdict.json': '{"outcome":"pass"}', 't.csv': 'a,y\n1,0\n' };
    const run = await runIn(files, [
      'gate',
      `${bank}/champion.onnx`,
      '--data',
      't.csv',
      '--label',
      'nope',
      '--out',
      'out',
    ]);
    expect(run.code).toBe(65);
    expect(run.verdict).toBeUndefined();
  });
});
