import { formatLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import { nameRelease, shortDigest } from '../../core/release.ts';
import { LATE_WRITE_MS } from '../../ledger/late-writes.ts';
import type { LaneFacts } from '../../promotion/facts.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import { recover, type Recovery } from '../../promotion/recover.ts';
import { appendEntries } from './append-entries.ts';
import { carryOut } from './carry-out.ts';
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
}

/**
 * Brings a lane to where a command can begin: finishes or closes what a dead owner left, points back what a late write moved.
 * What it cannot settle (somebody at work, drift after three reads, a tag that cannot be read) is returned.
 */
export function recoverLane(ports: ReleasePorts, lane: Lane, policy: Policy | undefined): Promise<Recovered> {
  return bring(ports, { lane, policy }, DRIFT_WAITS_MS);
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
  { lane, policy }: { lane: Lane; policy: Policy | undefined },
  driftWaitsMs: readonly number[],
): Promise<Recovered> {
  let drifts = 0;
  for (let step = 0; ; step++) {
    const facts = await loadFacts(ports, await loadView(ports.ledger, lane), policy);
    const recovery = recover(facts);
    if (recovery.kind === 'drift' && recovery.expected !== 'absent') {
      const wait = driftWaitsMs[drifts++];
      if (wait === undefined) return { facts, recovery };
      await ports.timer.sleep(wait);
    } else if (step >= MOST_STEPS || !(await settleOne(ports, facts, recovery))) {
      return { facts, recovery };
    }
  }
}

/** One step of recovery; whether there was one to take. */
async function settleOne(ports: ReleasePorts, facts: LaneFacts, recovery: Recovery): Promise<boolean> {
  switch (recovery.kind) {
    case 'abort':
      return abort(ports, facts, recovery);
    case 'resume':
      return resume(ports, facts, recovery);
    case 'repair':
      return repair(ports, facts, recovery);
    default:
      return false;
  }
}

async function abort(
  ports: ReleasePorts,
  { view }: LaneFacts,
  { open }: Recovery & { kind: 'abort' },
): Promise<true> {
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
  return true;
}

/** Takes over what a dead owner had begun, under a new operation with the same goal. */
async function resume(
  ports: ReleasePorts,
  { view }: LaneFacts,
  { open }: Recovery & { kind: 'resume' },
): Promise<boolean> {
  const { policy, config, action, from, release, leaves, reason, unproved, acceptedHold, comment } = open;
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
    ...(comment === undefined ? {} : { comment }),
  };
  const what = `${open.actor}'s ${action} to ${nameRelease(release)}, which was cut off`;
  ports.progress({ step: 'repaired', message: `Bringing to its end: ${what}.` });
  await carryOut(ports, view, plan);
  return true;
}

async function repair(
  ports: ReleasePorts,
  { view }: LaneFacts,
  { found, tenure }: Recovery & { kind: 'repair' },
): Promise<boolean> {
  const { policy } = view.state;
  if (policy === undefined) return false;
  const message = `A late write of a dead operation moved the tag of ${formatLane(view.lane)} to ${shortDigest(found)}; pointing it back to ${nameRelease(tenure.release)}.`;
  ports.progress({ step: 'repaired', message });
  await carryOut(ports, view, {
    kind: 'operate',
    action: 'repair',
    from: found,
    release: tenure.release,
    policy,
  });
  return true;
}

/** Settles a lane that was recovered just now, where a write of the operation that was ended could still land. */
export async function settleRecovered(ports: ReleasePorts, recovered: Recovered): Promise<Recovered> {
  const { lane, state } = recovered.facts.view;
  const until = state.unsettledUntil === undefined ? NaN : Date.parse(state.unsettledUntil);
  if (!(until > ports.timer.now().getTime())) return recovered;
  return (await settle(ports, lane, until - LATE_WRITE_MS)) ?? recovered;
}

/**
 * Waits until no late write of a dead operation can land any more, and looks at the tag once more; needed by whoever wrote the
 * tag before that. Returns what the lane is then.
 */
export async function settle(
  ports: ReleasePorts,
  lane: Lane,
  tookOverAt?: number,
): Promise<Recovered | undefined> {
  const { state } = await loadView(ports.ledger, lane);
  const until = [
    ...(state.unsettledUntil === undefined ? [] : [Date.parse(state.unsettledUntil)]),
    ...(tookOverAt === undefined ? [] : [tookOverAt + LATE_WRITE_MS]),
  ];
  if (until.length === 0) return undefined;
  // A clock that was ahead must not make anybody wait for it: from now on, no late write takes longer than this.
  const wait = Math.min(LATE_WRITE_MS, Math.max(...until) - ports.timer.now().getTime());
  if (wait > 0) {
    const message = `Waiting ${Math.ceil(wait / 1000)} s: a write of the operation that was taken over could still land.`;
    ports.progress({ step: 'waiting', message });
    await ports.timer.sleep(wait);
  }
  const recovered = await recoverLane(ports, lane, state.policy);
  if (recovered.recovery.kind === 'clean')
    ports.progress({ step: 'settled', message: 'The tag is where it should be.' });
  return recovered;
}
