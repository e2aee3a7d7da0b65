import { describe, expect, it } from 'vitest';
import { appendEntries, type AppendResult } from '../../../../src/app/release/append-entries.ts';
import { loadView } from '../../../../src/app/release/load-lane.ts';
import { KnownGoodError } from '../../../../src/core/errors.ts';
import type { LedgerCommit, LedgerStore } from '../../../../src/core/ledger-store.ts';
import { composeCommit } from '../../../../src/ledger/commit.ts';
import type { EntryDraft } from '../../../../src/ledger/entry.ts';
import { fold } from '../../../../src/ledger/fold.ts';
import { A, B, intentOf, LANE, STAGING } from '../../../support/lane-story.ts';
import { ReleaseDesk } from '../../../support/release-desk.ts';

const noAnswer = () => new KnownGoodError('unavailable', 'The ledger does not answer.');

/** What becomes of one append: `lost-reply`: written, no answer; `lost`: not written, no answer; else somebody is faster. */
type Fate = 'lost-reply' | 'lost' | 'other-lane' | 'same-lane' | 'other-lane-rolls-back';

class Trouble {
  readonly desk = new ReleaseDesk();
  appends = 0;
  private others = 0;
  private readonly fates: Fate[];
  /** What becomes of the appends after those: well, unless told otherwise. */
  private readonly afterwards: Fate | undefined;

  constructor(fates: Fate[], afterwards?: Fate) {
    this.fates = fates;
    this.afterwards = afterwards;
  }

  async append(drafts: readonly EntryDraft[]): Promise<AppendResult> {
    const ports = this.desk.ports('ana', this.ledger());
    const view = await loadView(ports.ledger, LANE);
    return appendEntries(ports, view, { drafts });
  }

  private ledger(): LedgerStore {
    const { ledger } = this.desk;
    return {
      ...ledger,
      append: async (commit) => {
        this.appends++;
        return this.meet(this.fates.shift() ?? this.afterwards, commit);
      },
    };
  }

  private async meet(fate: Fate | undefined, commit: LedgerCommit): ReturnType<LedgerStore['append']> {
    const { ledger } = this.desk;
    if (fate === 'lost') throw noAnswer();
    if (fate === 'other-lane')
      await this.somebody(STAGING, [{ kind: 'locked', id: this.other(), reason: 'audit' }]);
    if (fate === 'same-lane')
      await this.somebody(LANE, [{ kind: 'locked', id: this.other(), reason: 'audit' }]);
    if (fate === 'other-lane-rolls-back')
      await this.somebody(STAGING, [
        intentOf(this.other(), A, { action: 'rollback', leaves: { digest: B.digest } }),
      ]);
    const written = await ledger.append(commit);
    if (fate === 'lost-reply') throw noAnswer();
    return written;
  }

  private other(): string {
    return `other-${++this.others}`;
  }

  private async somebody(lane: typeof LANE, drafts: readonly EntryDraft[]): Promise<void> {
    const view = await loadView(this.desk.ledger, lane);
    const { commit } = composeCommit(view, {
      drafts,
      actor: { name: 'bo', via: 'cli' },
      now: new Date(this.desk.ms).toISOString(),
    });
    this.desk.ledger.appendNow(commit);
  }
}

const INTENT = intentOf('ours', A);
const TWO: readonly EntryDraft[] = [
  INTENT,
  { kind: 'moved', id: 'ours-too', operation: 'ours', digest: A.digest },
];

describe('appendEntries', () => {
  it.each<[string, Fate[], number]>([
    ['all goes well', [], 1],
    ['the answer is lost, the write is not', ['lost-reply'], 1],
    ['answer and write are lost', ['lost'], 2],
    ['answer and write are lost twice', ['lost', 'lost'], 3],
    ['another lane is faster', ['other-lane'], 2],
    ['another lane is faster, then the answer is lost', ['other-lane', 'lost-reply'], 2],
    ['another lane is faster 49 times', Array.from({ length: 49 }, () => 'other-lane' as const), 50],
  ])('%s: written, once, as one chain', async (_, fates, appends) => {
    const trouble = new Trouble(fates);
    const written = await trouble.append(TWO);
    expect(written.kind).toBe('appended');
    expect(trouble.appends).toBe(appends);
    const entries = await trouble.desk.entries();
    expect(entries.map(({ entry }) => entry.id)).toEqual(['ours', 'ours-too']);
    expect(fold(LANE, entries)).toEqual(trouble.desk.state());
    expect(written.view).toMatchObject({ state: trouble.desk.state(), head: trouble.desk.ledger.head() });
  });

  it.each<[string, Fate[], string[]]>([
    ['somebody else is faster in the lane', ['same-lane'], ['locked']],
    ['our answer and write are lost, and then they are faster', ['lost', 'same-lane'], ['locked']],
    ['another lane changes the quarantine that the plan was made on', ['other-lane-rolls-back'], []],
  ])('%s: nothing of ours is there, and what is there is told', async (_, fates, kinds) => {
    const trouble = new Trouble(fates);
    const written = await trouble.append(TWO);
    expect(written.kind).toBe('changed');
    expect(await trouble.desk.kinds()).toEqual(kinds);
    expect(written.view).toEqual(await loadView(trouble.desk.ledger, LANE));
  });

  it('ours was written, its answer lost, and somebody wrote after it: ours is there', async () => {
    const trouble = new Trouble([]);
    const { ledger } = trouble.desk;
    const ports = trouble.desk.ports('ana', {
      ...ledger,
      append: async (commit) => {
        await ledger.append(commit);
        const view = await loadView(ledger, LANE);
        const lock: EntryDraft = { kind: 'locked', id: 'theirs', reason: 'audit' };
        ledger.appendNow(
          composeCommit(view, {
            drafts: [lock],
            actor: { name: 'bo', via: 'cli' },
            now: '2026-03-01T00:00:00.000Z',
          }).commit,
        );
        throw noAnswer();
      },
    });
    const written = await appendEntries(ports, await loadView(ledger, LANE), { drafts: [INTENT] });
    expect(written).toMatchObject({
      kind: 'appended',
      view: { state: { seq: 2, lock: { reason: 'audit' } } },
    });
    expect(await trouble.desk.kinds()).toEqual(['intent', 'locked']);
  });

  it('gives up when three answers in a row tell nothing, with the ledger’s own words', async () => {
    const trouble = new Trouble([], 'lost');
    await expect(trouble.append([INTENT])).rejects.toThrow('The ledger does not answer.');
    expect(trouble.appends).toBe(3);
    expect(await trouble.desk.kinds()).toEqual([]);
  });

  it('gives up when others are faster for ever, and says so', async () => {
    const trouble = new Trouble([], 'other-lane');
    await expect(trouble.append([INTENT])).rejects.toThrow(
      /50 times in a row somebody else was faster\. Try again\./,
    );
    expect(await trouble.desk.kinds()).toEqual([]);
  });

  it('rejects where the ledger does not tell whether it was written: the next command will see', async () => {
    const desk = new ReleaseDesk();
    const { ledger } = desk;
    let silent = false;
    const ports = desk.ports('ana', {
      ...ledger,
      read: (paths) => (silent ? Promise.reject(noAnswer()) : ledger.read(paths)),
      append: async (commit) => {
        await ledger.append(commit);
        silent = true;
        throw noAnswer();
      },
    });
    const view = await loadView(ledger, LANE);
    await expect(appendEntries(ports, view, { drafts: [INTENT] })).rejects.toThrow('does not answer');
    expect(await desk.kinds()).toEqual(['intent']);
  });

  it('after a lost reply, a read that lags behind is no proof that the entry is not there', async () => {
    const desk = new ReleaseDesk();
    const { ledger } = desk;
    const before = ledger.readNow([]);
    let reads = 0;
    const lagging: LedgerStore = {
      ...ledger,
      append: async (commit) => {
        await ledger.append(commit);
        throw noAnswer();
      },
      // The view is read once, shows the append once, and then once more lags.
      read: async (paths) => (++reads === 3 ? before : ledger.read(paths)),
    };
    const ports = desk.ports('ana', lagging);
    const view = await loadView(ports.ledger, LANE);
    const draft: EntryDraft = { kind: 'locked', id: 'mine', reason: 'audit' };
    expect((await appendEntries(ports, view, { drafts: [draft] })).kind).toBe('appended');
    expect(await desk.kinds()).toEqual(['locked']);
  });
});
