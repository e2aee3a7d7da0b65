import { formatLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import { nameRelease, shortDigest } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { openedBy } from '../../ledger/state.ts';
import type { LaneFacts } from '../../promotion/facts.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import { recover, type Recovery } from '../../promotion/recover.ts';
import { appendEntries } from './append-entries.ts';
import { carryOut, type Ending } from './carry-out.ts';
import { loadFacts, loadView } from './load-lane.ts';
import type { ReleasePorts } from './release-ports.ts';

/** A lane needs at most: an abort, a repair, and the same again when somebody dies meanwhile. */
const MOST_STEPS = 8;
/** Waits between the reads that make sure of a drift. */
const DRIFT_WAITS_MS = [3000, 7000];

/** A lane that needs nothing more, or needs what no command may do by itself. */
export interface Recovered {
  facts: LaneFacts;
  recovery: Recovery;
  /** What a dead owner had begun and this recovery brought to its end; the last one. */
  resumed?: Resumed;
}

/** An operation that was taken over, and how it ended. */
export interface Resumed {
  plan: OperationPlan;
  ending: Exclude<Ending, { kind: 'changed' }>;
}

/** Which lane to recover, how it begins, and what it leaves to its caller. */
export interface RecoveryOrder {
  lane: Lane;
  /** The config's, for a lane that has none in the ledger. */
  policy: Policy | undefined;
  /** The lane as it was read a moment ago, in place of the first read. */
  view?: LaneView | undefined;
  /** What this comment began and was cut off before anything moved is not closed: the caller goes on with it. */
  comment?: string | undefined;
}

/**
 * Brings a lane to where a command can begin: finishes or closes what a dead owner left, points back what a late write moved.
 * What it cannot settle (somebody at work, drift after three reads, a tag that cannot be read) is returned.
 */
export function recoverLane(ports: ReleasePorts, order: RecoveryOrder): Promise<Recovered> {
  return bring(ports, order, DRIFT_WAITS_MS);
}

/** The same for who expects a drift: it is believed at once. */
export function recoverDrifted(
  ports: ReleasePorts,
  lane: Lane,
  policy: Policy | undefined,
): Promise<Recovered> {
  return bring(ports, { lane, policy }, []);
}

async function bring(
  ports: ReleasePorts,
  { lane, policy, view, comment }: RecoveryOrder,
  driftWaitsMs: readonly number[],
): Promise<Recovered> {
  let drifts = 0;
  let known = view;
  let resumed: Resumed | undefined;
  for (let step = 0; ; step++) {
    const facts = await loadFacts(ports, known ?? (await loadView(ports.ledger, lane)), policy);
    const recovery = recover(facts);
    const end = { facts, recovery, ...(resumed === undefined ? {} : { resumed }) };
    const isLeft = recovery.kind === 'abort' && openedBy(facts.view.state, comment) !== undefined;
    if (recovery.kind === 'drift' && recovery.expected !== 'absent') {
      const wait = driftWaitsMs[drifts++];
      if (wait === undefined) return end;
      await ports.timer.sleep(wait);
      known = undefined;
    } else {
      const taken = isLeft || step >= MOST_STEPS ? undefined : await settleOne(ports, facts, recovery);
      if (taken === undefined) return end;
      // A look may lag behind what this very step has written, and show its operation as one that somebody is at work on.
      known = taken.view;
      resumed = taken.resumed ?? resumed;
    }
  }
}

/** A step of recovery, and the lane after it. */
interface Taken {
  view: LaneView;
  resumed?: Resumed;
}

/** One step of recovery; `undefined` where there was none to take. */
async function settleOne(
  ports: ReleasePorts,
  facts: LaneFacts,
  recovery: Recovery,
): Promise<Taken | undefined> {
  switch (recovery.kind) {
    case 'abort':
      return abort(ports, facts, recovery);
    case 'resume':
      return resume(ports, facts, recovery);
    case 'repair':
      return repair(ports, facts, recovery);
    default:
      return undefined;
  }
}

async function abort(
  ports: ReleasePorts,
  { view }: LaneFacts,
  { open }: Recovery & { kind: 'abort' },
): Promise<Taken> {
  const message = `${open.actor} began it at ${open.at} and is gone; the tag had not moved.`;
  const draft = { kind: 'aborted', id: ports.ids.next(), operation: open.operation, message } as const;
  const written = await appendEntries(ports, view, { drafts: [draft] });
  if (written.kind === 'appended') {
    const what = `${open.action} to ${nameRelease(open.release)}`;
    ports.progress({
      step: 'aborted',
      message: `Closed what was cut off before it moved anything: ${what}.`,
    });
  }
  return { view: written.view };
}

/** Takes over what a dead owner had begun, under a new operation with the same goal. */
async function resume(
  ports: ReleasePorts,
  { view }: LaneFacts,
  { open }: Recovery & { kind: 'resume' },
): Promise<Taken> {
  const { policy, config, action, from, release, leaves, reason, unproved, acceptedHold, comment } = open;
  const { approvedBy } = open;
  const plan: OperationPlan = {
    kind: 'operate',
    action,
    from,
    release,
    policy,
    takesOver: open,
    ...(config === undefined ? {} : { config }),
    ...(leaves === undefined ? {} : { leaves }),
    ...(reason === undefined ? {} : { reason }),
    ...(unproved === undefined ? {} : { unproved }),
    ...(acceptedHold === undefined ? {} : { acceptedHold }),
    ...(approvedBy === undefined ? {} : { approvedBy }),
    ...(comment === undefined ? {} : { comment }),
  };
  const what = `${open.actor}'s ${action} to ${nameRelease(release)}, which was cut off`;
  ports.progress({ step: 'repaired', message: `Bringing to its end: ${what}.` });
  const ending = await carryOut(ports, view, plan);
  return { view: ending.view, ...(ending.kind === 'changed' ? {} : { resumed: { plan, ending } }) };
}

async function repair(
  ports: ReleasePorts,
  { view }: LaneFacts,
  { found, tenure }: Recovery & { kind: 'repair' },
): Promise<Taken | undefined> {
  const { policy } = view.state;
  if (policy === undefined) return undefined;
  const message = `A late write of a dead operation moved the tag of ${formatLane(view.lane)} to ${shortDigest(found)}; pointing it back to ${nameRelease(tenure.release)}.`;
  ports.progress({ step: 'repaired', message });
  const ending = await carryOut(ports, view, {
    kind: 'operate',
    action: 'repair',
    from: found,
    release: tenure.release,
    policy,
  });
  return { view: ending.view };
}
