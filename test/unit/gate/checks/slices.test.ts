import { describe, expect, it } from 'vitest';
import { unknown } from '../../../../src/core/fact.ts';
import type { Sample } from '../../../../src/core/task.ts';
import { checkSlices } from '../../../../src/gate/checks/slices.ts';
import type { DataFacts, GateFacts } from '../../../../src/gate/facts.ts';
import type { GateSettings } from '../../../../src/gate/settings.ts';
import { gateFacts, measured, settingsOf, tableFacts, WHY } from '../../../support/gate-facts.ts';

const ROWS = 4000;
const labels = Uint8Array.from({ length: ROWS }, (_, i) => i % 2);
/** Right on every row but those where `wrong` says so. */
function sample(wrong: (row: number) => boolean): Sample {
  const decisions = labels.map((label, i) => (wrong(i) ? 1 - label : label));
  return { task: 'binary-classification', labels, scores: Float64Array.from(decisions), decisions };
}
const group = (names: readonly string[]) => Array.from(labels, (_, i) => names[i % names.length] ?? '');

interface Wish {
  values: readonly string[];
  wrong?: (row: number) => boolean;
  slices?: Partial<GateSettings['slices']>;
  data?: Partial<DataFacts>;
  more?: Partial<GateFacts>;
}

function run({ values, wrong = () => false, slices = {}, data = {}, more = {} }: Wish) {
  const table = tableFacts({
    rows: ROWS,
    slices: [{ name: 'g', values }],
    challenger: measured(sample(wrong)),
    champion: measured(sample((i) => i % 20 === 0)),
    ...data,
  });
  const settings = settingsOf({ accuracy: { maxDrop: 0.02 } });
  return checkSlices(gateFacts({ data: [table], ...more }), {
    ...settings,
    slices: { ...settings.slices, ...slices },
  });
}

const four = group(['a', 'b', 'c', 'd']);

describe('harm on a slice', () => {
  it('fails where it is proved, and names the slice', () => {
    const [summary, ...rows] = run({ values: four, wrong: (i) => i % 4 === 1 && i % 3 === 0 });
    expect(summary).toMatchObject({
      id: 'slices',
      role: 'gate',
      outcome: 'fail',
      reason: 'harm-proved',
      n: ROWS,
    });
    expect(summary?.unit).toBe(undefined);
    expect(summary?.message).toMatch(/on 1 slice of 4: "g = b"/);
    expect(rows.filter((row) => row.outcome === 'fail').map((row) => row.subject)).toEqual(['g = b']);
    expect(rows.find((row) => row.outcome === 'fail')?.message).toMatch(/proved to be worse than allowed/);
  });

  it('is not called too small to tell on the same slice', () => {
    const [summary] = run({
      values: four.map((each, i) => (i < 200 ? 'few' : each)),
      wrong: (i) => i < 200 && i % 2 === 0,
    });
    expect(summary).toMatchObject({
      outcome: 'fail',
      message: expect.stringMatching(/is proved on 1 slice of 5: "g = few"/),
    });
    expect(summary?.message).not.toMatch(/Too few.*"g = few"/);
  });

  it('passes where nothing is proved', () => {
    const [summary] = run({ values: four, wrong: (i) => i % 20 === 0 });
    expect(summary).toMatchObject({ outcome: 'pass', reason: 'no-harm-proved' });
  });

  it('proved for one slice alone does not fail among fifty', () => {
    const fifty = group(Array.from({ length: 50 }, (_, i) => `v${String(i).padStart(2, '0')}`));
    const unlucky = (i: number) => i % 50 === 7 && i % 16 === 7;
    const alone = run({ values: fifty.map((each) => (each === 'v07' ? 'v07' : 'rest')), wrong: unlucky });
    const among = run({ values: fifty, wrong: unlucky });
    const of = (checks: typeof alone) => checks.find((each) => each.subject === 'g = v07')!;
    expect([of(alone).measured, of(alone).interval]).toEqual([of(among).measured, of(among).interval]);
    expect([alone[0]?.outcome, of(alone).outcome]).toEqual(['fail', 'fail']);
    expect([among[0]?.outcome, of(among).outcome]).toEqual(['pass', 'hold']);
    expect(of(among).message).toMatch(/among all the slices tested/);
    expect(of(among).message).not.toMatch(/proved to be worse than allowed/);
  });
});

describe('slices that are too small', () => {
  const values = four.map((each, i) => (i < 30 ? 'few' : each));
  it('are named, and hold only where they must be proved', () => {
    const [shown, ...rows] = run({ values });
    expect(shown).toMatchObject({
      outcome: 'pass',
      message: expect.stringMatching(/Nothing can be told of: .*"g = few"/),
    });
    expect(rows.find((row) => row.subject === 'g = few')).toMatchObject({
      role: 'inform',
      outcome: 'hold',
      n: 30,
    });
    const [proved, ...own] = run({ values, slices: { require: 'proved' } });
    expect(proved).toMatchObject({ outcome: 'hold', role: 'gate', reason: 'not-proved' });
    expect(own.find((row) => row.subject === 'g = few')).toMatchObject({ role: 'gate', outcome: 'hold' });
  });

  it('and too many are cut to the hundred largest, which the summary says', () => {
    const many = Array.from({ length: ROWS }, (_, i) => (i < 3000 ? `big${i % 30}` : `small${i % 200}`));
    const [summary, ...rows] = run({ values: many });
    expect(rows).toHaveLength(100);
    expect(run({ values: many, slices: { require: 'proved' } })[0]?.outcome).toBe('hold');
    expect(summary?.message).toMatch(
      /Of "g" only the 100 largest slices were tested; 130 smaller ones with 650 rows were left out/,
    );
    expect(summary?.message).toMatch(/over 30 tests/);
  });

  it('are one slice where cells are empty', () => {
    const [, ...rows] = run({ values: group(['a', '']) });
    expect(rows.map((row) => row.subject)).toEqual(['g is empty', 'g = a']);
  });
});

describe('slices that cannot be compared', () => {
  const absent = { data: { champion: undefined } };
  it.each<[string, Omit<Wish, 'values'>, { role: string; outcome: string; reason: string }]>([
    [
      'columns that are missing',
      { data: { slicesMissing: WHY } },
      { role: 'gate', outcome: 'error', reason: 'missing-slices' },
    ],
    ['no champion', absent, { role: 'inform', outcome: 'hold', reason: 'no-champion' }],
    [
      'no champion, but proof',
      { ...absent, slices: { require: 'proved' } },
      { role: 'gate', outcome: 'hold', reason: 'no-champion' },
    ],
    [
      'an asked champion',
      { ...absent, more: { noChampion: { asked: true, why: WHY } } },
      { role: 'gate', outcome: 'hold', reason: 'no-champion' },
    ],
    [
      'an unmeasured champion',
      { data: { champion: unknown(WHY) } },
      { role: 'gate', outcome: 'hold', reason: 'no-champion' },
    ],
  ])('%s', (_, wish, expected) => {
    expect(run({ values: four, ...wish })[0]).toMatchObject(expected);
  });

  it('a margin for a metric without an interval holds', () => {
    const checks = run({ values: four, slices: { maxDrop: { f1: 0.1 } } });
    expect(checks.at(-1)).toMatchObject({
      id: 'slices.f1',
      role: 'gate',
      outcome: 'hold',
      reason: 'not-comparable',
    });
  });

  it('no margin at all is said', () => {
    const facts = gateFacts({ data: [tableFacts({ slices: [{ name: 'g', values: four.slice(0, 1500) }] })] });
    expect(checkSlices(facts, settingsOf({ accuracy: { min: 0.5 } }))).toMatchObject([
      { outcome: 'hold', reason: 'no-margin' },
    ]);
  });
});
