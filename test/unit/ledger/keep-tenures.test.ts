import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import type { EvidenceRef, Release } from '../../../src/core/release.ts';
import { readState, writeDocument } from '../../../src/ledger/document.ts';
import { keepTenures } from '../../../src/ledger/keep-tenures.ts';
import { rankCandidates } from '../../../src/ledger/known-good.ts';
import { type Tenure } from '../../../src/ledger/state.ts';
import { A, at, LaneStory, sampleRelease } from '../../support/lane-story.ts';

function stay(seq: number, version: string, healthyAt?: string): Tenure {
  return {
    seq,
    action: 'promote',
    release: sampleRelease(version),
    from: 'absent',
    actor: 'ana',
    requires: [],
    soakMs: 0,
    movedAt: at(seq),
    ...(healthyAt === undefined ? {} : { healthyAt }),
  };
}

const failures = (count: number, from = 1000) =>
  Array.from({ length: count }, (_, i) => stay(from + i, `0.0.${i}`));
const seqs = (tenures: readonly Tenure[]) => tenures.map(({ seq }) => seq);

describe('keepTenures', () => {
  it('keeps all of fifty', () => {
    const fifty = failures(50);
    expect(keepTenures(fifty)).toEqual(fifty);
  });

  it('drops the oldest that was never healthy', () => {
    expect(seqs(keepTenures(failures(51)))).toEqual(seqs(failures(50, 1001)));
  });

  it.each([50, 51, 500])('%i failures never hide the last known good', (count) => {
    const kept = keepTenures([stay(1, '1.0.0', at(2)), ...failures(count)]);
    expect(kept[0]).toEqual(stay(1, '1.0.0', at(2)));
    expect(kept).toHaveLength(51);
  });

  it('keeps the newest five releases that were healthy, each by its newest healthy stay', () => {
    const healthy = [1, 2, 3, 4, 5, 6, 7].map((i) => stay(i, `${i}.0.0`, at(i)));
    const again = stay(8, '1.0.0', at(8));
    expect(seqs(keepTenures([...healthy, again, ...failures(60)])).slice(0, 6)).toEqual([
      4, 5, 6, 7, 8, 1010,
    ]);
  });

  it('one entry at a time it comes to the same', () => {
    const all = [
      stay(1, '1.0.0', at(2)),
      ...failures(30, 10),
      stay(50, '2.0.0', at(3)),
      ...failures(80, 100),
    ];
    const step = all.reduce<Tenure[]>((kept, tenure) => keepTenures([...kept, tenure]), []);
    expect(step).toEqual(keepTenures(all));
  });
});

it('after sixty failed promotions the ledger still offers the last known good', () => {
  const story = new LaneStory().proved(A);
  for (let i = 0; i < 60; i++) story.promoted(sampleRelease(`0.0.${i}`)).look('failed');
  const good = rankCandidates(story.state, story.tenure.release.digest, []).filter(
    ({ rejected }) => rejected === undefined,
  );
  expect(good).toEqual([{ release: A }]);
});

describe('the size of the state', () => {
  const evidence = (i: number, long: number): EvidenceRef => ({
    kind: 'gate',
    digest: digestOf(`e${i}`),
    outcome: 'hold',
    artifact: digestOf('artifact'),
    environment: 'production'.padEnd(Math.min(long, 64), 'x'),
    createdAt: at(i),
    gates: digestOf('gates'),
    ref: 'refs/heads/main'.padEnd(long, 'x'),
    run: 'https://github.com/acme/bank/actions/runs/1'.padEnd(long, '1'),
    reason: 'roc_auc fell by more than the margin allows.'.padEnd(long, '.'),
  });
  const big = (i: number, count: number, long: number): Release => ({
    ...sampleRelease(
      `${i}.0.0`,
      Array.from({ length: count }, (_, k) => evidence(k, long)),
    ),
    sha: 'a'.repeat(40),
    artifact: digestOf('artifact'),
    golden: { request: { row: Array.from({ length: 40 }, (_, k) => k / 7) }, answer: 0.5 },
  });
  function stateWith(count: number, long: number): string {
    const story = new LaneStory();
    for (let i = 0; i < 5; i++) story.proved(big(i, count, long), { comment: '1234567890' });
    for (let i = 5; i < 60; i++) {
      story.promoted(big(i, count, long), { comment: '1234567890', reason: 'r'.repeat(100) });
      story.look('failed', 'x'.repeat(200));
    }
    expect(story.state.tenures).toHaveLength(55);
    return writeDocument(story.state);
  }

  it('stays below 200 KB with the last fifty stays, a gate verdict and a golden question each', () => {
    expect(stateWith(1, 120).length).toBeLessThan(200_000);
  });

  it('stays below 200 KB with three verdicts each', () => {
    expect(stateWith(3, 150).length).toBeLessThan(200_000);
  });

  it('can be read back whatever the records hold: a lane must never lock itself', () => {
    const text = stateWith(20, 300);
    expect(readState(text, 'state').tenures).toHaveLength(55);
  });
});
