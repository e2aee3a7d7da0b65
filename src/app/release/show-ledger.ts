import { digestOf, type Digest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { LedgerStore } from '../../core/ledger-store.ts';
import { readEntry } from '../../ledger/document.ts';
import type { Entry } from '../../ledger/entry.ts';
import { listEntries } from './list-entries.ts';

/** An entry as it lies in the ledger: its very text, and the digest that the next one names. */
export interface ShownEntry {
  path: string;
  digest: Digest;
  text: string;
  entry: Entry;
}

/** Some entries of a lane, newest first. */
export interface ShownLedger {
  schema: 1;
  lane: Lane;
  head: string;
  entries: readonly ShownEntry[];
  /** Older ones are there. */
  more: boolean;
}

/** The last `limit` entries of a lane, or the one with a number; without it, or without a ledger, an `input` error. */
export async function showLedger(
  ledger: LedgerStore,
  lane: Lane,
  { seq, limit }: { seq: number | undefined; limit: number },
): Promise<ShownLedger> {
  const { head } = await ledger.read([]);
  const name = formatLane(lane);
  if (head === undefined) throw new KnownGoodError('input', 'There is no ledger here yet.');
  const names = await listEntries(ledger, { head, lane }, (found) =>
    seq === undefined ? found.length > limit : (found.at(-1)?.seq ?? 0) <= seq,
  );
  const wanted = seq === undefined ? names.slice(0, limit) : names.filter((entry) => entry.seq === seq);
  if (wanted.length === 0) {
    const last = names[0]?.seq;
    const what = last === undefined ? 'it has none' : `the last one is ${last}`;
    throw new KnownGoodError('input', `${name} has no entry${seq === undefined ? '' : ` ${seq}`}: ${what}.`);
  }
  const { files } = await ledger.read(wanted.map(({ path }) => path));
  const entries = wanted.flatMap(({ path }) => {
    const text = files[path];
    return text === undefined ? [] : [{ path, text, ...readEntry(text, path), digest: digestOf(text) }];
  });
  return { schema: 1, lane, head, entries, more: seq === undefined && names.length > wanted.length };
}
