import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelBytes } from '../support/onnx-fixtures.ts';
import { ROOT } from '../support/places.ts';
import { checkOf, runIn, verdictOf } from '../support/run-cli.ts';
import { CONFIGURED, PLAIN, smallArtifact, smallTable, soundModel } from '../support/small-gate.ts';

/** The bank's table with text labels for 0 and 1. */
function churn(): string {
  const [head = '', ...rows] = readFileSync(`${ROOT}/test/fixtures/bank/test_encoded.csv`, 'utf8')
    .trimEnd()
    .split('\n');
  return [head, ...rows.map((row) => row.replace(/,1$/, ',churned').replace(/,0$/, ',stayed'))].join('\n');
}

describe('which class is positive', () => {
  const config = (outputs: string) => `version: 1
models:
  bank:
    task: binary-classification
    artifact: m.onnx
    baseline: none
    outputs: ${outputs}
    data: { test: { path: t.csv, label: label, id: row_id } }
    gates: { metrics: { recall: { min: 0.01, compare: off }, roc_auc: { min: 0.5, compare: off } } }
`;
  const run = (outputs: string) =>
    runIn(
      { 'm.onnx': modelBytes('bank/challenger'), 't.csv': churn(), 'known-good.yml': config(outputs) },
      CONFIGURED,
    );

  it('must be said before recall passes, and need not be for ROC-AUC', async () => {
    const guessed = verdictOf(await run('{ classes: [stayed, churned] }'));
    expect(guessed.outcome).toBe('hold');
    expect(checkOf(guessed, 'metrics.roc_auc.min').outcome).toBe('pass');
    expect(checkOf(guessed, 'metrics.recall.min')).toMatchObject({
      outcome: 'hold',
      reason: 'positive-guessed',
      settle: expect.stringContaining('outputs: { positive: "stayed" }'),
    });
    const said = await run('{ classes: [stayed, churned], positive: churned, threshold: 0.15 }');
    expect([said.code, verdictOf(said).outcome]).toEqual([0, 'pass']);
  });
});

describe('a model that is read by a guess', () => {
  it('does not fail by it: the guess is what is said', async () => {
    const files = { 'm.onnx': modelBytes('bank/equal'), 't.csv': churn() };
    const run = await runIn(files, [
      'gate',
      'm.onnx',
      '--data',
      't.csv',
      '--label',
      'label',
      '--id',
      'row_id',
    ]);
    expect([run.code, verdictOf(run).binding]).toEqual([2, 'label-output.classes']);
    expect(checkOf(verdictOf(run), 'champion.roc_auc').message).toMatch(
      /But it rests on an assumption of which class the model's columns are\.$/,
    );
  });
});

describe('predictions made elsewhere', () => {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const yes = (i * 7) % 10 < 5;
    const ours = (yes ? 0.6 : 0.3) + (i % 97) / 1000;
    const theirs = (yes ? 0.7 : 0.2) + (i % 89) / 1000;
    return { y: yes ? 'yes' : 'no', ours, theirs };
  });
  const table = (head: string, cells: (row: (typeof rows)[number]) => (string | number)[], from = rows) =>
    `${head}\n${from.map((row) => cells(row).join(',')).join('\n')}\n`;
  const gate = ['gate', '--predictions', 'p.csv', '--label', 'y'];

  it('thirty rows sixty times are thirty rows', async () => {
    const copies = Array.from({ length: 60 }, () => rows.slice(0, 30)).flat();
    const csv = table('y,challenger,champion', ({ y, ours, theirs }) => [y, theirs, ours], copies);
    const run = await runIn({ 'p.csv': csv }, gate);
    expect(run.code).toBe(2);
    expect(checkOf(verdictOf(run), 'data.repeated_rows')).toMatchObject({ role: 'gate', outcome: 'hold' });
  });

  it('a champion that is called otherwise is not passed over', async () => {
    const csv = table('y,challenger,Champion', ({ y, ours, theirs }) => [y, ours, theirs]);
    const run = await runIn({ 'p.csv': csv }, gate);
    expect([run.code, run.stderr]).toEqual([
      65,
      expect.stringContaining('"Champion" looks like one. Name it with --champion "Champion", or say'),
    ]);
    const alone = await runIn({ 'p.csv': csv }, [...gate, '--champion', 'none']);
    expect(verdictOf(alone).assumptions.join()).toContain('compared with the naive predictor');
  });

  it('a column of one class is read as that class', async () => {
    const plain = table('y,challenger,champion', ({ y, ours, theirs }) => [y, ours, theirs]);
    const suffixed = table('y,challenger,champion.no', ({ y, ours, theirs }) => [y, ours, 1 - theirs]);
    const [one, other] = await Promise.all([plain, suffixed].map((csv) => runIn({ 'p.csv': csv }, gate)));
    const brier = [one, other].map(
      (run) => checkOf(verdictOf(run!), 'champion.brier').baseline ?? Number.NaN,
    );
    expect(brier[1]).toBeCloseTo(brier[0]!, 12);
  });
});

describe('copies', () => {
  it('do not become cases by a column that only slices them', async () => {
    const [head = '', ...rows] = smallTable({ rows: 20 }).trimEnd().split('\n');
    const copies = Array.from({ length: 50 }, () => rows).flat();
    const csv = [`${head},seg`, ...copies.map((row, i) => `${row},s${i}`), ''].join('\n');
    const run = await runIn({ 'm.onnx': soundModel(), 't.csv': csv }, [...PLAIN, '--slice', 'seg']);
    expect(checkOf(verdictOf(run), 'data.repeated_rows')).toMatchObject({ role: 'gate', outcome: 'hold' });
  });
});

describe('a config that gates no metric', () => {
  it('holds', async () => {
    const { 'known-good.yml': config = '', ...files } = smallArtifact({});
    const none = String(config).replace(
      'accuracy: { min: 0.01, compare: off }',
      'accuracy: { compare: off }',
    );
    const run = await runIn({ ...files, 'known-good.yml': none }, CONFIGURED);
    expect([run.code, verdictOf(run).binding]).toEqual([2, 'metrics.none']);
  });
});
