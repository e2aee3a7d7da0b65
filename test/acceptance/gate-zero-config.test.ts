import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectClean } from '../support/expect-clean.ts';
import { modelBytes, readExpected } from '../support/onnx-fixtures.ts';
import { ROOT } from '../support/places.ts';
import { checkOf, runIn, verdictOf } from '../support/run-cli.ts';

const bank = (table: string) => readFileSync(`${ROOT}/test/fixtures/bank/${table}.csv`);
const bike = () => readFileSync(`${ROOT}/test/fixtures/bike/test.csv`);
const gate = (label: string, ...more: string[]) => [
  'gate',
  'm.onnx',
  '--data',
  't.csv',
  '--label',
  label,
  ...more,
];

describe('a model and a table, and nothing else: no config, no git', () => {
  it('is compared with the naive predictor, and what was guessed is said', async () => {
    const files = { 'm.onnx': modelBytes('bank/challenger'), 't.csv': bank('test_encoded') };
    const run = await runIn(files, gate('label'));
    const verdict = verdictOf(run);
    expectClean(run);
    expect([run.code, verdict.outcome, run.stderr]).toEqual([0, 'pass', '']);
    expect(checkOf(verdict, 'champion.roc_auc')).toMatchObject({ baselineName: 'naive', baseline: 0.5 });
    expect(verdict.assumptions.join('\n')).toMatch(
      /task binary-classification[\s\S]*47 features[\s\S]*"probabilities"[\s\S]*threshold 0\.5[\s\S]*positive class "1"/,
    );
    expect(run.markdown).toContain('47 features from the model');
    for (const id of ['manifest', 'declared', 'golden'])
      expect(checkOf(verdict, id)).toMatchObject({ role: 'inform', outcome: 'hold', reason: 'missing' });
    expect([verdict.config, verdict.champion, verdict.model]).toEqual([undefined, undefined, 'm.onnx']);
  });

  it('is compared with --against on the same rows', async () => {
    const files = {
      'm.onnx': modelBytes('bank/challenger'),
      'c.onnx': modelBytes('bank/champion'),
      't.csv': bank('test_encoded'),
    };
    const run = await runIn(files, gate('label', '--against', 'c.onnx'));
    const verdict = verdictOf(run);
    expect([run.code, verdict.champion?.path]).toEqual([0, 'c.onnx']);
    expect(checkOf(verdict, 'champion.roc_auc')).toMatchObject({ baselineName: 'champion', outcome: 'pass' });
    expect(checkOf(verdict, 'signature')).toMatchObject({ role: 'gate', outcome: 'pass' });
  });

  it('fails the leaky model against its champion, by name', async () => {
    const files = {
      'm.onnx': modelBytes('bank/leaky'),
      'c.onnx': modelBytes('bank/champion'),
      't.csv': bank('test_encoded'),
    };
    const run = await runIn(files, gate('label', '--against', 'c.onnx'));
    expect([run.code, verdictOf(run).binding]).toEqual([1, 'signature']);
    expect(run.stdout).toContain('"duration"');
  });

  it('feeds 15 inputs by the names of their columns, texts among them', async () => {
    const files = { 'm.onnx': modelBytes('bank/champion-columns'), 't.csv': bank('test') };
    const run = await runIn(files, gate('label', '--id', 'row_id'));
    const verdict = verdictOf(run);
    expect([run.code, verdict.outcome]).toEqual([0, 'pass']);
    expect(verdict.assumptions.join()).toContain('sent to 15 inputs by name');
    const theirs = JSON.parse(readFileSync(`${ROOT}/test/fixtures/bank/champion.metrics.json`, 'utf8')) as {
      metrics: { roc_auc: number };
    };
    expect(checkOf(verdict, 'metrics.roc_auc').measured).toBeCloseTo(theirs.metrics.roc_auc, 6);
  });

  it('takes a regression for what it is', async () => {
    const run = await runIn({ 'm.onnx': modelBytes('bike/challenger'), 't.csv': bike() }, gate('cnt'));
    const verdict = verdictOf(run);
    expect([run.code, verdict.task]).toEqual([0, 'regression']);
    expect(checkOf(verdict, 'champion.mae')).toMatchObject({ baselineName: 'naive', outcome: 'pass' });
  });

  it('fails a model that is worse than the naive predictor', async () => {
    const files = { 'm.onnx': modelBytes('bike/regressed'), 't.csv': bike() };
    const run = await runIn(files, gate('cnt'));
    expect([run.code, verdictOf(run).binding]).toEqual([1, 'champion.mae']);
  });
});

describe('scikit-learn exports as they come', () => {
  it.each([
    ['iris-int', 'zipmap'],
    ['iris-string', 'zipmap'],
    ['iris-int', 'plain'],
    ['iris-string', 'plain'],
  ])('%s with %s labels', async (name, kind) => {
    const { rows = [], labels = [] } = readExpected()[name] ?? {};
    const lines = Array.from({ length: 60 }, (_, i) => [i, ...(rows[i % 5] ?? []), labels[i % 5]].join(','));
    const table = `flower,length,width,petal_length,petal_width,kind\n${lines.join('\n')}\n`;
    const files = { 'm.onnx': modelBytes(`onnx/${name}-${kind}`), 't.csv': table };
    const run = await runIn(files, gate('kind', '--id', 'flower'));
    const verdict = verdictOf(run);
    expect([run.code, verdict.task]).toEqual([0, 'multiclass-classification']);
    expect(checkOf(verdict, 'metrics.accuracy').measured).toBe(1);
    expect(checkOf(verdict, 'label-output').outcome).toBe('pass');
    const bypassed = checkOf(verdict, 'structure').message.includes('ZipMap');
    expect(bypassed).toBe(kind === 'zipmap');
  });
});
