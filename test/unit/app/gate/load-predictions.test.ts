import { describe, expect, it } from 'vitest';
import type { PredictionsRequest } from '../../../../src/app/gate/gate-request.ts';
import { loadGate } from '../../../../src/app/gate/load-facts.ts';
import { evaluateGate } from '../../../../src/gate/evaluate-gate.ts';
import { DEFAULT_SETTINGS } from '../../../../src/gate/settings.ts';
import { judge } from '../../../../src/gate/verdict.ts';
import { memoryFiles, memoryModels, memoryTables } from '../../../support/memory-ports.ts';

async function run(csv: string, predictions: Partial<PredictionsRequest> = {}, more: object = {}) {
  const texts = { 'p.csv': csv };
  const ports = {
    files: memoryFiles(texts),
    tables: memoryTables(texts),
    models: memoryModels({}),
    progress: () => undefined,
  };
  const request = {
    model: 'm',
    inputs: {},
    outputs: {},
    data: [],
    slices: [],
    settings: DEFAULT_SETTINGS,
    defaultGates: true,
  };
  const loaded = await loadGate(
    {
      ...request,
      predictions: { path: 'p.csv', challenger: 'new', champion: 'old', ...predictions },
      ...more,
    },
    ports,
  );
  const checks = evaluateGate(loaded.facts, loaded.settings);
  return { ...loaded, data: loaded.facts.data[0]!, checks, outcome: judge(checks).outcome };
}
const sampleOf = (fact: Awaited<ReturnType<typeof run>>['data']['champion']) =>
  fact?.known ? fact.value.sample : fact?.why;

describe('predictions made elsewhere', () => {
  it('of two classes', async () => {
    const { facts, data } = await run('y,new,old\n1,0.9,0.8\n0,0.2,0.1\n', { label: 'y' });
    expect(facts).toMatchObject({
      predictions: 'elsewhere',
      challenger: undefined,
      task: { value: 'binary-classification' },
    });
    expect(sampleOf(data.challenger)).toMatchObject({
      labels: Uint8Array.of(1, 0),
      scores: Float64Array.of(0.9, 0.2),
    });
    expect(sampleOf(data.champion)).toMatchObject({ scores: Float64Array.of(0.8, 0.1) });
  });

  it('of several classes, whose champion has them in another order', async () => {
    const csv =
      'y,new.a,new.b,new.c,old.c,old.a,old.b\na,0.7,0.2,0.1,0.3,0.6,0.1\nc,0.1,0.1,0.8,0.9,0.05,0.05\nb,0,1,0,0,0,1\n';
    const { data } = await run(csv, { label: 'y' });
    expect(sampleOf(data.challenger)).toMatchObject({
      labels: Int32Array.of(0, 2, 1),
      decisions: Int32Array.of(0, 2, 1),
    });
    expect(sampleOf(data.champion)).toMatchObject({
      decisions: Int32Array.of(0, 2, 1),
      probabilities: Float64Array.of(0.6, 0.1, 0.3, 0.05, 0.05, 0.9, 0, 1, 0),
    });
  });

  it.each([
    ['y,new.a,new.b,new.c,old.a,old.b\na,1,0,0,1,0\n', /same classes .*no "old\.c"/],
    ['y,new.a,new.b,old.a,old.b,old.c\na,1,0,1,0,0\n', /same classes .*"old\.c" beyond/],
  ])('of other classes than the champion are refused', async (csv, sentence) => {
    await expect(run(csv, { label: 'y' })).rejects.toThrow(sentence);
  });

  it('of a regression', async () => {
    const { data, facts } = await run('y,new,old\n1.5,1,2\n7,7,7\n3,3,3\n', { label: 'y' });
    expect(facts.task).toMatchObject({ value: 'regression' });
    expect(sampleOf(data.challenger)).toMatchObject({
      labels: Float64Array.of(1.5, 7, 3),
      predictions: Float64Array.of(1, 7, 3),
    });
  });

  it.each([
    ['y,new,old\n1,1.2,0.8\n0,0.2,0.1\n', /Not a probability: 1\.2/],
    ['y,new,old\n1,,0.8\n0,0.2,0.1\n', /not finite \(first: NaN at row 1\)/],
    ['y,new,old\n,0.9,0.8\n0,0.2,0.1\n', /has no label/],
  ])('that cannot be measured say why, and never pass', async (csv, sentence) => {
    const { data, outcome } = await run(csv, { label: 'y' }, { task: 'binary-classification' });
    expect(sampleOf(data.challenger)).toMatch(sentence);
    expect(outcome).toBe('error');
  });

  it('without a column of the challenger, or the champion that was named, are refused', async () => {
    await expect(run('y,other\n1,1\n', { label: 'y' })).rejects.toThrow(/no column "new".*saw "y", "other"/);
    await expect(run('y,new\n1,1\n', { label: 'y' })).rejects.toThrow(/no column "old".*--champion none/);
    const { facts } = await run('y,new\n1,0.5\n0,0.1\n', { label: 'y', championGuessed: true });
    expect(facts.noChampion).toMatchObject({ asked: false });
  });
});

describe('a header that names classes', () => {
  const rows = [
    ['yes', 0.9, 0.7],
    ['no', 0.2, 0.4],
  ] as const;
  const table = (head: string, cells: (p: number, q: number) => number[]) =>
    `${head}\n${rows.map(([y, p, q]) => [y, ...cells(p, q)].join(',')).join('\n')}\n`;
  const scores = [
    { scores: Float64Array.of(0.9, 0.2) },
    { scores: [expect.closeTo(0.7, 12), expect.closeTo(0.4, 12)] },
  ];

  it.each<[string, string]>([
    ['one class for each side', table('y,new.yes,old.no', (p, q) => [p, 1 - q])],
    ['two and one', table('y,new.no,new.yes,old.no', (p, q) => [1 - p, p, 1 - q])],
    ['one and two', table('y,new.yes,old.no,old.yes', (p, q) => [p, 1 - q, q])],
    ['none and two, in another order', table('y,new,old.yes,old.no', (p, q) => [p, q, 1 - q])],
    ['none and one', table('y,new,old.no', (p, q) => [p, 1 - q])],
  ])('counts column by column: %s', async (_, csv) => {
    const { data } = await run(csv, { label: 'y' });
    const [ours, theirs] = [sampleOf(data.challenger), sampleOf(data.champion)];
    expect(ours).toMatchObject(scores[0]!);
    expect({ scores: [...(typeof theirs === 'object' && 'scores' in theirs ? theirs.scores : [])] }).toEqual(
      scores[1],
    );
  });

  it('of one column is no assumption, whatever the classes are called', async () => {
    const csv = 'y,new.b\na,0.2\nb,0.9\na,0.1\nb,0.7\n';
    const { checks, assumptions } = await run(csv, { label: 'y', championGuessed: true });
    expect(checks.filter(({ reason }) => reason === 'classes-assumed')).toEqual([]);
    expect(assumptions).toContain('column 0 = "a", column 1 = "b" (from the table\'s header)');
  });

  it('that no label is called are an error', async () => {
    const { data, outcome } = await run(
      table('y,new.yep,old', (p, q) => [p, q]),
      { label: 'y' },
    );
    expect(sampleOf(data.challenger)).toMatch(
      /"new\.yep" names a class that no label is called \("no", "yes"\)/,
    );
    expect(outcome).toBe('error');
  });
});

describe('a champion that nobody named', () => {
  it.each(['Old', 'old_model.yes', 'odl', 'my_old'])('and may be %s is refused', async (name) => {
    const csv = `y,new,${name}\n1,0.5,0.5\n0,0.1,0.2\n`;
    await expect(run(csv, { label: 'y', championGuessed: true })).rejects.toThrow(
      `has no column "old", and "${name}" looks like one. Name it with --champion "${name.split('.')[0]}", or say that there is none: --champion none.`,
    );
  });

  it('and is not there is said before all else', async () => {
    const { assumptions } = await run('y,new,age\n1,0.5,3\n0,0.1,4\n', { label: 'y', championGuessed: true });
    expect(assumptions[0]).toMatch(/^compared with the naive predictor/);
  });
});

describe('copies of predictions', () => {
  const csv = (id: boolean) =>
    `id,y,new,old\n${Array.from({ length: 200 }, (_, i) => `${id ? i : ''},${i % 2},${(i % 10) / 10},0.5`).join('\n')}\n`;

  it('are no evidence, unless each row has an id', async () => {
    const find = async (wish: Partial<PredictionsRequest>) =>
      (await run(csv(true), { label: 'y', ...wish })).checks.find(({ id }) => id === 'data.repeated_rows');
    expect(await find({})).toMatchObject({
      role: 'gate',
      outcome: 'hold',
      message: expect.stringContaining(
        '190 rows of 200 (95 %) repeat an earlier row in label and predictions',
      ),
      settle: expect.stringContaining('--id COLUMN'),
    });
    expect(await find({ id: 'id' })).toMatchObject({ role: 'inform', outcome: 'pass' });
  });
});

describe('scores', () => {
  const csv = (low: number, better: number) =>
    `id,new,old\n${Array.from({ length: 1500 }, (_, i) => {
      const score = low + (i % 10) / 20;
      return `${i},${score + better},${score + (i % 3) / 100}`;
    }).join('\n')}\n`;

  it('in [0, 1] are proved by that range, which is printed', async () => {
    const { outcome, assumptions, checks } = await run(csv(0, 0.1), { id: 'id' });
    expect(assumptions.join()).toMatch(/scores lie from 0 to 1/);
    expect(checks.find(({ id }) => id === 'champion.mean_score')).toMatchObject({
      outcome: 'pass',
      baselineName: 'champion',
    });
    expect(outcome).toBe('pass');
  });

  it('that are worse fail', async () => expect((await run(csv(0.3, -0.2))).outcome).toBe('fail'));

  it('beyond [0, 1] hold, for want of a range', async () => {
    const { outcome, checks } = await run(csv(3, 0.1));
    expect(checks.find(({ id }) => id === 'champion.mean_score')).toMatchObject({
      outcome: 'hold',
      reason: 'no-bound',
    });
    expect(outcome).toBe('hold');
  });

  it('with a range of their own are proved, and one beyond it is an error in a sentence', async () => {
    const settings = (high: number) => ({
      ...DEFAULT_SETTINGS,
      metrics: {
        mean_score: { maxDrop: 0.1, compare: 'champion', decide: 'interval', bound: { low: 0, high } },
      },
    });
    expect(
      (await run(csv(3, 0.1), { id: 'id' }, { settings: settings(5), defaultGates: false })).outcome,
    ).toBe('pass');
    const beyond = await run(csv(3, 0.1), {}, { settings: settings(3.2), defaultGates: false });
    expect(beyond.outcome).toBe('error');
    expect(beyond.checks.find(({ outcome }) => outcome === 'error')?.message).toMatch(
      /outside the declared bound \[0, 3\.2\]/,
    );
  });

  it('without a champion hold, and NaN is named', async () => {
    expect((await run('new\n0.5\n0.6\n', { championGuessed: true })).outcome).toBe('hold');
    expect(sampleOf((await run('new,old\n0.5,1\n,1\n')).data.challenger)).toMatch(/row 2 in "new"/);
  });
});
