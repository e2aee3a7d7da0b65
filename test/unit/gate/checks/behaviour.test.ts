import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../../src/core/fact.ts';
import type { Sample } from '../../../../src/core/task.ts';
import { checkDeterminism } from '../../../../src/gate/checks/determinism.ts';
import { checkLabelOutput } from '../../../../src/gate/checks/label-output.ts';
import { checkSmoke } from '../../../../src/gate/checks/smoke.ts';
import { checkStructure } from '../../../../src/gate/checks/structure.ts';
import type { PeculiarProbe, ProbeAnswer, Probes } from '../../../../src/gate/facts.ts';
import type { Answers } from '../../../../src/gate/mapping/answers.ts';
import type { LabelScheme } from '../../../../src/gate/mapping/to-sample.ts';
import {
  answersOf,
  binarySample,
  gateFacts,
  PROBES,
  settingsOf,
  sideOf,
  tableFacts,
  WHY,
} from '../../../support/gate-facts.ts';

const smoke = (probes: Partial<Probes>, missing?: 'answer' | 'refused') =>
  checkSmoke(
    gateFacts({ probes: { ...PROBES, ...probes } }),
    settingsOf({}, missing === undefined ? {} : { missing }),
  );
const of = (checks: ReturnType<typeof smoke>, id: string) => checks.find((check) => check.id === id)!;

describe('batches', () => {
  const answered = (rows: number): ProbeAnswer => ({ kind: 'answered', rows, nonFinite: 0 });
  const refused: ProbeAnswer = { kind: 'refused', message: 'bad shape' };
  it.each<[string, number, ProbeAnswer, string]>([
    ['one row answered', 1, answered(1), 'pass'],
    ['no row, none answered', 0, answered(0), 'pass'],
    ['no row, refused', 0, refused, 'pass'],
    ['no row, one answered', 0, answered(1), 'fail'],
    ['many refused', 1000, refused, 'fail'],
    ['one refused', 1, refused, 'fail'],
    ['fewer answers than rows', 1000, answered(999), 'fail'],
    ['one answer for all', 1000, answered(1), 'fail'],
  ])('%s', (_, ...[rows, answer, outcome]) => {
    const batches = [
      { rows, result: known(answer) },
      { rows: 7, result: known(answered(7)) },
    ];
    expect(of(smoke({ batches }), 'smoke.batches')).toMatchObject({ role: 'gate', outcome });
  });
  it('that killed the process are an error, and say why once', () => {
    const batches = [
      { rows: 0, result: known(refused) },
      { rows: 1, result: unknown(WHY) },
      { rows: 7, result: unknown(WHY) },
    ];
    expect(of(smoke({ batches }), 'smoke.batches')).toMatchObject({ outcome: 'error', message: WHY });
  });
  it('that are all refused are an error: nothing is known of the batch size', () => {
    const batches = [0, 1, 7].map((rows) => ({ rows, result: known(refused) }));
    const check = of(smoke({ batches }), 'smoke.batches');
    expect(check).toMatchObject({ outcome: 'error', message: 'The model refuses every batch: bad shape' });
  });
});

describe('a missing value', () => {
  const probe = (more: Partial<PeculiarProbe>) => ({
    missing: known({ rows: 2, nonFinite: [], refused: [], ...more }),
  });
  it.each<[string, Partial<PeculiarProbe>, 'answer' | 'refused' | undefined, string, string]>([
    ['answered', {}, 'answer', 'gate', 'pass'],
    ['NaN, where an answer is asked for', { nonFinite: ['a'] }, 'answer', 'gate', 'fail'],
    ['refused, where an answer is asked for', { refused: ['a'] }, 'answer', 'gate', 'fail'],
    ['NaN, where serving refuses', { nonFinite: ['a'] }, 'refused', 'inform', 'pass'],
    ['NaN, where nobody says', { nonFinite: ['a'] }, undefined, 'inform', 'hold'],
    ['refused, where nobody says', { refused: ['a'] }, undefined, 'inform', 'pass'],
  ])('%s', (_, ...[seen, missing, role, outcome]) => {
    expect(of(smoke(probe(seen), missing), 'smoke.missing')).toMatchObject({ role, outcome });
  });
});

describe('probabilities', () => {
  const sample = binarySample(1500, 0.5);
  const bent = (by: number) => {
    const answers = answersOf(sample);
    answers.numbers[1] = (answers.numbers[1] ?? 0) + by;
    return checkSmoke(
      gateFacts({ data: [tableFacts({ challenger: known({ sample, answers }) })] }),
      settingsOf(),
    )[0]!;
  };
  it.each([
    [0, 'pass'],
    [5e-5, 'pass'],
    [2e-4, 'fail'],
    [-2e-4, 'fail'],
    [Number.NaN, 'fail'],
  ])('whose sum is off by %d', (by, outcome) => expect(bent(by).outcome).toBe(outcome));
});

describe('the same rows again', () => {
  const twice = (largest: number) =>
    checkDeterminism(
      gateFacts({
        probes: {
          ...PROBES,
          twice: known({ rows: 9, differing: 1, largest }),
          alone: known({ rows: 9, differing: 1, largest }),
        },
      }),
      settingsOf(),
    ).map(({ outcome }) => outcome);
  it.each<[number, string[]]>([
    [0, ['pass', 'pass']],
    [1e-9, ['fail', 'pass']],
    [1e-4, ['fail', 'pass']],
    [1.1e-4, ['fail', 'fail']],
    [Number.MAX_VALUE, ['fail', 'fail']],
  ])('may differ by %d: twice, alone', (largest, outcomes) => expect(twice(largest)).toEqual(outcomes));
});

describe('the label output', () => {
  const scheme = (classes: string[]): LabelScheme => ({ task: 'multiclass-classification', classes });
  const binary = (negative: string, positive: string, classes = [negative, positive]): LabelScheme => ({
    task: 'binary-classification',
    negative,
    positive,
    threshold: 0.5,
    classes,
  });
  const at = (threshold: number): LabelScheme => ({ ...binary('0', '1'), threshold }) as LabelScheme;
  const configured = (own: LabelScheme): LabelScheme =>
    own.task === 'regression' ? own : { ...own, classesFrom: 'config' };
  function run(numbers: number[], labels: string[] | undefined, own: LabelScheme) {
    const rows = labels?.length ?? 2;
    const answers: Answers = {
      rows,
      width: numbers.length / rows,
      numbers: Float64Array.from(numbers),
      labels,
    };
    const sample: Sample = binarySample(rows);
    const facts = gateFacts({
      data: [tableFacts({ rows, scheme: known(own), challenger: known({ sample, answers }) })],
    });
    return checkLabelOutput(facts, settingsOf()).find((check) => check.id === 'label-output')?.outcome;
  }
  it.each<[string, number[], string[] | undefined, LabelScheme, string | undefined]>([
    ['is the most probable class', [0.2, 0.8, 0.9, 0.1], ['1', '0'], binary('0', '1'), 'pass'],
    ['is the other one', [0.2, 0.8, 0.9, 0.1], ['0', '0'], binary('0', '1'), 'fail'],
    ['either of a tie', [0.5, 0.5, 0.5, 0.5], ['0', '1'], binary('0', '1'), 'pass'],
    ['nearly a tie in float32', [0.5, 0.5000005], ['0'], binary('0', '1'), 'pass'],
    ['no class at all', [0.2, 0.8], ['9'], binary('0', '1'), 'hold'],
    ['of one column', [0.8, 0.1], ['1', '0'], binary('0', '1'), 'pass'],
    ['of one column, turned round', [0.8, 0.1], ['0', '1'], binary('0', '1'), 'fail'],
    ['of one column, whatever the order of the classes', [0.8], ['1'], binary('0', '1', ['1', '0']), 'pass'],
    ['of texts', [0.2, 0.8], ['yes'], binary('no', 'yes'), 'pass'],
    ['by number, where nobody orders the texts', [0.2, 0.8], ['1'], binary('no', 'yes'), undefined],
    ['by number, of configured texts', [0.2, 0.8], ['1'], configured(binary('no', 'yes')), 'pass'],
    ['by number, the wrong one', [0.2, 0.8], ['0'], configured(binary('no', 'yes')), 'fail'],
    ['a decision at another threshold', [0.8, 0.2, 0.6, 0.4], ['0', '1'], binary('0', '1'), 'hold'],
    ['of one column, a decision at another threshold', [0.2, 0.4], ['0', '1'], binary('0', '1'), 'hold'],
    ['a decision at the one that is measured', [0.8, 0.2, 0.6, 0.4], ['0', '1'], at(0.3), 'pass'],
    ['of columns the other way round', [0.2, 0.8, 0.9, 0.1], ['0', '1'], binary('0', '1'), 'hold'],
    [
      'the other way round, as configured',
      [0.2, 0.8, 0.9, 0.1],
      ['0', '1'],
      configured(binary('0', '1')),
      'fail',
    ],
    ['with classes in the wrong order', [0.1, 0.2, 0.7], ['c'], scheme(['c', 'b', 'a']), 'fail'],
    ['of three classes', [0.1, 0.2, 0.7], ['c'], scheme(['a', 'b', 'c']), 'pass'],
    ['that is not there', [0.1, 0.9], undefined, binary('0', '1'), undefined],
  ])('%s', (_, ...[numbers, labels, own, outcome]) => expect(run(numbers, labels, own)).toBe(outcome));
});

describe('the structure', () => {
  it('of a refused file fails by its first problem', () => {
    const challenger = sideOf({ problems: [{ code: 'cycle', message: 'It is a cycle.' }] });
    expect(checkStructure(gateFacts({ challenger }), settingsOf())).toMatchObject([
      { outcome: 'fail', reason: 'cycle', role: 'gate' },
    ]);
  });
  it.each([
    ['measured', 'gate', 'fail'],
    ['any', 'inform', 'hold'],
  ] as const)('of predictions made elsewhere, where %s is asked for', (predictions, role, outcome) => {
    const facts = gateFacts({ challenger: undefined, predictions: 'elsewhere' });
    expect(checkStructure(facts, settingsOf({}, { predictions }))).toMatchObject([
      { role, outcome, reason: 'predicted-elsewhere' },
    ]);
  });
});

describe('a model of very many features', () => {
  it('is said not to have been tried on all of them, whatever came of the others', () => {
    const base: PeculiarProbe = { rows: 200, nonFinite: [], refused: [], untried: 312 };
    const said = (missing: Partial<PeculiarProbe>) => {
      const probes = { ...PROBES, missing: known({ ...base, ...missing }) };
      return checkSmoke(gateFacts({ probes }), settingsOf()).find(({ id }) => id === 'smoke.missing')
        ?.message;
    };
    const rest = 'Tried on the first 200 of 512 features.';
    expect(said({})).toBe(
      `With a missing value in any feature that was tried (200 rows) the answer stays finite. ${rest}`,
    );
    expect(said({ nonFinite: ['f3'] })).toContain(rest);
    expect(said({ refused: ['f3'] })).toContain(rest);
  });
});
