import { messageChain } from '../../core/errors.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import { chooseKnownGood } from '../../promotion/choose-target.ts';
import type { LaneFacts } from '../../promotion/facts.ts';
import { statusOf, type LaneStatus } from '../../promotion/lane-status.ts';
import { leavingOf } from '../../promotion/leaving.ts';
import { loadFacts } from './load-lane.ts';
import { loadViews } from './load-views.ts';
import { lookIntoCandidates } from './look-into-candidates.ts';
import type { ReleasePorts } from './release-ports.ts';

/** A lane, and its policy by the config; `undefined` where there is no config, or one without the lane. */
export interface LaneWish {
  lane: Lane;
  policy: Policy | undefined;
}

/**
 * The lanes at a glance: one look at the ledger, and for each lane one at its tag and at the release that a rollback would go to.
 * Writes nothing, and waits for nothing.
 */
export async function laneStatuses(ports: ReleasePorts, lanes: readonly LaneWish[]): Promise<LaneStatus[]> {
  const views = await loadViews(
    ports.ledger,
    lanes.map(({ lane }) => lane),
  );
  const statuses = views.map(async (view, i) => {
    const policy = lanes[i]?.policy;
    const facts = await loadFacts(ports, view, policy);
    const stored = view.state.policy ?? policy;
    const image = stored === undefined ? undefined : `${stored.image}:${stored.tag}`;
    return statusOf({ ...facts, image, ...(await rollbackOf(ports, facts, policy)) });
  });
  return Promise.all(statuses);
}

/**
 * The exit code of a look at lanes, the worst of them: 1 where the last look at what serves, or its deployment, failed; 3 where that look
 * told nothing, the tag is not what the ledger says or cannot be read, or an operation was cut off; else 0. A tag that drifted is 3 whatever
 * was looked at before: something else serves. A lane that nothing was ever moved to may have no registry yet.
 */
export function exitCodeOfStatuses(statuses: readonly LaneStatus[]): 0 | 1 | 3 {
  const codes = statuses.map(exitCodeOfStatus);
  return codes.includes(1) ? 1 : codes.includes(3) ? 3 : 0;
}

function exitCodeOfStatus({ tag, current, health }: LaneStatus): 0 | 1 | 3 {
  if (tag.kind === 'drift' || tag.kind === 'late-write' || tag.kind === 'cut-off') return 3;
  if (health?.kind === 'trouble') return health.trouble.kind === 'failed' ? 1 : 3;
  return tag.kind === 'unreadable' && current !== undefined ? 3 : 0;
}

async function rollbackOf(
  ports: ReleasePorts,
  facts: LaneFacts,
  policy: Policy | undefined,
): Promise<Pick<Parameters<typeof statusOf>[0], 'choice' | 'notes'>> {
  const notes = renamed(facts, policy);
  try {
    const looked = await lookIntoCandidates(ports, facts, { policy });
    return { choice: chooseKnownGood({ ...facts, looked }, leavingOf(facts)), notes };
  } catch (error) {
    const why = messageChain(error)[0] ?? 'no reason was given';
    const choice = chooseKnownGood({ ...facts, looked: {} }, leavingOf(facts));
    return {
      choice,
      notes: [...notes, `Whether the way back can still be pulled could not be asked: ${why}`],
    };
  }
}

function renamed({ view: { state, lane } }: LaneFacts, policy: Policy | undefined): string[] {
  const { policy: stored } = state;
  if (stored === undefined || policy === undefined) return [];
  if (stored.tag === policy.tag && stored.image === policy.image) return [];
  return [
    `The config now says ${policy.image}:${policy.tag}, which the ledger has not moved yet: known-good adopt ${formatLane(lane)} --reason "new tag".`,
  ];
}
