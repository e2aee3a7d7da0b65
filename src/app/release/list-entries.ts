import type { Lane } from '../../core/lane.ts';
import type { Head, LedgerStore } from '../../core/ledger-store.ts';
import { laneFolder } from '../../ledger/paths.ts';

/** An entry as its file name tells it. */
export interface EntryName {
  seq: number;
  kind: string;
  path: string;
}

const NAME = /^(\d{6,15})-(.+)\.json$/;

/**
 * Names of a lane's entries at a head, newest first, a folder of a thousand at a time, until `enough` says so; what was read is returned
 * whole. Its cost does not grow with the lane's age.
 */
export async function listEntries(
  ledger: LedgerStore,
  { head, lane }: { head: Head; lane: Lane },
  enough: (names: readonly EntryName[]) => boolean,
): Promise<EntryName[]> {
  const root = `${laneFolder(lane)}/entries`;
  const folders = (await ledger.list(head, root)).map((name) => Number.parseInt(name, 10));
  const found: EntryName[] = [];
  for (const folder of folders.toSorted((a, b) => b - a)) {
    const names = await ledger.list(head, `${root}/${folder}`);
    const entries = names.flatMap((name) => {
      const [, seq, kind] = NAME.exec(name) ?? [];
      const path = `${root}/${folder}/${name}`;
      return seq === undefined || kind === undefined ? [] : [{ seq: Number(seq), kind, path }];
    });
    found.push(...entries.toSorted((a, b) => b.seq - a.seq));
    if (enough(found)) break;
  }
  return found;
}
