import type { Lane } from '../../../src/core/lane.ts';
import { readEntry, readState } from '../../../src/ledger/document.ts';
import type { Chained } from '../../../src/ledger/fold.ts';
import { laneFolder, statePath } from '../../../src/ledger/paths.ts';
import { emptyState, type LaneState } from '../../../src/ledger/state.ts';
import type { World } from './world.ts';

/** The entries of a lane, in order. */
export async function entriesOf(world: World, lane: Lane): Promise<Chained[]> {
  const head = world.ledger.head();
  if (head === undefined) return [];
  const files = await world.ledger.readAll(head, `${laneFolder(lane)}/entries`);
  return [...files]
    .map(([path, text]) => readEntry(text, path))
    .toSorted((a, b) => a.entry.seq - b.entry.seq);
}

/** The state file of a lane. */
export function stateOf(world: World, lane: Lane): LaneState {
  const path = statePath(lane);
  const text = world.ledger.readNow([path]).files[path];
  return text === undefined ? emptyState(lane) : readState(text, path);
}
