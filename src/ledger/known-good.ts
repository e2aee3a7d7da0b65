import type { Digest } from '../core/digest.ts';
import type { MissingPart } from '../core/registry.ts';
import { nameRelease, shortDigest, type Release } from '../core/release.ts';
import { adoptedDespite, verdictText } from './failing-verdict.ts';
import { quarantined } from './quarantine.ts';
import type { LaneState, Left, Tenure } from './state.ts';

/** The rule that a candidate failed, as a stable code. */
export type CandidateRule =
  | 'being-left'
  | 'verdict-fails'
  | 'never-healthy'
  | 'last-look-failed'
  | 'quarantined'
  | 'not-pullable'
  | 'evidence-gone';

/** A release of the lane's history, and why it is not known good; `rejected` absent = it is. */
export interface Candidate {
  release: Release;
  rejected?: { rule: CandidateRule; message: string };
}

/** What only the registry and the ledger's files can tell of a candidate. */
export interface CandidateFacts {
  /** Parts of the image that the registry does not have. */
  missing: readonly MissingPart[];
  /** Why the registry could not be asked about it, or that it gave other bytes. */
  unreadable?: string;
  /** Evidence documents that are not in the ledger any more, or not with those bytes. */
  evidenceGone: readonly Digest[];
}

/**
 * The releases of a lane's history, newest first, each once, judged by what the ledger says: healthy after its whole soak, not the one
 * being left, last look not failed, not quarantined, not adopted in spite of a verdict.
 */
export function rankCandidates(
  state: LaneState,
  leaving: string | undefined,
  quarantine: readonly Left[],
): Candidate[] {
  const seen = new Set<string>();
  const newestFirst = state.tenures.toReversed();
  return newestFirst.flatMap(({ release }) => {
    if (seen.has(release.digest)) return [];
    seen.add(release.digest);
    const stays = newestFirst.filter((tenure) => tenure.release.digest === release.digest);
    const rejected = judge(release, stays, { leaving, quarantine, state });
    return [rejected === undefined ? { release } : { release, rejected }];
  });
}

interface Circumstances {
  leaving: string | undefined;
  quarantine: readonly Left[];
  state: LaneState;
}

function judge(
  release: Release,
  stays: readonly Tenure[],
  { leaving, quarantine, state }: Circumstances,
): Candidate['rejected'] {
  const name = nameRelease(release);
  if (release.digest === leaving) return { rule: 'being-left', message: `${name} is the one being left.` };
  const left = quarantined(quarantine, release.digest);
  if (left !== undefined) {
    const message = `${name} is quarantined: ${left.actor} rolled ${left.environment} back from it at ${left.at}.`;
    return { rule: 'quarantined', message };
  }
  const newestTrouble = stays.find(
    (stay) => stay.soak !== undefined || stay.trouble?.phase === 'probe',
  )?.trouble;
  if (newestTrouble?.kind === 'failed' && newestTrouble.phase === 'probe') {
    return { rule: 'last-look-failed', message: `${name} failed its last look: ${newestTrouble.message}` };
  }
  if (!stays.some((stay) => stay.healthyAt !== undefined)) {
    return { rule: 'never-healthy', message: `${name} was never proved healthy here for its whole soak.` };
  }
  const against = adoptedDespite(state, release.digest);
  if (against !== undefined) {
    const message = `${name} was adopted, not promoted, and ${verdictText(against)}.`;
    return { rule: 'verdict-fails', message };
  }
  return undefined;
}

/** A candidate judged by registry and files as well. */
export function judgeCandidate(
  candidate: Candidate,
  { missing, unreadable, evidenceGone }: CandidateFacts,
): Candidate {
  if (candidate.rejected !== undefined) return candidate;
  const name = nameRelease(candidate.release);
  if (unreadable !== undefined) {
    const message = `${name} cannot be pulled: ${unreadable}`;
    return { ...candidate, rejected: { rule: 'not-pullable', message } };
  }
  const [part] = missing;
  if (part !== undefined) {
    const message = `${name} cannot be pulled any more: its ${part.what} ${shortDigest(part.digest)} is gone from the registry.`;
    return { ...candidate, rejected: { rule: 'not-pullable', message } };
  }
  const [gone] = evidenceGone;
  if (gone === undefined) return candidate;
  const message = `${name} has lost its evidence ${shortDigest(gone)}, which its policy asked for.`;
  return { ...candidate, rejected: { rule: 'evidence-gone', message } };
}
