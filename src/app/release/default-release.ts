import { KnownGoodError } from '../../core/errors.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { LedgerStore } from '../../core/ledger-store.ts';
import type { Policy } from '../../core/policy.ts';
import type { Release } from '../../core/release.ts';
import { currentTenure } from '../../ledger/state.ts';
import { newestRelease, releaseOf } from './find-release.ts';
import { loadView } from './load-lane.ts';

/**
 * The release that is meant where none is named: what serves in the environment before, or in the first environment what was registered
 * last. Where there is neither it is an `input` error.
 */
export async function defaultRelease(ledger: LedgerStore, lane: Lane, { after }: Policy): Promise<Release> {
  if (after === undefined) {
    const newest = await newestRelease(ledger, lane.model);
    if (newest !== undefined) return newest;
    throw new KnownGoodError(
      'input',
      `No release of ${lane.model} is registered yet: merge a model, or run the workflow that registers one (release-on-merge.yml; on a machine known-good register).`,
    );
  }
  const first = { model: lane.model, environment: after };
  const current = currentTenure((await loadView(ledger, first)).state);
  if (current !== undefined) {
    // The lane keeps only the evidence that counted there; the record has all of it.
    return (await releaseOf(ledger, lane.model, current.release.digest)) ?? current.release;
  }
  throw new KnownGoodError(
    'input',
    `Nothing is in ${formatLane(first)} yet, which comes before ${formatLane(lane)}. Promote a release there first: known-good promote ${formatLane(first)}.`,
  );
}
