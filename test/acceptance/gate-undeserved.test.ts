import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT, runCli, runIn, verdictOf } from '../support/run-cli.ts';

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
    expect(verdictOf(guessed).reason).toMatch(/worse than guessing: is "stayed" really the positive class\?/);
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
