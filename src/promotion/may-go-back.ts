import { currentTenure, type LaneState } from '../ledger/state.ts';

/** Whether a rollback from what serves now could find something: an older release that was proved good here, and not left since. */
export function mayGoBack(state: Pick<LaneState, 'tenures' | 'left'>): boolean {
  const leaving = currentTenure(state)?.release.digest;
  const left = new Set<string>(state.left.map(({ digest }) => digest));
  return state.tenures.some(
    ({ release: { digest }, healthyAt }) =>
      healthyAt !== undefined && digest !== leaving && !left.has(digest),
  );
}
