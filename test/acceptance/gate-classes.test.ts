import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectClean } from '../support/expect-clean.ts';
import { modelBytes } from '../support/onnx-fixtures.ts';
import { ROOT } from '../support/places.ts';
import { checkOf, runIn, verdictOf } from '../support/run-cli.ts';
import { PLAIN, smallArtifact, smallTable, soundModel } from '../support/small-gate.ts';

const bank = () => readFileSync(`${ROOT}/test/fixtures/bank/test_encoded.csv`, 'utf8').trimEnd();

/** The bank's table with other labels for 0 and 1. */
function labelled(no: string, yes: string): string {
  const [head = '', ...rows] = bank().split('\n');
  return [head, ...rows.map((row) => row.replace(/,1$/, `,${yes}`).replace(/,0$/, `,${no}`))].join('\n');
}
const gate = (...more: string[]) =>
  ['gate', 'm.onnx', '--data', 't.csv', '--label', 'label', '--id', 'row_id', ...more] as const;

describe('a model whose columns nobody names', () => {
  // The file of this model names no classes; its first column is that of "stayed".
  const files = () => ({ 'm.onnx': modelBytes('bank/equal'), 't.csv': labelled('stayed', 'churned') });

  it('never passes, and the report says what was assumed and what to type', async () => {
    const run = await runIn(files(), gate());
    const verdict = verdictOf(run);
    expectClean(run);
    expect(verdict.outcome).not.toBe('pass');
    expect(checkOf(verdict, 'label-output.classes')).toMatchObject({
      outcome: 'hold',
      message: expect.stringContaining('column 0 = "churned", column 1 = "stayed"'),
      settle: expect.stringContaining('--classes "churned,stayed"'),
    });
    expect(run.stdout).toContain('column 0 = "churned", column 1 = "stayed" (assumed');
  });

  it('is read as --classes says', async () => {
    const verdict = verdictOf(await runIn(files(), gate('--classes', 'stayed,churned')));
    expect(verdict.checks.filter(({ id }) => id === 'label-output.classes')).toEqual([]);
    expect(verdict.assumptions).toContain('column 0 = "stayed", column 1 = "churned" (as configured)');
    expect(checkOf(verdict, 'champion.roc_auc').outcome).toBe('pass');
  });

  it.each(['stayed', 'stayed,', 'stayed,stayed'])('refuses --classes %s', async (classes) => {
    const run = await runIn(files(), gate('--classes', classes));
    expect([run.code, run.stderr]).toEqual([
      64,
      expect.stringContaining('--classes names two labels or more'),
    ]);
  });
});

describe('a model whose file names other classes than the table', () => {
  it('is not mapped by position, until --classes gives the order', async () => {
    const files = { 'm.onnx': modelBytes('bank/challenger'), 't.csv': labelled('stayed', 'churned') };
    const mixed = await runIn(files, gate());
    expect([mixed.code, mixed.stdout.replaceAll(/\s+/g, ' ')]).toEqual([
      3,
      expect.stringContaining(
        'The model\'s classes are "0", "1", and the labels of the table are "churned", "stayed".',
      ),
    ]);
    const said = await runIn(files, gate('--classes', 'stayed,churned'));
    expect([said.code, verdictOf(said).outcome]).toEqual([0, 'pass']);
  });

  it('takes the booleans of pandas for 0 and 1', async () => {
    const files = { 'm.onnx': modelBytes('bank/challenger'), 't.csv': labelled('False', 'True') };
    const run = await runIn(files, gate());
    expect([run.code, verdictOf(run).assumptions.join('; ')]).toEqual([
      0,
      expect.stringContaining('labels "False", "True" read as 0 and 1 in "label"'),
    ]);
  });
});

describe('one number for labels that are texts', () => {
  it('holds until the positive class is named', async () => {
    const files = { 'm.onnx': soundModel(), 't.csv': smallTable({ classes: ['bad', 'good'] }) };
    const held = await runIn(files, PLAIN);
    expect(checkOf(verdictOf(held), 'label-output.classes').settle).toContain('--positive "good"');
    const said = verdictOf(await runIn(files, [...PLAIN, '--positive', 'good']));
    expect(said.checks.filter(({ id }) => id === 'label-output.classes')).toEqual([]);
  });
});

describe('tables that hide something', () => {
  it('of predictions without a number for the champion name row and column', async () => {
    for (const [cell, saw] of [
      ['NaN', 'there is no number, saw "NaN"'],
      ['', 'there is no number, saw ""'],
      ['high', 'expected a number, saw "high"'],
    ] as const) {
      const csv = `y,challenger,champion\n1,0.9,0.8\n0,0.2,${cell}\n`;
      const run = await runIn({ 'p.csv': csv }, ['gate', '--predictions', 'p.csv', '--label', 'y']);
      expect([run.code, run.stderr]).toEqual([
        65,
        `known-good: p.csv, line 3, column "champion": ${saw}. Write a finite number in every row.\n`,
      ]);
    }
  });

  it('with a number too large for float32 are an error by row and column', async () => {
    const files = { 'm.onnx': soundModel(), 't.csv': smallTable().replace('r3,0.15', 'r3,1e39') };
    const run = await runIn(files, PLAIN);
    expect([run.code, run.stdout.replaceAll(/\s+/g, ' ')]).toEqual([
      3,
      expect.stringContaining('"a", and row 4 of the table holds 1e+39, which is too large for float32'),
    ]);
  });

  it('where the features fit only with an id hold', async () => {
    const numbered = smallTable().replaceAll(/^r/gm, '');
    const table = numbered
      .split('\n')
      .map((line) => line.split(','))
      .map(([id, , b, c, , y]) => [id, b, c, y].join(','))
      .join('\n');
    const run = await runIn({ 'm.onnx': soundModel(), 't.csv': table.replace(/,+$/, '') }, PLAIN.slice(0, 6));
    expect(checkOf(verdictOf(run), 'signature.features')).toMatchObject({
      outcome: 'hold',
      message:
        'The model takes 3 features, and the table has as many columns only with "id", which looks like an id, a date or a split. Assumed: they are features.',
    });
  });
});

describe('a config at its usual place', () => {
  it('is read from a folder below, its paths from the root of the repository', async () => {
    const { 'known-good.yml': config = '', ...others } = smallArtifact({});
    const files = { ...others, '.github/known-good.yml': config, 'below/here.txt': '' };
    const at = await runIn(files, ['gate', '--config', '.github/known-good.yml']);
    expect([at.code, verdictOf(at).outcome]).toEqual([0, 'pass']);
    const below = Object.fromEntries(Object.entries(files).map(([name, text]) => [`repo/${name}`, text]));
    const run = await runIn(below, ['gate', '--config', 'repo/.github/known-good.yml']);
    expect([run.code, verdictOf(run).artifact?.path]).toEqual([0, 'repo/artifact']);
  });
});
