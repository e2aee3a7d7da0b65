import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { KnownGoodError } from '../../../src/core/errors.ts';
import { DEFAULT_SHADOW_SETTINGS as DEFAULTS } from '../../../src/shadow/settings.ts';
import {
  csvOf,
  goodRows,
  jsonLines,
  lookAt,
  shadowFiles,
  type SceneWish,
} from '../../support/shadow-scene.ts';

const files = shadowFiles();
afterAll(() => files.remove());

const ROWS = goodRows(400);
const JSONL = jsonLines(ROWS);
const CSV = csvOf(ROWS);
const LINES = JSONL.split('\n');
const PARQUET = readFileSync('test/fixtures/bank/shadow.parquet');

/** The log with another line 8. */
function withLine(line: string): string {
  return [...LINES.slice(0, 7), line, ...LINES.slice(8)].join('\n');
}

const EIGHTH = LINES[7] ?? '';
const LATIN = Buffer.from(withLine(EIGHTH.replace('"r7"', '"r\u00e97"')), 'latin1');
const DAMAGED = Buffer.from(PARQUET).fill(0xff, 200_000, 200_400);

/** The message of an error of the user's files; the folder of the test is cut off. */
async function refusal(wish: SceneWish): Promise<string> {
  const error: unknown = await lookAt(wish).then(
    () => new Error('it was not refused'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(KnownGoodError);
  expect((error as KnownGoodError).code).toBe('input');
  return (error as Error).message.replace(/\/[^ "]*\/known-good-shadow-[^/]*\/\d+\//g, '');
}

describe('a log that cannot be read is refused with file and line', () => {
  it.each<[string, string, string | Uint8Array, string | RegExp]>([
    [
      'a broken line',
      'log.jsonl',
      withLine('{"request_id": "x",'),
      /^log\.jsonl, line 8: expected a JSON object, saw .* Write one object a line\.$/,
    ],
    [
      'a line that is no object',
      'log.jsonl',
      withLine('[1, 2]'),
      /^log\.jsonl, line 8: expected a JSON object/,
    ],
    ['an empty line', 'log.jsonl', withLine(''), /^log\.jsonl, line 8: this line is empty\. Remove it\.$/],
    [
      'a row with a cell too many',
      'log.csv',
      CSV.replace('\nr6,', '\nr6,,'),
      /^log\.csv, line 8: this row has 15 cells, the header has 14 columns\./,
    ],
    [
      'Latin-1 inside of UTF-8',
      'log.jsonl',
      LATIN,
      /^log\.jsonl, line 8: the bytes .* are not UTF-8 text\. Write the file as UTF-8\.$/,
    ],
    [
      'UTF-16',
      'log.csv',
      Buffer.from(`\ufeff${CSV}`, 'utf16le'),
      /^log\.csv: this is UTF-16 text\. Save the table as UTF-8\.$/,
    ],
    [
      'a NUL byte',
      'log.jsonl',
      withLine(EIGHTH.replace('"r7"', '"r7\0"')),
      /^log\.jsonl, line 8: there is a NUL byte/,
    ],
    [
      'a line of 10 MB',
      'log.jsonl',
      withLine(`{"request_id":"${'x'.repeat(10_000_000)}"}`),
      /^log\.jsonl, line 8: this record is longer than the 4194304 bytes/,
    ],
    ['a quote that is never closed', 'log.csv', CSV.replace('\nr6,', '\n"r6,'), /^log\.csv, line 8: /],
    [
      'a gzip bomb of one line',
      'log.jsonl.gz',
      gzipSync(Buffer.alloc(100 * 2 ** 20, ' ')),
      /^log\.jsonl\.gz, line 1: this record is longer than/,
    ],
    [
      'a gzip bomb of many lines',
      'log.jsonl.gz',
      gzipSync(Buffer.alloc(70 * 2 ** 20, JSONL)),
      /^log\.jsonl\.gz: the table has more than 64MiB/,
    ],
    [
      'gzip that was cut short',
      'log.jsonl.gz',
      gzipSync(JSONL).subarray(0, 4000),
      /^log\.jsonl\.gz: the gzip data is damaged or cut off/,
    ],
    [
      'Parquet that was cut short',
      'log.parquet',
      PARQUET.subarray(0, 300_000),
      /^log\.parquet: this Parquet file has no end: it was cut short, at 300000 bytes/,
    ],
    ['Parquet with damaged pages', 'log.parquet', DAMAGED, /^log\.parquet: the data are damaged/],
    [
      'a file that is only called Parquet',
      'log.parquet',
      JSONL,
      /^log\.parquet: the name ends in \.parquet, but the file is not Parquet/,
    ],
    ['an empty file', 'log.jsonl', '', /^log\.jsonl: the file is empty/],
    [
      'no score of the challenger',
      'log.jsonl',
      JSONL.replaceAll('"challenger_score"', '"other"'),
      /^No column of the log looks like challenger\.score .*: saw "request_id"/,
    ],
  ])('%s', async (_, ...[name, content, message]) => {
    expect(await refusal({ log: files.write(name, content) })).toMatch(message);
  });

  it('a file that is not there', async () => {
    expect(await refusal({ log: '/nowhere/log.csv' })).toBe(
      '/nowhere/log.csv: there is no such file. Give the path of a CSV, JSONL or Parquet file.',
    );
  });

  it('a broken line of a label file', async () => {
    const labels = [files.write('late.csv', 'request_id,label,label_timestamp\nr1,1\n')];
    expect(await refusal({ log: files.write('log.jsonl', JSONL), labels })).toMatch(
      /^late\.csv, line 2: this row has 2 cells/,
    );
  });

  it('one broken line more than is allowed, with the first', async () => {
    const log = files.write('log.jsonl', withLine('a\nb\n[1]\n"x"'));
    expect(await refusal({ log, maxRejected: 3 })).toMatch(
      /^log\.jsonl, line 8: .*the first of more than the 3 broken lines that are allowed/,
    );
  });
});

describe('what is odd and allowed is left out, counted and shown', () => {
  it('broken lines', async () => {
    const scene = await lookAt({ log: files.write('log.jsonl', withLine('a\nb')), maxRejected: 3 });
    expect(scene.of('log.rejected')).toMatchObject({ role: 'inform', measured: 2 });
    expect(scene.of('log.rejected')?.message).toMatch(
      /^2 broken lines left out; the first is ".*log\.jsonl", line 8: expected a JSON object/,
    );
    expect(scene.verdict.shadow?.requests).toMatchObject({ rows: 399, excluded: 2 });
  });

  it('values that are not what their column holds, by the name of the log, with file and line', async () => {
    const rows = goodRows(400, (row, i) =>
      i === 6 ? { ...row, champion_latency_ms: 'fast', amount: 'much' } : row,
    );
    const log = files.write('log.csv', csvOf(rows));
    const slices = { wanted: [{ column: 'amount', edges: [50] }], asked: true };
    const strict = await lookAt({ log, slices });
    expect(strict.of('log.malformed')).toMatchObject({ role: 'gate', outcome: 'error', measured: 1 / 400 });
    expect(strict.of('log.malformed')?.message).toMatch(
      /"champion_latency_ms": 1 value, the first is "fast" in ".*log\.csv", line 8; "amount": 1 value, the first is "much" in ".*log\.csv", line 8\.$/,
    );
    const coverage = { ...DEFAULTS.coverage, maxMalformed: 0.01 };
    const allowed = await lookAt({ log, slices, settings: { ...DEFAULTS, coverage } });
    expect(allowed.of('log.malformed')).toMatchObject({ role: 'gate', outcome: 'pass' });
  });

  it('malformed labels are a share of the label files, not of the log', async () => {
    const labels = [
      files.write('late.csv', 'request_id,label,label_timestamp\nr1,1,soon\nr2,1,2026-01-02\n'),
    ];
    const scene = await lookAt({ log: files.write('log.jsonl', JSONL), labels });
    expect(scene.of('log.malformed')).toMatchObject({ measured: 0.5, n: 2, outcome: 'error' });
  });

  it('rows without an id or a time, and from the future', async () => {
    const rows = goodRows(
      400,
      (row, i) =>
        [
          { ...row, request_id: null },
          { ...row, timestamp: null },
          { ...row, timestamp: '2027-01-01' },
        ][i] ?? row,
    );
    const coverage = { ...DEFAULTS.coverage, maxMalformed: 0.01 };
    const scene = await lookAt({
      log: files.write('log.jsonl', jsonLines(rows)),
      settings: { ...DEFAULTS, coverage },
    });
    expect(scene.of('log.unusable')).toMatchObject({ role: 'gate', outcome: 'pass', measured: 3 / 400 });
    expect(scene.of('log.unusable')?.message).toBe(
      '3 rows (0.75 %) cannot be placed and are left out: without an id 1, without a time 1, from the future 1.',
    );
    expect(scene.verdict.shadow?.requests).toMatchObject({ rows: 400, both: 397, excluded: 3 });
  });

  it('other versions and swapped roles, each with its rows', async () => {
    const rows = goodRows(
      400,
      (row, i) =>
        [
          { ...row, challenger_version: '3.0.0' },
          { ...row, champion_version: '2.0.0', challenger_version: '1.0.0' },
        ][i % 4] ?? row,
    );
    const scene = await lookAt({ log: files.write('log.jsonl', jsonLines(rows)) });
    expect(scene.of('log.other-versions')?.message).toBe(
      '100 rows of other versions left out ("1.0.0" and "3.0.0": 100).',
    );
    expect(scene.of('log.swapped')?.message).toBe(
      '100 rows left out in which "1.0.0" is the challenger and "2.0.0" the champion: they are never pooled.',
    );
    expect(scene.verdict.shadow?.requests).toMatchObject({ rows: 400, both: 200, excluded: 200 });
  });

  it('a log without rows, said first', async () => {
    const scene = await lookAt({ log: files.write('log.csv', CSV.slice(0, CSV.indexOf('\n') + 1)) });
    expect([scene.verdict.outcome, scene.verdict.reason]).toEqual(['hold', 'The log has no rows.']);
  });
});

describe('odd bytes that are no mistake', () => {
  it.each<[string, string, string]>([
    ['a byte-order mark before CSV', 'log.csv', `\ufeff${CSV}`],
    ['a byte-order mark before JSON', 'log.jsonl', `\ufeff${JSONL}`],
    ['CRLF in CSV', 'log.csv', CSV.replaceAll('\n', '\r\n')],
    ['CRLF in JSON', 'log.jsonl', JSONL.replaceAll('\n', '\r\n')],
    ['line ends of two kinds', 'log.csv', CSV.replace('\nr5,', '\r\nr5,')],
    ['no last line end', 'log.jsonl', JSONL.trimEnd()],
    ['an escaped NUL in an id', 'log.jsonl', JSONL.replace('"r7"', '"r7\\u0000"')],
  ])('%s', async (_, name, content) => {
    const plain = await lookAt({ log: files.write('log.jsonl', JSONL) });
    const scene = await lookAt({ log: files.write(name, content) });
    expect(scene.verdict.shadow).toEqual(plain.verdict.shadow);
    expect(scene.of('champion.roc_auc')?.measured).toBe(plain.of('champion.roc_auc')?.measured);
  });
});

describe('slices without end, and with names that attack', () => {
  const BY_GROUP = { slices: { wanted: [{ column: 'group' }], asked: true } };
  const lookBy = (n: number, group: (i: number) => unknown) =>
    lookAt({
      ...BY_GROUP,
      log: files.write('log.jsonl', jsonLines(goodRows(n, (row, i) => ({ ...row, group: group(i) })))),
    });

  it('pools the rare ones of 10,000 values, and says so', async () => {
    const scene = await lookBy(20_000, (i) => (i < 10_000 ? `g${i}` : 'large'));
    expect(scene.verdict.checks.length).toBeLessThan(60);
    expect(scene.of('slices.roc_auc.group = large')?.n).toBe(10_000);
    expect(scene.of('slices.roc_auc.group = one of 9901 rarer values')?.n).toBe(9901);
    expect(scene.of('slices.too_few')).toMatchObject({ measured: 99 });
    expect(scene.files['report.md'].length).toBeLessThan(60_000);
  });

  it('gives every result its own id where long names are cut to the same text', async () => {
    const scene = await lookBy(3000, (i) => `${'x'.repeat(450)}${i % 3}`);
    const ids = scene.verdict.checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.startsWith('slices.roc_auc.group = xx'))).toHaveLength(3);
  });

  it('keeps names out of the report’s markup and out of SQL', async () => {
    const names = ['<script>alert(1)</script>', "'; DROP TABLE requests; --", '| @everyone |\n# x', ''];
    const scene = await lookBy(3000, (i) => names[i % 4]);
    expect(scene.of(`slices.roc_auc.group = ${names[1]}`)?.n).toBe(750);
    expect(scene.of('slices.roc_auc.group is empty')?.n).toBe(750);
    expect(scene.files['report.html']).not.toContain('<script>alert');
    expect(scene.files['report.md'].replace(/`[^`\n]*`/g, '')).not.toContain('<script>');
    expect(scene.files['report.md']).not.toContain('\n# x');
  });

  it('keeps kinds of errors apart and bounded', async () => {
    const rows = goodRows(400, (row, i) => ({
      ...row,
      champion_error: `kind ${i}\n<b>`,
      challenger_error: `${'E'.repeat(5000)}${i}`,
    }));
    const scene = await lookAt({ log: files.write('log.jsonl', jsonLines(rows)) });
    expect(scene.of('errors.kinds.champion')?.message).toMatch(
      /^The champion failed on 400 requests: "kind 0\\n<b>" 1, .* of other kinds 392\.$/,
    );
    expect(scene.of('errors.kinds.challenger')?.message).toBe(
      `The challenger failed on 400 requests: "${'E'.repeat(100)}" 400.`,
    );
    expect(scene.trouble).toContain('labels.known hold');
  });
});
