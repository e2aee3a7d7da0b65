import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectClean, expectRefusal } from '../support/expect-clean.ts';
import { modelBytes, modelPath } from '../support/onnx-fixtures.ts';
import { checkOf, makeFolder, runCli, runIn, verdictOf } from '../support/run-cli.ts';
import type { CliRun } from '../support/run-cli.ts';
import { CONFIGURED, PLAIN, smallArtifact, smallTable, soundModel } from '../support/small-gate.ts';

const gateBytes = (model: Uint8Array) => runIn({ 'm.onnx': model, 't.csv': smallTable() }, PLAIN);
/** A config whose limits end a model early, for classifiers of three classes. */
const LIMITED = `version: 1
models:
  small:
    task: multiclass-classification
    artifact: m.onnx
    baseline: none
    contract: { features: [a, b, c] }
    outputs: { classes: [0, 1, 2] }
    data: { test: { path: t.csv, label: y } }
    gates: { metrics: { accuracy: { min: 0.01, compare: off } }, limits: { timeout: 3s, memory: 1GiB } }
`;

function expectOutcome(run: CliRun, want: { code: number; id: string; reason: string; says: RegExp }): void {
  expectClean(run);
  const verdict = verdictOf(run);
  const check = checkOf(verdict, want.id);
  expect([run.code, check.reason, run.stderr]).toEqual([want.code, want.reason, '']);
  expect(check.message).toMatch(want.says);
  expect(verdict.reason).toMatch(want.says);
}

describe('a file that no runtime should see', () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ['truncated', soundModel().subarray(0, 90), 'truncated', /cut off: a field at byte \d+/],
    ['empty', new Uint8Array(), 'not-onnx', /The file is empty/],
    ['random', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + 13) % 256), 'not-onnx', /is not ONNX/],
    [
      'a Git LFS pointer',
      Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${'4d'.repeat(32)}\nsize 12345\n`),
      'not-onnx',
      /Git LFS pointer.*git lfs pull/,
    ],
    ['a web page', Buffer.from('<!doctype html><html></html>'), 'not-onnx', /HTML/],
  ])('%s: fails on the structure', async (...[, bytes, reason, says]) => {
    expectOutcome(await gateBytes(bytes), { code: 1, id: 'structure', reason, says });
  });

  it.each([
    ['external-data', 'external-data', /"w" keeps its data in another file/],
    ['cyclic', 'cycle', /"first".*"second".*a cycle/],
    ['unproduced', 'cycle', /"ghost", which nothing produces/],
    ['unknown-domain', 'unknown-domain', /domain "com\.evil"/],
    ['absurd-initializer', 'absurd-dimensions', /the limit is/],
    ['absurd-input', 'absurd-dimensions', /the limit is/],
    ['negative-dimension', 'absurd-dimensions', /\[-3\]/],
    ['short-raw-data', 'absurd-dimensions', /declares 12 bytes and holds 4/],
    ['literal-terabytes', 'absurd-dimensions', /1048576, 1048576/],
    ['literal-range', 'absurd-dimensions', /35184372088832/],
    ['no-graph', 'no-graph', /holds no graph/],
    ['no-outputs', 'no-outputs', /has no outputs/],
    ['duplicate-outputs', 'duplicate-name', /"y" is defined twice/],
  ])('%s: fails on the structure', async (name, reason, says) => {
    expectOutcome(await gateBytes(modelBytes(`onnx/${name}`)), { code: 1, id: 'structure', reason, says });
  });

  it('types that cannot be measured are an error, which says what to do', async () => {
    const run = await gateBytes(modelBytes('onnx/float16-output'));
    expectOutcome(run, { code: 3, id: 'structure.load', reason: 'not-loaded', says: /float16.*add a Cast/ });
  });
});

describe('a model that takes all it can get ends in an error that names the limit', () => {
  it.each([
    ['endless-loop', /did not answer within 3 s/],
    ['growing-memory', /took \d+ MiB of memory; the limit is 1024 MiB/],
    ['huge-allocation', /asked for \d+ MiB of memory at once/],
  ])('%s', async (name, says) => {
    const table = smallTable({ rows: 20 }).replaceAll('r0,0,', 'r0,1,');
    // Only the endless loop may meet the short time limit: on a slow machine memory takes longer to fill.
    const limited = name === 'endless-loop' ? LIMITED : LIMITED.replace('timeout: 3s', 'timeout: 60s');
    const files = { 'm.onnx': modelBytes(`onnx/${name}`), 't.csv': table, 'known-good.yml': limited };
    const run = await runIn(files, CONFIGURED);
    expectClean(run);
    expect(verdictOf(run).reason).toMatch(says);
    expect([run.code, verdictOf(run).outcome]).toEqual([3, 'error']);
  });
});

describe('a model that answers badly', () => {
  const rows = Array.from({ length: 30 }, (_, i) => [(i % 3) / 10, 0.3, 0.4, i % 3].join(','));
  const table = `a,b,c,y\n${rows.join('\n')}\n`;
  const gate = (name: string) => runIn({ 'm.onnx': modelBytes(`onnx/${name}`), 't.csv': table }, PLAIN);

  it('with NaN or infinity has no usable answers', async () => {
    const run = await gate('nan-outputs');
    expectClean(run);
    expect([run.code, verdictOf(run).outcome]).toEqual([3, 'error']);
    expect(verdictOf(run).reason).toMatch(/not finite \(first: -Infinity at row 1\)/);
  });

  it('otherwise each time fails on determinism', async () => {
    const verdict = verdictOf(await gate('random-outputs'));
    expect(checkOf(verdict, 'determinism.twice')).toMatchObject({ outcome: 'fail', reason: 'differs' });
  });

  it('otherwise in another batch fails on determinism', async () => {
    const verdict = verdictOf(await gate('batch-mates'));
    expect(checkOf(verdict, 'determinism.twice').outcome).toBe('pass');
    expect(checkOf(verdict, 'determinism.alone')).toMatchObject({ outcome: 'fail', reason: 'differs' });
  });

  it('not at all to a single row fails on the batches', async () => {
    const batches = checkOf(verdictOf(await gate('no-single-row')), 'smoke.batches');
    expect(batches).toMatchObject({ outcome: 'fail', reason: 'batch-size' });
    expect(batches.message).toMatch(/a batch of 1 is refused/);
    expect(batches.message).not.toMatch(/a batch of 0/);
  });

  it('with a label that is not its most probable class fails on that', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `${i % 2},0.3,0.4,${i % 2 === 1 ? 0 : 1}`);
    const files = { 'm.onnx': modelBytes('onnx/wrong-label'), 't.csv': `a,b,c,y\n${lines.join('\n')}\n` };
    const run = await runIn(files, PLAIN);
    expect(checkOf(verdictOf(run), 'label-output')).toMatchObject({
      outcome: 'fail',
      reason: 'label-differs',
    });
    expect(run.code).toBe(1);
  });
});

describe('an artifact folder', () => {
  it.runIf(process.platform !== 'win32')('with a link in it is refused', async () => {
    const cwd = makeFolder(smallArtifact({}));
    symlinkSync('/etc/hostname', join(cwd, 'artifact/notes'));
    expectRefusal(await runCli(CONFIGURED, { cwd }), 65, /"notes" in "artifact" is a link or a special file/);
    rmSync(cwd, { recursive: true });
  });

  it.runIf(process.platform !== 'win32')('that is a link is refused', async () => {
    const cwd = makeFolder(smallArtifact({}));
    symlinkSync(modelPath('onnx/sigmoid-n1'), join(cwd, 'link.onnx'));
    const run = await runCli([...CONFIGURED, '--artifact', 'link.onnx'], { cwd });
    expectRefusal(run, 65, /"link\.onnx" is neither a file nor a folder; links are refused/);
    rmSync(cwd, { recursive: true });
  });

  it('that is empty, or has several models, is refused', async () => {
    const cwd = makeFolder({ ...smallArtifact({}), 'two/a.onnx': soundModel(), 'two/b.onnx': soundModel() });
    mkdirSync(join(cwd, 'empty'));
    const gate = (artifact: string) => runCli([...CONFIGURED, '--artifact', artifact], { cwd });
    expectRefusal(await gate('empty'), 65, /"empty" is empty/);
    expectRefusal(await gate('two'), 65, /no "model\.onnx": saw "a\.onnx", "b\.onnx"/);
    rmSync(cwd, { recursive: true });
  });
});
