import { EVIDENCE_KINDS } from '../core/policy.ts';
import type { EvidenceRef, Release } from '../core/release.ts';

/**
 * A release as a lane keeps it: of its evidence only what counts there, the newest of each kind made for the environment, else the
 * newest made for none. So a state of many releases stays small.
 */
export function laneRelease(release: Release, environment: string): Release {
  const evidence = EVIDENCE_KINDS.flatMap(
    (kind) => newestEvidence(release.evidence, kind, environment) ?? [],
  );
  return { ...release, evidence };
}

/** Of two verdicts of the same moment the worse one counts. */
function worse({ outcome }: EvidenceRef): number {
  return ['pass', 'hold', 'error', 'fail'].indexOf(outcome);
}

/** The newest verdict of a kind made for an environment, else the newest made for none; `undefined` without one. */
export function newestEvidence(
  evidence: readonly EvidenceRef[],
  kind: EvidenceRef['kind'],
  environment: string,
): EvidenceRef | undefined {
  const newest = (made: string | undefined) =>
    evidence
      .filter((item) => item.kind === kind && item.environment === made)
      .toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || worse(b) - worse(a))[0];
  return newest(environment) ?? newest(undefined);
}
