import type { LaneState, Left } from './state.ts';

/** The model's quarantine after a lane's state changed: what the other lanes left, and what this one left. */
export function mergeQuarantine(before: readonly Left[], state: LaneState): readonly Left[] {
  const others = before.filter(({ environment }) => environment !== state.environment);
  return [...others, ...state.left].toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function key({ environment, seq }: Left): string {
  return `${environment}/${String(seq).padStart(9, '0')}`;
}

/** Why a digest is quarantined: the newest time that a lane of the model rolled back from it; `undefined` when it is not. */
export function quarantined(left: readonly Left[], digest: string): Left | undefined {
  return left
    .filter((item) => item.digest === digest)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
}
