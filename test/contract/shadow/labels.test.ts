import { afterAll, describe, expect, it } from 'vitest';
import type { LabelFacts } from '../../../src/shadow/facts.ts';
import {
  factsOf,
  goodRows,
  jsonLines,
  shadowFiles,
  timeOf,
  type LogRow,
  type SceneWish,
} from '../../support/shadow-scene.ts';

const files = shadowFiles();
afterAll(() => files.remove());

/** Ten requests: champion 0, challenger 1; the label 0 comes after an hour, unless a test says otherwise. */
function tenRows(change: (row: LogRow, i: number) => LogRow = (row) => row): LogRow[] {
  return goodRows(10, (row, i) =>
    change({ ...row, champion_score: 0, challenger_score: 1, label: 0, label_timestamp: timeOf(i + 60) }, i),
  );
}

const NONE = { label: undefined, label_timestamp: undefined };

async function labelsOf(
  rows: readonly LogRow[],
  late: string | undefined,
  wish: Partial<SceneWish> = {},
): Promise<{ labels: LabelFacts; truths: number[] }> {
  const labels = late === undefined ? [] : [files.write('late.csv', late)];
  const { facts } = await factsOf({
    maturedAfter: 0,
    ...wish,
    log: files.write('log.jsonl', jsonLines(rows)),
    labels,
  });
  if (!facts.matured.known) throw new Error(facts.matured.why);
  const { champion } = facts.matured.value;
  return {
    labels: facts.labels,
    truths: champion.task === 'binary-classification' ? [...champion.labels] : [],
  };
}

const HEAD = 'request_id,label,label_timestamp\n';
const LATER = timeOf(600);

describe('the label of a request', () => {
  it.each<[string, string, Partial<LabelFacts>, number]>([
    ['that comes later wins', `${HEAD}r3,1,${LATER}\n`, { corrections: 1, repeats: 0 }, 1],
    ['that was older than the log’s does not', `${HEAD}r3,1,${timeOf(33)}\n`, { corrections: 1 }, 0],
    ['that says the same again is a repeat', `${HEAD}r3,0,${LATER}\n`, { corrections: 0, repeats: 1 }, 0],
    ['in a file without its time counts as the newest', `${HEAD}r3,1,\n`, { corrections: 1 }, 1],
    [
      'is the latest of several, not the last in the file',
      `${HEAD}r3,1,${LATER}\nr3,0,${timeOf(500)}\n`,
      { corrections: 1, repeats: 1 },
      1,
    ],
    [
      'is the last of several with the same time',
      `${HEAD}r3,0,${LATER}\nr3,1,${LATER}\n`,
      { corrections: 1, repeats: 1 },
      1,
    ],
    [
      'of an id that the log does not have is counted',
      `${HEAD}r3,1,${LATER}\nghost,1,${LATER}\nghost,0,${LATER}\n`,
      { unknownIds: 1 },
      1,
    ],
    ['that is empty is none', `${HEAD}r3,,${LATER}\n`, { corrections: 0, inFiles: 0 }, 0],
    ['that is NaN is none', `${HEAD}r3,NaN,${LATER}\n`, { corrections: 0, inFiles: 0 }, 0],
  ])('%s', async (_, ...[late, facts, truth]) => {
    const { labels, truths } = await labelsOf(tenRows(), late);
    expect(labels).toMatchObject({ inLog: 10, ...facts });
    expect(truths[3]).toBe(truth);
    expect(truths).toHaveLength(10);
  });

  it('is taken from the row that repeats an id, where the first one has none', async () => {
    const rows = tenRows((row, i) => (i === 3 ? { ...row, ...NONE } : row));
    const again: LogRow = { ...(rows[3] as LogRow), label: 1, label_timestamp: LATER };
    const { labels, truths } = await labelsOf([...rows, again], undefined);
    expect([truths[3], labels.missing]).toEqual([1, 0]);
  });

  it('may come before its request by what clocks differ, and no more', async () => {
    const early = (minutes: number) =>
      tenRows((row, i) =>
        i === 3 ? { ...row, timestamp: timeOf(200), label_timestamp: timeOf(200 - minutes) } : row,
      );
    expect((await labelsOf(early(9), undefined)).labels).toMatchObject({ beforeRequest: 0, missing: 0 });
    expect((await labelsOf(early(11), undefined)).labels).toMatchObject({ beforeRequest: 1, missing: 1 });
  });

  it('does not decide before the 95th percentile of the delays has passed', async () => {
    const rows = tenRows((row, i) => ({
      ...row,
      timestamp: timeOf(i * 20),
      label_timestamp: timeOf(i * 20 + 60),
    }));
    const { labels, truths } = await labelsOf(rows.with(9, { ...(rows[9] as LogRow), ...NONE }), undefined, {
      maturedAfter: undefined,
    } as never);
    // The last thing known is the label of request 8, at minute 220; an hour before that is request 8 itself.
    expect(labels).toMatchObject({
      delayP95Ms: 3_600_000,
      maturedUntil: Date.parse(timeOf(160)),
      matured: 9,
      immature: 0,
      waiting: 1,
    });
    expect(truths).toHaveLength(9);
  });

  it('decides at once where no label has a time', async () => {
    const { labels } = await labelsOf(
      tenRows((row) => ({ ...row, label_timestamp: undefined })),
      undefined,
      { maturedAfter: undefined } as never,
    );
    expect(labels).toMatchObject({
      delayP95Ms: undefined,
      maturedUntil: undefined,
      matured: 10,
      immature: 0,
    });
  });
});
