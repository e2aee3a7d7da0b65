import type { Lane } from '../../core/lane.ts';
import type { Head, LedgerStore } from '../../core/ledger-store.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { readQuarantine, readState } from '../../ledger/document.ts';
import { quarantinePath, statePath } from '../../ledger/paths.ts';
import { emptyState } from '../../ledger/state.ts';

/** Reads some lanes in one look: all views are of the same head. */
export async function loadViews(ledger: LedgerStore, lanes: readonly Lane[]): Promise<LaneView[]> {
  const paths = lanes.flatMap((lane) => [statePath(lane), quarantinePath(lane.model)]);
  const { head, files } = await ledger.read([...new Set(paths)]);
  return lanes.map((lane) => {
    const [state, quarantine] = [statePath(lane), quarantinePath(lane.model)];
    const text = files[state];
    return {
      lane,
      head,
      state: text === undefined ? emptyState(lane) : readState(text, state),
      quarantine: readQuarantine(files[quarantine], quarantine),
    };
  });
}

/** All lanes that the ledger knows, by name. */
export async function listLanes(ledger: LedgerStore): Promise<Lane[]> {
  const { head } = await ledger.read([]);
  return head === undefined ? [] : lanesAt(ledger, head);
}

/** The same at one head. */
export async function lanesAt(ledger: LedgerStore, head: Head): Promise<Lane[]> {
  const models = folders(await ledger.list(head, 'lanes'));
  const lanes = models.map(async (model) =>
    folders(await ledger.list(head, `lanes/${model}`)).map((environment) => ({ model, environment })),
  );
  return (await Promise.all(lanes)).flat();
}

function folders(names: readonly string[]): string[] {
  return names.filter((name) => name.endsWith('/')).map((name) => name.slice(0, -1));
}
