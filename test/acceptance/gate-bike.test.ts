import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClean } from '../support/expect-clean.ts';
import { expectGoldenReport } from '../support/golden-report.ts';
import { ROOT } from '../support/places.ts';
import { checkOf, makeFolder, runCli, verdictOf } from '../support/run-cli.ts';
import type { CliRun } from '../support/run-cli.ts';

const out = makeFolder({});
let challenger: CliRun;
let regressed: CliRun;
beforeAll(async () => {
  challenger = await gate('challenger');
  regressed = await gate('regressed');
});
afterAll(() => rmSync(out, { recursive: true }));

function gate(model: string): Promise<CliRun> {
  const config = ['--config', 'test/fixtures/known-good.yml', '--model', 'bike'];
  const artifact = ['--artifact', `test/fixtures/artifacts/bike-${model}`];
  return runCli(['gate', ...config, ...artifact, '--out', `${out}/${model}`], { cwd: ROOT });
}

describe('the bike models', () => {
  it('passes the challenger', () => {
    expectClean(challenger);
    expect([challenger.code, verdictOf(challenger).outcome, challenger.stderr]).toEqual([0, 'pass', '']);
    expectGoldenReport(verdictOf(challenger), 'bike-challenger');
  });

  it('fails the regressed one: it lies, and is worse than the champion, the ceiling and on slices', () => {
    const verdict = verdictOf(regressed);
    expectClean(regressed);
    expect([regressed.code, verdict.outcome, verdict.binding]).toEqual([1, 'fail', 'declared']);
    expect(checkOf(verdict, 'champion.mae').outcome).toBe('fail');
    expect(checkOf(verdict, 'metrics.mae.max').outcome).toBe('fail');
    expect(verdict.checks.some((check) => check.check === 'slices' && check.outcome === 'fail')).toBe(true);
    expectGoldenReport(verdict, 'bike-regressed');
  });

  /** The labels are counts up to 976, and ONNX answers in float32: 1e-6 of the mean absolute error. */
  it.each(['challenger', 'regressed'] as const)('%s measures as scikit-learn does', (model) => {
    const { metrics } = JSON.parse(
      readFileSync(`${ROOT}/test/fixtures/bike/${model}.metrics.json`, 'utf8'),
    ) as { metrics: Record<'mae' | 'rmse' | 'r2' | 'bias', number> };
    const verdict = verdictOf(model === 'challenger' ? challenger : regressed);
    const measured = (name: string) => Number(checkOf(verdict, `metrics.${name}`).measured);
    for (const name of ['mae', 'rmse', 'bias'] as const)
      expect(Math.abs(measured(name) - metrics[name])).toBeLessThan(1e-6 * metrics.mae);
    expect(Math.abs(measured('r2') - metrics.r2)).toBeLessThan(1e-6);
  });
});
