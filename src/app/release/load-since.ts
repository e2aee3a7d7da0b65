import { KnownGoodError } from '../../core/errors.ts';
import { formatLane } from '../../core/lane.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { loadView } from './load-lane.ts';
import type { ReleasePorts } from './release-ports.ts';

/** Milliseconds between looks at a ledger that lags: together more than it may. */
const PAUSES_MS = [250, 500, 1000, 2000];

/**
 * Reads a lane again, at least as far as it is known: a look may lag behind what was written or seen a moment ago, and who believed it would
 * take their own operation for somebody else's. Rejects with `unavailable` where it goes on lagging.
 */
export async function loadSince(
  { ledger, timer }: Pick<ReleasePorts, 'ledger' | 'timer'>,
  { lane, state }: LaneView,
): Promise<LaneView> {
  for (let look = 0; ; look++) {
    const view = await loadView(ledger, lane);
    if (view.state.seq >= state.seq) return view;
    const pause = PAUSES_MS[look];
    if (pause === undefined) throw lagging(state.seq, view);
    await timer.sleep(pause);
  }
}

function lagging(seq: number, { lane, state }: LaneView): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    `The ledger shows ${formatLane(lane)} as it was at entry ${state.seq}, and entry ${seq} is written: it lags, or its history was cut off. Try again, and if that does not help run known-good ledger verify.`,
  );
}
