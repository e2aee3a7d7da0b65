import { EVIDENCE_KINDS } from '../core/policy.ts';
import type { EvidenceRef, Release } from '../core/release.ts';
import { newestEvidence } from './lane-release.ts';
import type { LaneState } from './state.ts';

/**
 * The verdict that speaks against a release in an environment: the newest of its kind, about the release's own artifact, and fail or error.
 * It counts for an adoption whether or not the policy asks for that kind: nothing else is asked there.
 */
export function failingVerdict(
  { artifact, evidence }: Pick<Release, 'artifact' | 'evidence'>,
  environment: string,
): EvidenceRef | undefined {
  const own = evidence.filter((ref) => ref.artifact === artifact);
  return EVIDENCE_KINDS.map((kind) => newestEvidence(own, kind, environment)).find(
    (ref) => ref?.outcome === 'fail' || ref?.outcome === 'error',
  );
}

/**
 * The verdict in spite of which a lane adopted a release that it did not promote since: such a release is not known good, however well it
 * serves. A rollback to it proves nothing new.
 */
export function adoptedDespite(
  { tenures, environment }: Pick<LaneState, 'tenures' | 'environment'>,
  digest: string,
): EvidenceRef | undefined {
  const last = tenures.findLast(
    ({ release, action }) => release.digest === digest && (action === 'promote' || action === 'adopt'),
  );
  if (last?.action !== 'adopt') return undefined;
  return failingVerdict(last.release, last.environment ?? environment);
}

/** `its gate verdict is fail: …`, without a full stop. */
export function verdictText({ kind, outcome, reason }: EvidenceRef): string {
  const why = reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`;
  return `its ${kind} verdict is ${outcome}${why}`;
}
