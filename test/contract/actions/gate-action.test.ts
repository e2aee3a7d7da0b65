import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runStep as runBundle, unfenced } from '../../support/run-step.ts';

const scratch = mkdtempSync(join(tmpdir(), 'known-good-action-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const runStep = (inputs: Record<string, string>) => runBundle('gate.js', inputs);

const bank = { config: 'test/fixtures/known-good.yml', model: 'bank' };

describe('dist/gate.js', () => {
  it('passes a good challenger: outputs, summary and report folder', () => {
    const out = join(scratch, 'pass');
    const run = runStep({ ...bank, out });
    expect(run.code).toBe(0);
    expect(run.outputs).toMatchObject({
      outcome: 'pass',
      'verdict-path': `${out}/verdict.json`,
      'report-path': `${out}/report.html`,
    });
    const verdict = JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8'));
    expect(run.outputs['artifact-digest']).toBe(verdict.artifact.digest);
    expect(run.outputs['reason']).toBe(verdict.reason);
    expect(run.summary).toContain('PASS');
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('<!doctype html>');
  });

  it('fails a liar, and annotates why', () => {
    const run = runStep({
      ...bank,
      artifact: 'test/fixtures/artifacts/bank-regressed',
      out: join(scratch, 'fail'),
    });
    expect(run.code).toBe(1);
    expect(run.outputs['outcome']).toBe('fail');
    expect(run.log).toMatch(/^::error title=.*declared.*::The pipeline declares ROC-AUC 0\.7951/m);
  });

  it.each([
    ['fail', 2],
    ['neutral', 0],
    ['', 2],
  ])('a hold with hold: %j ends with %i, and says hold', (hold, code) => {
    const run = runStep({
      ...bank,
      artifact: 'test/fixtures/artifacts/bank-equal',
      hold,
      out: join(scratch, 'hold'),
    });
    expect([run.code, run.outputs['outcome']]).toEqual([code, 'hold']);
  });

  it.each([
    ['a wrong input', { ...bank, hold: 'maybe' }, 64, /input hold: saw "maybe", allowed: fail, neutral/],
    ['a missing config', { config: 'nowhere.yml' }, 65, /There is no config "nowhere\.yml"/],
    ['a missing file', { artifact: 'none.onnx', data: 'none.csv', label: 'y' }, 65, /none\.onnx/],
  ])('%s is an error in a sentence, with outputs all the same', (...[, inputs, code, sentence]) => {
    const run = runStep(inputs);
    expect(run.code).toBe(code);
    expect(run.outputs['outcome']).toBe('error');
    expect(run.outputs['reason']).toMatch(sentence);
    expect(run.summary).toMatch(sentence);
    expect(run.log).not.toContain('    at ');
  });

  it('lets no text from outside become a workflow command', () => {
    const run = runStep({
      artifact: 'test/fixtures/bank/challenger.onnx',
      data: 'test/fixtures/bank/test_encoded.csv',
      label: 'x\n::set-output name=outcome::pass',
    });
    expect(run.outputs['outcome']).toBe('error');
    expect(unfenced(run).match(/^::(?!error )/gm)).toBeNull();
  });
});
