import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { expectClean, expectRefusal } from '../support/expect-clean.ts';
import { checkOf, runIn, verdictOf } from '../support/run-cli.ts';
import { CONFIGURED, PLAIN, smallArtifact, smallTable, soundModel } from '../support/small-gate.ts';

const good = smallTable();
const lines = good.split(/(?<=\n)/);
/** The table with its sixth line changed. */
const spoiled = (change: (line: string) => string) =>
  lines.map((line, i) => (i === 5 ? change(line) : line)).join('');

function gate(table: string | Uint8Array, name = 't.csv') {
  const args = PLAIN.map((arg) => (arg === 't.csv' ? name : arg));
  return runIn({ 'm.onnx': soundModel(), [name]: table }, args);
}

describe('a table that cannot be read is refused, with the line', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['a row that is too short', spoiled(() => 'r,1,2\n'), /line 6: this row has 3 cells, the header has 6/],
    ['a row that is too long', spoiled((line) => `1,${line}`), /line 6: this row has 7 cells/],
    [
      'a quote that does not end',
      spoiled((line) => line.replace(',', ',"')),
      /line 6, column "a".*does not end/,
    ],
    ['a text for a number', spoiled((line) => line.replace('0.2', 'four')), /line 6, column "a".*saw "four"/],
    ['an infinite number', spoiled((line) => line.replace('0.2', '1e400')), /line 6.*"1e400" is not finite/],
    ['inf', spoiled((line) => line.replace('0.2', 'inf')), /line 6.*saw "inf"/],
    ['a NUL byte', spoiled((line) => `\0${line}`), /line 6: there is a NUL byte/],
    ['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le'), /UTF-16/],
    [
      'Latin-1',
      Buffer.from(
        spoiled((line) => `é${line}`),
        'latin1',
      ),
      /line 6.*not UTF-8/,
    ],
    ['no bytes', '', /the file is empty/],
    ['a header only', lines[0] ?? '', /a header and no rows/],
    ['a column twice', good.replace('id,a,b', 'a,a,b'), /names "a" twice/],
    ['no label column', good.replace(',y\n', ',z\n'), /no column "y"; the table has "id", "a", "b"/],
  ])('%s', async (_, table, sentence) => {
    expectRefusal(await gate(table), 65, sentence);
  });

  it.each<[string, string, string | Uint8Array, RegExp]>([
    ['gzip that is cut off', 't.csv.gz', gzipSync(good).subarray(0, 60), /damaged or cut off/],
    ['gzip that is none', 't.csv.gz', good, /not gzip/],
    ['a broken JSON line', 't.jsonl', '{"a":1,"b":2,"c":3,"y":0}\n{"a":1,,}\n', /t\.jsonl:2:8/],
    ['a key twice', 't.jsonl', '{"a":1,"a":2,"b":2,"c":3,"y":0}\n', /a stands there twice/],
  ])('%s', async (...[, name, table, sentence]) => {
    expectRefusal(await gate(table, name), 65, sentence);
  });
});

describe('a table that can be read and proves nothing', () => {
  it.each<[string, string, RegExp]>([
    [
      'a label is missing',
      spoiled((line) => line.replace(/,\d\n/, ',\n')),
      /1 row of 40 .*no label in "y" \(first: row 5\)/,
    ],
    ['all labels are equal', good.replace(/,0\n/g, ',1\n'), /Every label is "1" \(40 rows\)/],
    ['there is one row', lines.slice(0, 2).join(''), /Every label is "0" \(1 row\)/],
    ['there are three classes', spoiled((line) => line.replace(/,\d\n/, ',maybe\n')), /"maybe"/],
    [
      'a value is missing that the model does not cope with',
      spoiled((line) => line.replace('0.2', '')),
      /not finite \(first: NaN at row 5\)/,
    ],
    ['a feature column is missing', good.replace('id,a,b', 'id,z,b'), /lacks 1 of the model's columns: "a"/],
  ])('%s: an error', async (_, table, says) => {
    const run = await gate(table);
    expectClean(run);
    expect([run.code, verdictOf(run).outcome, run.stderr]).toEqual([3, 'error', '']);
    expect(verdictOf(run).reason).toMatch(says);
  });

  it('a class that stands only once proves nothing about the order', async () => {
    const run = await gate(good.replace(/,1\n/g, ',0\n').replace(/,0\n$/, ',1\n'));
    expectClean(run);
    expect(checkOf(verdictOf(run), 'champion.roc_auc').outcome).toBe('hold');
    expect(run.code).not.toBe(0);
  });

  it('a table of other line ends, with a byte-order mark, is as good', async () => {
    const [plain, dressed] = [await gate(good), await gate(`\ufeff${good.replaceAll('\n', '\r\n')}`)];
    const measured = [plain, dressed].map((run) => checkOf(verdictOf(run), 'metrics.roc_auc').measured);
    expect(measured[1]).toBe(measured[0]);
    expect([plain.code, dressed.code]).toEqual([2, 2]);
  });
});

describe('ids that occur twice', () => {
  const files = (gates: string) => ({ ...smallArtifact({}, gates), 't.csv': good.replace('r5,', 'r4,') });

  it('inform without a limit', async () => {
    const run = await runIn(files(''), CONFIGURED);
    expect(checkOf(verdictOf(run), 'data.duplicate_ids')).toMatchObject({
      role: 'inform',
      outcome: 'hold',
      measured: 1,
    });
    expect(run.code).toBe(0);
  });

  it('fail beyond the limit, by name', async () => {
    const run = await runIn(files('data: { max_duplicate_ids: 0 }'), CONFIGURED);
    expect([run.code, verdictOf(run).binding]).toEqual([1, 'data.duplicate_ids']);
    expect(verdictOf(run).reason).toContain('"r4"');
  });
});
