import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClean } from '../support/expect-clean.ts';
import { expectGoldenReport } from '../support/golden-report.ts';
import { ROOT } from '../support/places.ts';
import { checkOf, makeFolder, runCli, verdictOf } from '../support/run-cli.ts';
import type { CliRun } from '../support/run-cli.ts';

const MODELS = ['challenger', 'regressed', 'leaky', 'equal'] as const;
type Model = (typeof MODELS)[number];

const out = makeFolder({});
const runs = new Map<Model, CliRun>();
beforeAll(async () => {
  for (const model of MODELS) runs.set(model, await gate(model));
});
afterAll(() => rmSync(out, { recursive: true }));

function gate(model: Model): Promise<CliRun> {
  const config = ['--config', 'test/fixtures/known-good.yml', '--model', 'bank'];
  const artifact = ['--artifact', `test/fixtures/artifacts/bank-${model}`];
  return runCli(['gate', ...config, ...artifact, '--out', `${out}/${model}`], { cwd: ROOT });
}

function runOf(model: Model): CliRun {
  const run = runs.get(model);
  if (run === undefined) throw new Error(`${model} was not gated.`);
  return run;
}

describe('the bank models', () => {
  it.each([
    ['challenger', 0, 'pass', undefined],
    ['regressed', 1, 'fail', 'declared'],
    ['leaky', 1, 'fail', 'signature'],
    ['equal', 2, 'hold', 'metrics.roc_auc.min'],
  ] as const)('%s ends with %i: %s, bound by %s', (...[model, code, outcome, binding]) => {
    const run = runOf(model);
    const verdict = verdictOf(run);
    expectClean(run);
    expect([run.code, verdict.outcome, verdict.binding]).toEqual([code, outcome, binding]);
    expect(run.stdout).toContain(`${out}/${model}/report.html`);
    expect(run.stderr).toBe('');
  });

  it.each(MODELS)('the report of %s is the committed one', (model) => {
    expectGoldenReport(verdictOf(runOf(model)), `bank-${model}`);
  });

  it('regressed is caught lying first, and is worse than the champion besides', () => {
    const verdict = verdictOf(runOf('regressed'));
    expect(verdict.reason).toMatch(
      /^The pipeline declares ROC-AUC 0\.7951; measured on 5,000 rows it is 0\.5411/,
    );
    expect(checkOf(verdict, 'declared')).toMatchObject({
      reason: 'declared-differs',
      baselineName: 'declared',
    });
    expect(checkOf(verdict, 'champion.roc_auc')).toMatchObject({ outcome: 'fail', baselineName: 'champion' });
    expect(checkOf(verdict, 'metrics.roc_auc.min')).toMatchObject({ outcome: 'fail', reason: 'below-min' });
  });

  it('leaky is caught by the name of its extra feature, although its own manifest lists it', () => {
    const manifest = JSON.parse(
      readFileSync(`${ROOT}/test/fixtures/artifacts/bank-leaky/manifest.json`, 'utf8'),
    ) as { features: string[] };
    expect(manifest.features).toContain('duration');
    expect(verdictOf(runOf('leaky')).reason).toContain('"duration"');
  });

  it('equal holds on the floor alone: it is proved not to be worse than the champion', () => {
    const { checks } = verdictOf(runOf('equal'));
    const held = checks.filter((check) => check.role === 'gate' && check.outcome !== 'pass');
    expect(held.map((check) => check.id)).toEqual(['metrics.roc_auc.min']);
    const compared = checks.filter((check) => check.check === 'champion');
    expect(compared.map((check) => [check.id, check.outcome])).toEqual([
      ['champion.roc_auc', 'pass'],
      ['champion.log_loss', 'pass'],
      ['champion.brier', 'pass'],
    ]);
  });

  it('says how many rows would settle the hold', () => {
    const { rowsNeeded } = checkOf(verdictOf(runOf('equal')), 'metrics.roc_auc.min');
    expect(rowsNeeded).toBeGreaterThan(5000);
  });

  it.each(['challenger', 'regressed', 'equal'] as const)('%s measures as scikit-learn does', (model) => {
    const { metrics } = JSON.parse(
      readFileSync(`${ROOT}/test/fixtures/bank/${model}.metrics.json`, 'utf8'),
    ) as { metrics: Record<string, number> };
    const names = ['roc_auc', 'log_loss', 'brier', 'ece', 'accuracy', 'precision', 'recall', 'f1'];
    const theirs = [...names.map((name) => metrics[name]), metrics['pr_auc']];
    const ours = [...names, 'average_precision'].map(
      (name) => checkOf(verdictOf(runOf(model)), `metrics.${name}`).measured,
    );
    for (const [i, value] of ours.entries())
      expect(Math.abs(Number(value) - Number(theirs[i]))).toBeLessThan(1e-6);
    expect(ours).toHaveLength(9);
  });

  it('compares with what the champion measures on the same rows', () => {
    const { metrics } = JSON.parse(
      readFileSync(`${ROOT}/test/fixtures/bank/champion.metrics.json`, 'utf8'),
    ) as {
      metrics: { roc_auc: number };
    };
    const { baseline, measured, difference } = checkOf(verdictOf(runOf('challenger')), 'champion.roc_auc');
    expect(baseline).toBeCloseTo(metrics.roc_auc, 6);
    expect(difference).toBeCloseTo(Number(measured) - metrics.roc_auc, 6);
  });
});
