import { describe, expect, it } from 'vitest';
import { laneHistory } from '../../../src/app/release/history.ts';
import type { Lane } from '../../../src/core/lane.ts';
import type { Release } from '../../../src/core/release.ts';
import { composeCommit } from '../../../src/ledger/commit.ts';
import { readEntry, writeDocument } from '../../../src/ledger/document.ts';
import { fold } from '../../../src/ledger/fold.ts';
import { composeHandOver, governs } from '../../../src/ledger/hand-over.ts';
import { rankCandidates } from '../../../src/ledger/known-good.ts';
import { laneFolder, statePath } from '../../../src/ledger/paths.ts';
import { currentTenure } from '../../../src/ledger/state.ts';
import { verifyChain } from '../../../src/ledger/verify-chain.ts';
import { LedgerBook, PRODUCTION } from '../../support/ledger-book.ts';
import { bookPorts } from '../../support/release-world.ts';
import { samplePolicy } from '../../support/model/world.ts';

const PROD: Lane = { model: 'bank', environment: 'prod' };
const place = { image: 'oci-layout:registry', tag: 'prod' };

/** One lane carries on from another, in one commit. */
function handOver(book: LedgerBook, from: Lane, to: Lane): void {
  book.now += 60_000;
  const by = { actor: { name: 'ana', via: 'cli' }, now: new Date(book.now).toISOString() };
  const ids = [book.id(), book.id()] as const;
  const order = { policy: samplePolicy({ deploy: { kind: 'none' } }), reason: 'renamed', ids };
  const { files, view, draft } = composeHandOver(
    { old: book.view(from), heir: book.view(to) },
    { ...by, ...order },
  );
  book.ledger.appendNow(composeCommit(view, { ...by, drafts: [draft], files }).commit);
}

function twoProved(): { book: LedgerBook; first: Release; second: Release } {
  const book = new LedgerBook();
  const [first, second] = [book.register('1.0.0'), book.register('1.1.0')];
  book.move(PRODUCTION, first);
  book.prove(PRODUCTION);
  book.move(PRODUCTION, second);
  book.prove(PRODUCTION);
  return { book, first, second };
}

describe('a lane that is handed over', () => {
  it('goes on under its new name: release, known good ones, numbers; the old one has nothing more', () => {
    const { book, first, second } = twoProved();
    const before = book.view(PRODUCTION).state;
    handOver(book, PRODUCTION, PROD);
    const [old, heir] = [book.view(PRODUCTION).state, book.view(PROD).state];
    expect(heir.tenures).toEqual(
      before.tenures.map((stay) => Object.assign({ environment: 'production' }, stay)),
    );
    expect(rankCandidates(heir, second.digest, [])).toMatchObject([
      { rejected: { rule: 'being-left' } },
      { release: first },
    ]);
    expect(heir.seq).toBe(before.seq + 2);
    expect(old).toMatchObject({
      seq: before.seq + 1,
      tenures: [],
      closed: { successor: 'prod', actor: 'ana', reason: 'renamed' },
    });
    expect(old.policy).toBeUndefined();
    expect([governs(old, place), governs(heir, place)]).toEqual([false, true]);
  });

  it('keeps its lock, its strays and its wait; what it left stays its own', () => {
    const { book, first, second } = twoProved();
    book.rollBack(PRODUCTION, first, 'wrong');
    book.append(PRODUCTION, [{ kind: 'locked', id: book.id(), reason: 'audit' }]);
    const operation = book.intend(PRODUCTION, second);
    book.append(PRODUCTION, [{ kind: 'aborted', id: book.id(), operation, message: 'gone' }]);
    const before = book.view(PRODUCTION);
    handOver(book, PRODUCTION, PROD);
    const { strays, unsettledUntil, lock } = before.state;
    expect(book.view(PROD).state).toMatchObject({ strays, unsettledUntil, lock, left: [] });
    expect(book.view(PRODUCTION).state.left).toEqual(before.state.left);
    expect(book.view(PROD).quarantine).toEqual(before.quarantine);
  });

  it('is what its entries add up to, and the whole ledger checks', async () => {
    const { book, first } = twoProved();
    handOver(book, PRODUCTION, PROD);
    book.rollBack(PROD, first, 'wrong');
    const files = await book.files();
    for (const lane of [PRODUCTION, PROD]) {
      const own = [...files].filter(([path]) => path.startsWith(`${laneFolder(lane)}/entries/`));
      const entries = own.map(([path, text]) => readEntry(text, path));
      entries.sort((a, b) => a.entry.seq - b.entry.seq);
      expect(writeDocument(fold(lane, entries))).toBe(writeDocument(book.view(lane).state));
    }
    expect(verifyChain(files).problems).toEqual([]);
  });

  it('can be handed back: no number is used twice, and every stay says where its entries are', async () => {
    const { book, first, second } = twoProved();
    handOver(book, PRODUCTION, PROD);
    book.move(PROD, first);
    const there = book.view(PROD).state.seq;
    handOver(book, PROD, PRODUCTION);
    const back = book.view(PRODUCTION).state;
    expect(back.seq).toBe(there + 2);
    expect(back.closed).toBeUndefined();
    expect(back.tenures.map(({ release, environment }) => [release.version, environment])).toEqual([
      [first.version, undefined],
      [second.version, undefined],
      [first.version, 'prod'],
    ]);
    expect(verifyChain(await book.files()).problems).toEqual([]);
  });

  it('its name may be used again for another tag, which begins anew', () => {
    const { book, first } = twoProved();
    handOver(book, PRODUCTION, PROD);
    book.move(PRODUCTION, first, { policy: samplePolicy({ tag: 'live', deploy: { kind: 'none' } }) });
    const { state } = book.view(PRODUCTION);
    expect(state.closed).toBeUndefined();
    expect(state.tenures).toHaveLength(1);
    expect(currentTenure(state)?.release).toEqual(first);
  });

  it.each<[string, Lane, (text: string) => string]>([
    ['the heir knows a look that nobody made', PROD, (text) => text.replace(/"looks":4/g, '"looks":5')],
    [
      'the heir names another end',
      PROD,
      (text) => text.replace(/"digest":"sha256:.{4}/, '"digest":"sha256:0000'),
    ],
    ['the old lane names another heir', PRODUCTION, (text) => text.replace('"prod"', '"live"')],
  ])('is found where its end was rewritten together with the state: %s', async (_, lane, alter) => {
    const { book } = twoProved();
    handOver(book, PRODUCTION, PROD);
    const files = await book.files();
    const own = () =>
      [...files].filter(([path]) => path.startsWith(`${laneFolder(lane)}/entries/`)).toSorted();
    const [path = '', text = ''] = own().at(-1) ?? [];
    expect(alter(text)).not.toBe(text);
    files.set(path, alter(text));
    const state = fold(
      lane,
      own().map(([each, written]) => readEntry(written, each)),
    );
    files.set(statePath(lane), writeDocument(state));
    const said = verifyChain(files).problems.map(({ code, message }) => [code, message]);
    expect(said.length).toBeGreaterThan(0);
    for (const each of said)
      expect(each).toEqual(['altered-entry', expect.stringContaining('was handed over')]);
  });
});

it('its history ends with the close, and the other one’s begins with what it inherited', async () => {
  const { book, first } = twoProved();
  handOver(book, PRODUCTION, PROD);
  book.rollBack(PROD, first, 'wrong');
  handOver(book, PROD, PRODUCTION);
  book.move(PRODUCTION, first);
  const told = async (lane: Lane) =>
    (await laneHistory(bookPorts(book), lane, 20)).rows.map((row) =>
      row.kind === 'operation' ? [row.action, row.ending.kind] : [row.kind, 'other' in row && row.other],
    );
  expect(await told(PRODUCTION)).toEqual([
    ['promote', 'serves'],
    ['inherited', 'prod'],
    ['closed', 'prod'],
    ['promote', 'handed-over'],
    ['promote', 'replaced'],
  ]);
  expect(await told(PROD)).toEqual([
    ['closed', 'production'],
    ['rollback', 'handed-over'],
    ['inherited', 'production'],
  ]);
});

describe('governs', () => {
  it('a tag is a lane’s while an operation that brings it is open, however the repository is spelled', () => {
    const book = new LedgerBook();
    const release = book.register('1.0.0');
    book.move(PRODUCTION, release);
    const open = { policy: samplePolicy({ image: 'acme/bank', tag: 'live' }) };
    book.intend(PRODUCTION, release, open);
    const { state } = book.view(PRODUCTION);
    expect(governs(state, { image: 'docker.io/acme/bank', tag: 'live' })).toBe(true);
    expect(governs(state, place)).toBe(true);
    expect(governs(state, { image: 'acme/bank', tag: 'prod' })).toBe(false);
  });
});
