import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'known-good-action-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface StepRun {
  code: number | null;
  outputs: Record<string, string>;
  summary: string;
  log: string;
}

/** Runs the committed bundle as the composite step does: inputs as KG_*, GitHub's files, nothing else. */
function runStep(inputs: Record<string, string>): StepRun {
  const [output, summary] = [join(scratch, 'output'), join(scratch, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const named = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`KG_${name.toUpperCase()}`, value]),
  );
  const env = { PATH: process.env['PATH'], GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, ...named };
  const run = spawnSync(process.execPath, [join(root, 'dist/gate.js')], {
    cwd: root,
    env,
    encoding: 'utf8',
    timeout: 120_000,
  });
  return {
    code: run.status,
    outputs: parseOutputs(readFileSync(output, 'utf8')),
    summary: readFileSync(summary, 'utf8'),
    log: run.stdout + run.stderr,
  };
}

function parseOutputs(text: string): Record<string, string> {
  const blocks = [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)];
  return Object.fromEntries(blocks.map(([, name, , value]) => [name, value]));
}

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
    const fenced = run.log.replace(/::stop-commands::(\S+)\n[\s\S]*?\n::\1::\n/g, '');
    expect(fenced.match(/^::(?!error )/gm)).toBeNull();
  });
});
