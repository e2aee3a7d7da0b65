import { digestOf } from '../../core/digest.ts';
import type { Lane } from '../../core/lane.ts';
import { readEntry } from '../../ledger/document.ts';
import type { Intent } from '../../ledger/entry.ts';
import { isKnown } from '../../ledger/entry.ts';
import { entryPath, evidencePath } from '../../ledger/paths.ts';
import { currentTenure } from '../../ledger/state.ts';
import { accountOf, type LaneAccount } from '../../promotion/lane-account.ts';
import { loadView } from './load-lane.ts';
import type { ReleasePorts } from './release-ports.ts';

/** Why a lane serves what it serves: from the ledger alone. Writes nothing. */
export async function laneAccount(
  { ledger, timer }: Pick<ReleasePorts, 'ledger' | 'timer'>,
  lane: Lane,
): Promise<LaneAccount> {
  const { state, quarantine, head } = await loadView(ledger, lane);
  const tenure = currentTenure(state);
  const now = timer.now().toISOString();
  const digests = tenure?.release.evidence.map(({ digest }) => digest) ?? [];
  // A lane that carries on from another has stays whose intents are in that one.
  const path =
    tenure === undefined
      ? undefined
      : entryPath({ ...lane, environment: tenure.environment ?? lane.environment }, tenure.seq, 'intent');
  const { files } = await ledger.read([...digests.map(evidencePath), ...(path === undefined ? [] : [path])]);
  const kept = digests.filter((digest) => {
    const text = files[evidencePath(digest)];
    return text !== undefined && digestOf(text) === digest;
  });
  const text = path === undefined ? undefined : files[path];
  const intent = text === undefined || path === undefined ? undefined : intentOf(text, path);
  return accountOf({ lane, state, quarantine, intent, kept: new Set(kept), head, now });
}

function intentOf(text: string, path: string): Intent | undefined {
  const { entry } = readEntry(text, path);
  return isKnown(entry) && entry.kind === 'intent' ? entry : undefined;
}
