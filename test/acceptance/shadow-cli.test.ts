import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { expectClean, expectRefusal } from '../support/expect-clean.ts';
import { ROOT } from '../support/places.ts';
import { checkOf, runCli, makeFolder, runIn, verdictOf } from '../support/run-cli.ts';
import { smallShadow } from '../support/small-shadow.ts';
import { smallConfig } from '../support/small-gate.ts';

const BANK = `${ROOT}/test/fixtures/bank`;
const VERSIONS = ['1.0.0', '2.0.0'] as const;
const bank = () => ({
  'log.jsonl.gz': readFileSync(`${BANK}/shadow.jsonl.gz`),
  'late.csv': readFileSync(`${BANK}/labels_late.csv`),
  'train.csv': readFileSync(`${BANK}/train_reference.csv`),
});
const ON_BANK = ['shadow', '--log', 'log.jsonl.gz', '--labels', 'late.csv'];
const ON_SMALL = ['shadow', '--log', 'log.jsonl'];

describe('a log and its labels, and nothing else: no config, no git', () => {
  it('is compared, and what was guessed is said', async () => {
    const run = await runIn(bank(), [...ON_BANK, '--slice', 'job', '--reference', 'train.csv']);
    const verdict = verdictOf(run);
    expectClean(run);
    expect([run.code, verdict.outcome, run.stderr]).toEqual([0, 'pass', '']);
    expect(verdict).toMatchObject({
      kind: 'shadow',
      version: '2.0.0',
      shadow: { bound: 'versions', look: 1, requests: { rows: 20_000 }, champion: { name: '1.0.0' } },
    });
    const quality = checkOf(verdict, 'champion.roc_auc');
    expect([quality.baseline, quality.measured]).toEqual([
      expect.closeTo(0.769, 3),
      expect.closeTo(0.7999, 3),
    ]);
    expect(run.stdout).toMatch(/Guessed, because nobody said it:[\s\S]*request_id[\s\S]*1\.0\.0 and 2\.0\.0/);
    expect(run.stdout).toContain('known-good-report/report.html');
    expect(run.html).toContain('<!doctype html>');
    // Nobody but a ledger knows which bytes a version is: without one a verdict speaks of none.
    expect([verdict.artifact, verdict.image, verdict.config]).toEqual([undefined, undefined, undefined]);
  });

  it('needs no label file where the log has labels, and takes its path bare', async () => {
    const run = await runIn({ 'log.jsonl': smallShadow({ versions: VERSIONS }) }, ['shadow', 'log.jsonl']);
    expect([run.code, verdictOf(run).shadow?.labels.matured]).toEqual([0, expect.any(Number)]);
  });

  it('takes several files by a pattern, gzipped or not', async () => {
    const lines = smallShadow({ versions: VERSIONS }).split(/(?<=\n)/);
    const files = {
      'logs/a.jsonl': lines.slice(0, 700).join(''),
      'logs/b.jsonl.gz': gzipSync(lines.slice(700).join('')),
    };
    const run = await runIn(files, ['shadow', '--log', 'logs/*']);
    expect([run.code, verdictOf(run).shadow?.requests.rows]).toEqual([0, 1500]);
  });

  it('prints the verdict alone with --json, and one line with --quiet', async () => {
    const cwd = makeFolder({ 'log.jsonl': smallShadow({ versions: VERSIONS }) });
    const json = await runCli([...ON_SMALL, '--json', '--out', 'out'], { cwd });
    expect(json.stdout).toBe(readFileSync(`${cwd}/out/verdict.json`, 'utf8'));
    const quiet = await runCli([...ON_SMALL, '--quiet', '--out', 'out'], { cwd });
    expect(quiet.stdout).toMatch(/^✔ PASS — [^\n]+\n$/);
    // The second report of the same pair into the same folder is the second look.
    expect([verdictOf(json).shadow?.look, verdictOf(quiet).shadow?.look]).toEqual([1, 2]);
  });
});

describe('the exit code of a shadow', () => {
  it('is 2 for a log that does not say whose answers it holds', async () => {
    const run = await runIn({ 'log.jsonl': smallShadow() }, ON_SMALL);
    const verdict = verdictOf(run);
    expect([run.code, verdict.outcome, verdict.binding]).toEqual([2, 'hold', 'log.versions']);
    expect(verdict.shadow?.bound).toBe('unbound');
  });

  it('is 2 where too few labels are known', async () => {
    const run = await runIn({ 'log.jsonl': smallShadow({ rows: 60, versions: VERSIONS }) }, ON_SMALL);
    expect([run.code, verdictOf(run).outcome]).toEqual([2, 'hold']);
  });

  it('is 2 where the log has nothing of the releases that were asked for', async () => {
    const named = ['--champion', '1.0.0', '--challenger', '3.0.0'];
    const run = await runIn({ 'log.jsonl': smallShadow({ versions: VERSIONS }) }, [...ON_SMALL, ...named]);
    expect([run.code, verdictOf(run).binding]).toEqual([2, 'log.requests']);
  });

  it('is 1 for a challenger that is worse', async () => {
    const run = await runIn({ 'log.jsonl': smallShadow({ versions: VERSIONS, isBad: true }) }, ON_SMALL);
    expect([run.code, verdictOf(run).outcome]).toEqual([1, 'fail']);
    expectClean(run);
  });

  const log = { 'log.jsonl': smallShadow({ rows: 30, versions: VERSIONS }) };
  it.each<[string, Record<string, string>, string[], 64 | 65, RegExp]>([
    ['nothing to read', {}, ['shadow'], 64, /Name a log: known-good shadow --log FILE/],
    ['half a pair', log, [...ON_SMALL, '--champion', '1.0.0'], 64, /--challenger is missing/],
    ['a task that is none', log, [...ON_SMALL, '--task', 'binary'], 64, /no task "binary"/],
    ['a threshold that is none', log, [...ON_SMALL, '--threshold', '15%'], 64, /from 0 to 1: saw "15%"/],
    ['an environment of no config', log, [...ON_SMALL, '--environment', 'prod'], 64, /there is none here/],
    ['an unknown flag', log, [...ON_SMALL, '--lables', 'x'], 64, /Did you mean --labels\?/],
    ['a log that is not there', {}, ON_SMALL, 65, /log\.jsonl/],
    ['labels that are not there', log, [...ON_SMALL, '--labels', 'late.csv'], 65, /late\.csv/],
    ['a broken line', { 'log.jsonl': `${log['log.jsonl']}{"request_id":` }, ON_SMALL, 65, /line 31/],
    ['a slice of no column', log, [...ON_SMALL, '--slice', 'planet'], 65, /planet/],
    ['a verdict of no gate', log, [...ON_SMALL, '--gate-verdict', 'log.jsonl'], 65, /log\.jsonl/],
  ])('of %s is an error in a sentence', async (...[, files, args, code, sentence]) => {
    expectRefusal(await runIn(files, args), code, sentence);
  });

  it('of flags that the config would overrule is 64', async () => {
    const files = { ...log, '.github/known-good.yml': smallConfig() };
    const run = await runIn(files, [...ON_SMALL, '--model', 'small', '--slice', 'region', '--positive', '1']);
    expectRefusal(run, 64, /--positive, --slice would have no effect: .*outputs\.positive, shadow\.slices/);
  });

  it('leaves no verdict of another run behind', async () => {
    const cwd = makeFolder(log);
    expect((await runCli(ON_SMALL, { cwd })).verdict).toBeDefined();
    const run = await runCli([...ON_SMALL, '--champion', '1.0.0'], { cwd });
    expect([run.code, run.verdict]).toEqual([64, undefined]);
  });
});
