import type { Digest } from '../core/digest.ts';
import { nameRelease, shortDigest } from '../core/release.ts';
import { currentTenure } from '../ledger/state.ts';
import type { LaneFacts } from './facts.ts';

/** A release as far as it is known: a digest that somebody put there by hand has no version. */
export interface Leaving {
  digest: Digest;
  version?: string | undefined;
  /** The tag points there and the ledger does not know why. */
  drift?: true;
}

/**
 * What a rollback leaves: by an open rollback the same that it leaves; of an open promotion or adoption the new release; else what
 * the tag points at where that is not what the ledger says; else the current release. `undefined` where there is nothing.
 */
export function leavingOf({ view: { state }, tag }: Pick<LaneFacts, 'view' | 'tag'>): Leaving | undefined {
  const { open } = state;
  if (open?.action === 'rollback') return open.leaves;
  if (open !== undefined && open.action !== 'repair') return nameOf(open.release);
  const current = currentTenure(state);
  if (tag.kind === 'at' && tag.digest !== current?.release.digest) return { digest: tag.digest, drift: true };
  return tag.kind === 'absent' || current === undefined ? undefined : nameOf(current.release);
}

/** Whether two looks at a lane would leave the same thing for the same reason. */
export function sameLeaving(one: Leaving | undefined, other: Leaving | undefined): boolean {
  return one?.digest === other?.digest && one?.drift === other?.drift;
}

/** What is left in a sentence: `1.8.0 (sha256:…)`, or the digest alone. */
export function nameLeaving({ digest, version }: Leaving): string {
  return version === undefined ? shortDigest(digest) : nameRelease({ version, digest });
}

function nameOf({ digest, version }: { digest: Digest; version: string }): Leaving {
  return { digest, version };
}
