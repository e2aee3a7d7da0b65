import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReleasePlace, type ReleasePlace } from '../support/release-place.ts';
import { runStep, unfenced } from '../support/run-step.ts';
import { smallShadow } from '../support/small-shadow.ts';

const scratch = mkdtempSync(join(tmpdir(), 'known-good-shadow-action-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const BANK = {
  log: 'test/fixtures/bank/shadow.jsonl.gz',
  labels: 'test/fixtures/bank/labels_late.csv\n',
  slices: 'job, marital',
};

/** A log in a file of its own. */
function logFile(name: string, text: string): string {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}

const step = (inputs: Record<string, string>) =>
  runStep('shadow.js', { out: join(scratch, 'out'), ...inputs });

describe('dist/shadow.js without a config', () => {
  it('passes a better challenger: outputs, summary and report folder, and no progress in the log', () => {
    const out = join(scratch, 'pass');
    const run = step({ ...BANK, out });
    expect(run.code).toBe(0);
    const verdict = JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8'));
    expect(run.outputs).toEqual({
      outcome: 'pass',
      reason: verdict.reason,
      'verdict-path': `${out}/verdict.json`,
      'report-path': `${out}/report.html`,
    });
    expect(verdict.kind).toBe('shadow');
    expect(run.summary).toMatch(/PASS — model 2\.0\.0 in shadow of 1\.0\.0/);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('<!doctype html>');
    // Ids of single requests may be a person's: they are in the files alone.
    const requests = '| request | champion | challenger | difference |';
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain(requests);
    expect(run.summary).not.toContain(requests);
    expect(run.log).not.toContain('reading the log');
    expect(run.log).not.toContain('\u001b');
    expect(unfenced(run)).toBe('');
  });

  it('fails a worse one, and annotates why', () => {
    const log = logFile('bad.jsonl', smallShadow({ versions: ['1.0.0', '2.0.0'], isBad: true }));
    const run = step({ log });
    expect([run.code, run.outputs['outcome']]).toEqual([1, 'fail']);
    expect(run.log).toMatch(/^::error title=ROC-AUC vs champion%3A fail::/m);
  });

  it.each([
    ['fail', 2],
    ['neutral', 0],
    ['', 2],
  ])('a log that is bound to no release, with hold: %j, ends with %i and says hold', (hold, code) => {
    const run = step({ log: logFile('unbound.jsonl', smallShadow()), hold });
    expect([run.code, run.outputs['outcome']]).toEqual([code, 'hold']);
    expect(run.outputs['reason']).toMatch(/does not say which releases answered/);
    expect(run.log).toMatch(/^::warning title=/m);
  });

  it.each([
    ['a wrong input', { ...BANK, hold: 'maybe' }, 64, /input hold: saw "maybe", allowed: fail, neutral/],
    ['nothing to read', {}, 64, /Name a log/],
    ['a missing config', { config: 'nowhere.yml' }, 65, /There is no config "nowhere\.yml"/],
    ['a missing log', { log: 'none.jsonl' }, 65, /none\.jsonl/],
    [
      'an input that the config says',
      { config: 'test/fixtures/known-good.yml', model: 'bank', log: BANK.log, slices: 'job' },
      64,
      /--slice would have no effect/,
    ],
  ])('%s is an error in a sentence, with outputs all the same', (...[, inputs, code, sentence]) => {
    const run = step(inputs);
    expect([run.code, run.outputs['outcome']]).toEqual([code, 'error']);
    expect(run.outputs['reason']).toMatch(sentence);
    expect(run.summary).toMatch(/^## ERROR: the shadow could not be read\n/);
    expect(run.summary).toMatch(sentence);
    expect(run.log).not.toContain('    at ');
    expect(run.outputs['report-path']).toBeUndefined();
  });

  it('lets no text from outside become a workflow command', () => {
    const row = {
      request_id: 'a',
      timestamp: 'yesterday\n::set-output name=outcome::pass',
      '\n::error::x': 1,
    };
    const run = step({ log: logFile('hostile.jsonl', `${JSON.stringify(row)}\n`) });
    expect(run.outputs['outcome']).toBe('error');
    expect(unfenced(run).match(/^::(?!error title=Known Good)/gm)).toBeNull();
  });
});

describe('dist/shadow.js with a config and a ledger', () => {
  let place: ReleasePlace;
  beforeAll(async () => {
    place = await makeReleasePlace();
    expect((await place.build('1.0.0')).code).toBe(0);
    for (const environment of ['staging', 'production'])
      expect((await place.run('promote', environment)).code).toBe(0);
    expect((await place.build('1.1.0')).code).toBe(0);
    const config = place.read('.github/known-good.yml');
    place.write(
      '.github/known-good.yml',
      config.replace('environments:', '    shadow: { log: [log.jsonl] }\nenvironments:'),
    );
    place.write('log.jsonl', smallShadow({ versions: ['1.0.0', '1.1.0'] }));
  });
  afterAll(() => place.close());

  it('takes the releases from the ledger, and says which run made the verdict', () => {
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'acme/models',
      GITHUB_RUN_ID: '77',
      GITHUB_REF: 'refs/heads/main',
    };
    const inputs = { environment: 'production', ledger: 'local' };
    const run = runStep('shadow.js', inputs, { cwd: place.cwd, env });
    expect([run.code, run.outputs['outcome']]).toEqual([0, 'pass']);
    expect(run.outputs['verdict-path']).toBe('known-good-report/verdict.json');
    const verdict = JSON.parse(place.read('known-good-report/verdict.json'));
    expect(verdict).toMatchObject({
      model: 'small',
      environment: 'production',
      version: '1.1.0',
      champion: { version: '1.0.0' },
      producer: { ref: 'refs/heads/main', run: 'https://github.com/acme/models/actions/runs/77' },
    });
    expect([verdict.image.digest, verdict.shadow.bound]).toEqual([
      verdict.shadow.challenger.digest,
      'versions',
    ]);
  });

  it('says what is missing where a ledger has no such remote', () => {
    const run = runStep('shadow.js', { environment: 'production', ledger: 'upstream' }, { cwd: place.cwd });
    expect([run.outputs['outcome'], run.code]).toEqual(['error', 3]);
    expect(run.outputs['reason']).toMatch(/upstream/);
  });
});
