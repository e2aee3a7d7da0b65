import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShadowColumns } from '../../../src/shadow/columns.ts';
import { csvOf, lookAt, shadowFiles, type Scene, type SceneWish } from '../../support/shadow-scene.ts';

const BANK = 'test/fixtures/bank';

/** The columns of each format, the versions left out: CSV and Parquet do not have them. */
function columnsBy(name: (side: string, what: string) => string, features?: string): ShadowColumns {
  const side = (own: string) => ({
    score: name(own, 'score'),
    latency: name(own, 'latency_ms'),
    error: name(own, 'error'),
  });
  return {
    id: 'request_id',
    time: 'timestamp',
    label: 'label',
    labelTime: 'label_timestamp',
    champion: side('champion'),
    challenger: side('challenger'),
    ...(features === undefined ? {} : { features }),
  };
}

const NESTED = columnsBy((side, what) => `${side}.${what}`, 'features');
const FLAT = columnsBy((side, what) => `${side}_${what}`);

const files = shadowFiles();
afterAll(() => files.remove());

function csvOfBank(): string {
  const text = gunzipSync(readFileSync(`${BANK}/shadow.jsonl.gz`)).toString('utf8');
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { request_id, timestamp, features, champion, challenger, label, label_timestamp } =
        JSON.parse(line);
      const side = (name: string, { score, latency_ms, error }: Record<string, unknown>) => ({
        [`${name}_score`]: score,
        [`${name}_latency_ms`]: latency_ms,
        [`${name}_error`]: error,
      });
      return {
        request_id,
        timestamp,
        ...features,
        ...side('champion', champion),
        ...side('challenger', challenger),
        label,
        label_timestamp,
      };
    });
  return csvOf(rows);
}

function look(log: string, columns: ShadowColumns): Promise<Scene> {
  const named = (name: string) => ({ name, version: name, names: [name] });
  const wish: SceneWish = {
    model: 'bank',
    log,
    columns,
    labels: [`${BANK}/labels_late.csv`],
    slices: { wanted: [{ column: 'job' }, { column: 'age', edges: [30, 45, 60] }], asked: true },
    reference: `${BANK}/train_reference.csv`,
    referenceAsked: true,
    releases: { champion: named('1.0.0'), challenger: named('2.0.0') },
    trustLog: true,
  };
  return lookAt(wish);
}

/** The files of a run without the names and digests of the log. */
function anonymous({ verdict, files: written }: Scene, log: string): Record<string, string> {
  const digest = verdict.data.find(({ role }) => role === 'log')?.sha256 ?? 'none';
  const hidden = Object.entries(written).map(([name, text]) => [
    name,
    text
      .replaceAll(log, 'LOG')
      .replaceAll(log.replace(/([_.-])/g, '\\$1'), 'LOG')
      .replaceAll(digest, 'DIGEST')
      .replaceAll(digest.slice(7), 'DIGEST')
      .replaceAll(digest.slice(7, 19), 'DIGEST'),
  ]);
  return Object.fromEntries(hidden);
}

describe('one log in three formats', () => {
  const jsonl = `${BANK}/shadow.jsonl.gz`;
  const parquet = `${BANK}/shadow.parquet`;
  let expected: Record<string, string>;
  beforeAll(async () => {
    const scene = await look(jsonl, NESTED);
    expect([scene.verdict.outcome, scene.verdict.shadow?.bound]).toEqual(['pass', 'trusted']);
    expect(scene.of('slices.roc_auc.age < 30')?.n).toBeGreaterThan(1000);
    expected = anonymous(scene, jsonl);
  });

  it('gives the same verdict and the same report from Parquet', async () => {
    expect(anonymous(await look(parquet, FLAT), parquet)).toEqual(expected);
  });

  it('gives the same verdict and the same report from CSV', async () => {
    const csv = files.write('shadow.csv', csvOfBank());
    expect(anonymous(await look(csv, FLAT), csv)).toEqual(expected);
  });

  it('gives the same verdict whatever way the lines of the CSV end, and with a byte-order mark', async () => {
    const csv = files.write('shadow.csv', `\ufeff${csvOfBank().replaceAll('\n', '\r\n')}`);
    expect(anonymous(await look(csv, FLAT), csv)).toEqual(expected);
  });

  it('gives the same verdict and the same report from two parts', async () => {
    const lines = csvOfBank().split('\n');
    const [head = ''] = lines;
    const parts = [lines.slice(0, 7001), [head, ...lines.slice(7001)]].map((part, index) =>
      files.write(`part-${index}.csv`, part.join('\n')),
    );
    const scene = await lookAt({ log: parts, columns: FLAT, labels: [`${BANK}/labels_late.csv`] });
    expect(scene.of('champion.roc_auc')?.measured).toBeCloseTo(0.79986, 5);
    expect(scene.verdict.shadow?.requests).toMatchObject({ rows: 20_000, both: 20_000, excluded: 0 });
  });
});
