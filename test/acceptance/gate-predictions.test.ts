import { describe, expect, it } from 'vitest';
import { expectClean, expectRefusal } from '../support/expect-clean.ts';
import { checkOf, runIn, verdictOf } from '../support/run-cli.ts';

/** Numbers in [0, 1) that look random and are the same at each call. */
function* noise(): Generator<number, never> {
  for (let state = 1; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

/** A table of as many rows as asked for; `row` is given its number and a source of noise. */
function table(head: string, rows: number, row: (i: number, next: () => number) => unknown[]): string {
  const source = noise();
  const next = () => source.next().value;
  return [head, ...Array.from({ length: rows }, (_, i) => row(i, next).join(','))].join('\n');
}

const binary = (rows = 1500) =>
  table('id,y,challenger,champion,region', rows, (i, next) => {
    const y = i % 3 === 0 ? 1 : 0;
    return [i, y, 0.4 * y + 0.6 * next(), 0.25 * y + 0.6 * next(), i % 2 ? 'north' : 'south'];
  });

describe('predictions that were made elsewhere', () => {
  it('of two classes are compared, and marked so in verdict and report', async () => {
    const args = ['gate', '--predictions', 'p.csv', '--label', 'y', '--id', 'id', '--slice', 'region'];
    const run = await runIn({ 'p.csv': binary() }, args);
    const verdict = verdictOf(run);
    expectClean(run);
    expect([run.code, verdict.predictions, verdict.artifact]).toEqual([0, 'elsewhere', undefined]);
    expect(checkOf(verdict, 'champion.roc_auc')).toMatchObject({ baselineName: 'champion', outcome: 'pass' });
    expect(verdict.checks.some((check) => check.subject?.includes('north'))).toBe(true);
    for (const text of [run.stdout, run.markdown, run.html]) expect(text).toMatch(/Predicted elsewhere/i);
  });

  it('that are numbers are a regression', async () => {
    const csv = table('y,challenger,champion', 1200, (i, next) => {
      const y = (i % 37) + next();
      return [y, y + next() - 0.5, y + 2 * (next() - 0.5)];
    });
    const run = await runIn({ 'p.csv': csv }, ['gate', '--predictions', 'p.csv', '--label', 'y']);
    const verdict = verdictOf(run);
    expect([run.code, verdict.task]).toEqual([0, 'regression']);
    expect(checkOf(verdict, 'champion.mae').outcome).toBe('pass');
  });

  it('of several classes have a column a class', async () => {
    const sides = ['challenger', 'champion'].flatMap((side) =>
      ['a', 'b', 'c'].map((name) => `${side}.${name}`),
    );
    const csv = table(['y', ...sides].join(','), 1200, (i, next) => {
      const shares = () => {
        const raw = [0, 1, 2].map((k) => next() + (k === i % 3 ? 1 : 0));
        const sum = raw.reduce((all, each) => all + each, 0);
        return raw.map((each) => each / sum);
      };
      return ['abc'[i % 3], ...shares(), ...shares()];
    });
    const run = await runIn({ 'p.csv': csv }, ['gate', '--predictions', 'p.csv', '--label', 'y']);
    const verdict = verdictOf(run);
    expect([run.code, verdict.task]).toEqual([0, 'multiclass-classification']);
    expect(checkOf(verdict, 'champion.accuracy').outcome).toBe('pass');
  });

  describe('without a label are scores', () => {
    const source = noise();
    const lines = Array.from({ length: 1200 }, (_, id) => {
      const ease = source.next().value;
      const score = (skill: number) => Math.min(1, 0.6 * ease + skill + 0.1 * source.next().value);
      return JSON.stringify({ id, challenger: score(0.3), champion: score(0.2) });
    });
    const config = `version: 1
models:
  judged:
    task: score
    data: { predictions: { path: p.jsonl, challenger: challenger, champion: champion } }
    gates: { metrics: { mean_score: { max_drop: 0.05, bound: { low: 0, high: 1 } } } }
`;
    const files = { 'p.jsonl': lines.join('\n'), 'k.yml': config };

    it.each([
      [[], /Name the column of the truth: --label/],
      [['--task', 'score', '--label', 'id'], /Scores .* have no label/],
      [['--task', 'score', '--champion', 'challenger'], /named as the champion too/],
      [['--label', 'challenger'], /named as the label too/],
    ])('%j is refused: nobody asked for scores, or a column twice', async (flags, sentence) => {
      const run = await runIn(files, ['gate', '--predictions', 'p.jsonl', ...flags]);
      expect([run.code, run.stderr]).toEqual([64, expect.stringMatching(sentence)]);
    });

    it('when asked for', async () => {
      const run = await runIn(files, ['gate', '--predictions', 'p.jsonl', '--task', 'score']);
      const verdict = verdictOf(run);
      expect(verdict.task).toBe('score');
      expect(verdict.checks.filter(({ outcome }) => outcome === 'error' || outcome === 'fail')).toEqual([]);
      expect(checkOf(verdict, 'champion.mean_score').baselineName).toBe('champion');
    });

    it('and pass where the config bounds them', async () => {
      const run = await runIn(files, ['gate', '--config', 'k.yml']);
      expect(checkOf(verdictOf(run), 'champion.mean_score').outcome).toBe('pass');
      expect([run.code, verdictOf(run).outcome]).toEqual([0, 'pass']);
    });
  });

  it.each([[['--champion', 'none']], [[]]])('need no champion: %j', async (more) => {
    const files = { 'p.csv': binary().replace('champion', 'other') };
    const run = await runIn(files, ['gate', '--predictions', 'p.csv', '--label', 'y', ...more]);
    expect(checkOf(verdictOf(run), 'champion.roc_auc')).toMatchObject({ baselineName: 'naive' });
  });

  it('do not count where the model must be measured', async () => {
    const config = `version: 1
models:
  far:
    task: binary-classification
    data: { predictions: { path: p.csv, label: y, challenger: challenger, champion: champion } }
    gates: { metrics: { roc_auc: { min: 0.5, max_drop: 0.05 } } }
environments:
  production: { predictions: measured }
  lab: { predictions: any }
`;
    const files = { 'p.csv': binary(), 'k.yml': config };
    const gate = ['gate', '--config', 'k.yml', '--environment'];
    const [strict, lax] = [await runIn(files, [...gate, 'production']), await runIn(files, [...gate, 'lab'])];
    expect([lax.code, verdictOf(lax).outcome]).toEqual([0, 'pass']);
    expect(strict.code).not.toBe(0);
    expect(verdictOf(strict).reason).toMatch(/elsewhere/);
  });

  it.each([
    ['a missing column', 'y,other\n1,0.5\n', [], /no column "challenger".*saw "y", "other"/],
    [
      'a champion that is named and not there',
      'y,challenger\n1,0.5\n',
      ['--champion', 'old'],
      /no column "old"/,
    ],
    [
      'a text for a number',
      'y,challenger,champion\n1,high,0.5\n',
      [],
      /line 2, column "challenger".*saw "high"/,
    ],
  ])('with %s are refused', async (...[, csv, more, sentence]) => {
    const run = await runIn({ 'p.csv': csv }, ['gate', '--predictions', 'p.csv', '--label', 'y', ...more]);
    expectRefusal(run, 65, sentence);
  });

  it('outside of [0, 1], or NaN, are no pass', async () => {
    for (const bad of ['1.5', 'NaN', '']) {
      const csv = `y,challenger,champion\n1,${bad},0.5\n0,0.2,0.3\n`;
      const run = await runIn({ 'p.csv': csv }, ['gate', '--predictions', 'p.csv', '--label', 'y']);
      expect(run.code, bad).toBe(3);
      expect(verdictOf(run).reason, bad).toMatch(/row 1/);
    }
  });
});
