import type { Policy } from '../../core/policy.ts';
import type { Release } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { currentTenure } from '../../ledger/state.ts';
import type { Looked } from '../../promotion/choose-target.ts';
import type { LaneFacts } from '../../promotion/facts.ts';
import { leavingOf, sameLeaving } from '../../promotion/leaving.ts';
import { loadFacts } from './load-lane.ts';
import { lookIntoCandidates } from './look-into-candidates.ts';
import type { ReleasePorts } from './release-ports.ts';

interface Asked {
  policy: Policy | undefined;
  /** The release that was named. */
  release: Release | undefined;
}

/**
 * Loads what a rollback is decided on: where the tag points, and what registry and ledger have of the releases that it could go to. Both are
 * asked at the same time, for a tag that is where the ledger says; where it turns out not to be, the candidates are others, and are asked about
 * after it.
 */
export async function loadRollback(
  ports: ReleasePorts,
  view: LaneView,
  asked: Asked,
): Promise<{ facts: LaneFacts; looked: Looked }> {
  const assumed = atRest(ports, view);
  const [facts, early] = await Promise.all([
    loadFacts(ports, view, asked.policy),
    assumed === undefined ? undefined : lookIntoCandidates(ports, assumed, asked),
  ]);
  const isAsAssumed =
    assumed !== undefined &&
    facts.tag.kind !== 'unreadable' &&
    facts.view.state.last === view.state.last &&
    sameLeaving(leavingOf(facts), leavingOf(assumed));
  const looked = isAsAssumed ? early : undefined;
  return { facts, looked: looked ?? (await lookIntoCandidates(ports, facts, asked)) };
}

/** The lane as the ledger says that it is; `undefined` where something is open, or nothing was ever moved. */
function atRest({ timer }: ReleasePorts, view: LaneView): LaneFacts | undefined {
  const current = currentTenure(view.state);
  if (view.state.open !== undefined || current === undefined) return undefined;
  const tag = { kind: 'at', digest: current.release.digest } as const;
  return { view, tag, owner: 'unknown', now: timer.now().toISOString() };
}
