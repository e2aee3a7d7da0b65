import { currentTenure } from '../../ledger/state.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import { loadView } from './load-lane.ts';
import type { ReleasePorts } from './release-ports.ts';
import { verifyLane, type VerifyOrder } from './verify.ts';

const LEAST_WAIT_MS = 100;
/** After so many looks it is not going to end: the soak begins again and again. */
const MOST_LOOKS = 500;
const BUSY_WAIT_MS = 2000;
const MOST_WAIT_MS = 21_600_000;
/** A look that told nothing is repeated sooner than the soak asks for. */
const UNSURE_WAIT_MS = 60_000;

/**
 * Looks again and again, a quarter of the soak apart, until the release is healthy or failed; where nothing can be proved (no probes, a
 * lane that needs a person, no release) it ends with that.
 */
export async function watchLane(ports: ReleasePorts, order: VerifyOrder): Promise<LaneResult> {
  for (let looks = 1; ; looks++) {
    const result = await verifyLane(ports, order);
    if (isEnd(result) || looks === MOST_LOOKS) return result;
    const { state } = await loadView(ports.ledger, order.lane);
    const quarter = (currentTenure(state)?.soakMs ?? 0) / 4;
    const unsure = result.look?.outcome !== 'good';
    const least = result.outcome === 'waiting' ? BUSY_WAIT_MS : LEAST_WAIT_MS;
    const wait = Math.min(
      MOST_WAIT_MS,
      Math.max(least, unsure ? Math.min(quarter, UNSURE_WAIT_MS) : quarter),
    );
    ports.progress({ step: 'waiting', message: `Looking again in ${Math.ceil(wait / 1000)} s.` });
    await ports.timer.sleep(wait);
  }
}

function isEnd({ outcome, look }: LaneResult): boolean {
  if (outcome === 'waiting') return false;
  return (
    look === undefined || (look.outcome !== 'good' && look.outcome !== 'inconclusive') || outcome === 'failed'
  );
}
