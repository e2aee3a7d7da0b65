import type { Lane } from '../../core/lane.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { LATE_WRITE_MS } from '../../ledger/late-writes.ts';
import { loadView } from './load-lane.ts';
import { recoverLane, type Recovered } from './recover-lane.ts';
import type { ReleasePorts } from './release-ports.ts';

/** Settles a lane that was recovered just now, where a write of the operation that was ended could still land. */
export async function settleRecovered(ports: ReleasePorts, recovered: Recovered): Promise<Recovered> {
  const { lane, state } = recovered.facts.view;
  const until = state.unsettledUntil === undefined ? NaN : Date.parse(state.unsettledUntil);
  if (!(until > ports.timer.now().getTime())) return recovered;
  return (await settle(ports, lane, { tookOverAt: until - LATE_WRITE_MS })) ?? recovered;
}

/** What is known of the lane already. */
export interface SettleOrder {
  /** When an operation that was ours took another one over, by the clock. */
  tookOverAt?: number | undefined;
  /** The lane as it was read after our last write; read again where it is absent. Who began something since sees to the end of that. */
  view?: LaneView | undefined;
}

/**
 * Waits until no late write of a dead operation can land any more, and looks at the tag once more; needed by whoever wrote the
 * tag before that. Returns what the lane is then.
 */
export async function settle(
  ports: ReleasePorts,
  lane: Lane,
  { tookOverAt, view }: SettleOrder = {},
): Promise<Recovered | undefined> {
  const { state } = view ?? (await loadView(ports.ledger, lane));
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
  const recovered = await recoverLane(ports, { lane, policy: state.policy });
  if (recovered.recovery.kind === 'clean')
    ports.progress({ step: 'settled', message: 'The tag is where it should be.' });
  return recovered;
}
