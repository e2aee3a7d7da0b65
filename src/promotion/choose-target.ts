import { formatLane } from '../core/lane.ts';
import { nameRelease, type Release } from '../core/release.ts';
import {
  judgeCandidate,
  rankCandidates,
  type Candidate,
  type CandidateFacts,
  type CandidateRule,
} from '../ledger/known-good.ts';
import { currentTenure } from '../ledger/state.ts';
import type { LaneFacts } from './facts.ts';
import { leavingOf, type Leaving } from './leaving.ts';
import type { Reason } from './reason.ts';

/** After a rollback, going further back must be meant: it asks for an explicit release for at least this long. */
export const RECENTLY_RESTORED_MS = 600_000;

/** What registry and files say of the candidates that were looked into, by digest. */
export type Looked = Readonly<Record<string, CandidateFacts>>;

/** Where a rollback goes, or why nowhere; and who was passed over on the way. */
export interface Choice {
  target?: Release;
  passedOver: readonly Candidate[];
  reasons: readonly Reason[];
}

/** Which candidates are worth asking the registry about: those that the ledger alone does not reject, newest first. */
export function candidatesToLookInto(facts: LaneFacts, named: Release | undefined): Release[] {
  if (named !== undefined) return [named];
  const { open } = facts.view.state;
  if (open?.action === 'rollback') return [open.release];
  return rankCandidates(facts.view.state, leavingOf(facts)?.digest, facts.view.quarantine)
    .filter(({ rejected }) => rejected === undefined)
    .map(({ release }) => release);
}

/** The last known good: the newest candidate that nothing speaks against. A rollback that was cut off goes where it was going. */
export function chooseKnownGood(facts: LaneFacts & { looked: Looked }, leaving: Leaving | undefined): Choice {
  const { open } = facts.view.state;
  if (open?.action === 'rollback') return { target: open.release, passedOver: [], reasons: [] };
  const candidates = lookedInto(facts, leaving);
  const restored = restoredJustNow(facts, candidates.find(({ rejected }) => rejected === undefined)?.release);
  if (restored !== undefined) return { passedOver: candidates, reasons: [restored] };
  const at = candidates.findIndex(({ rejected }) => rejected === undefined);
  const target = candidates[at]?.release;
  if (target === undefined) return { passedOver: candidates, reasons: [noKnownGood(facts, candidates)] };
  return { target, passedOver: candidates.slice(0, at), reasons: [] };
}

/** A release that was named: known good, or meant all the same. One that cannot be pulled is never restored. */
export function chooseNamed(
  facts: LaneFacts & { looked: Looked },
  leaving: Leaving | undefined,
  { release, unproved, reason }: { release: Release; unproved: boolean; reason: string | undefined },
): Choice {
  const { lane, state } = facts.view;
  const looked = facts.looked[release.digest];
  const broken =
    looked === undefined ? undefined : judgeCandidate({ release }, { ...looked, evidenceGone: [] }).rejected;
  if (broken !== undefined) return refusal({ code: 'not-pullable', message: broken.message });
  const current = currentTenure(state);
  const onceMore = current?.action === 'rollback' && current.release.digest === release.digest;
  const candidates = lookedInto(facts, leaving);
  const rejected = (candidates.find((item) => item.release.digest === release.digest) ?? neverHere(release))
    .rejected;
  if (rejected === undefined || onceMore) return { target: release, passedOver: [], reasons: [] };
  if (!unproved) {
    const settle = `rollback ${formatLane(lane)} ${release.version} --unproved --reason "…"`;
    return refusal({ code: 'not-known-good', message: `Not known good: ${rejected.message}`, settle });
  }
  if (reason === undefined) {
    const message = 'An unproved rollback is recorded with a reason: add --reason "…".';
    return refusal({ code: 'reason-missing', message });
  }
  return { target: release, passedOver: [{ release, rejected }], reasons: [] };
}

function refusal(reason: Reason): Choice {
  return { passedOver: [], reasons: [reason] };
}

/** The candidates, newest first, with what was looked up about them. */
function lookedInto(
  { view, looked }: LaneFacts & { looked: Looked },
  leaving: Leaving | undefined,
): Candidate[] {
  return rankCandidates(view.state, leaving?.digest, view.quarantine).map((candidate) => {
    const more = looked[candidate.release.digest];
    return more === undefined ? candidate : judgeCandidate(candidate, more);
  });
}

function neverHere(release: Release): Candidate {
  const message = `${nameRelease(release)} was never proved healthy here.`;
  return { release, rejected: { rule: 'never-healthy', message } };
}

/**
 * The current release was itself restored a short time ago: who types the command again may not know. One that was looked at and does
 * not serve well is left without more ado.
 */
function restoredJustNow(
  { view: { state, lane }, tag, now }: LaneFacts,
  older: Release | undefined,
): Reason | undefined {
  const tenure = currentTenure(state);
  if (state.open !== undefined || tenure?.action !== 'rollback') return undefined;
  if (tag.kind !== 'at' || tag.digest !== tenure.release.digest) return undefined;
  if (tenure.trouble?.kind === 'failed' && tenure.trouble.phase === 'probe') return undefined;
  const age = Date.parse(now) - Date.parse(tenure.movedAt);
  if (tenure.healthyAt !== undefined && age >= RECENTLY_RESTORED_MS) return undefined;
  const name = formatLane(lane);
  const trouble = tenure.trouble === undefined ? '' : ` Since then: ${tenure.trouble.message}`;
  const further =
    older === undefined
      ? 'No older release is known good.'
      : `The known good one before it is ${nameRelease(older)}.`;
  const message = `${name} was rolled back to ${nameRelease(tenure.release)} by ${tenure.actor} at ${tenure.movedAt}.${trouble} Name it to deploy it once more, or name an older one to go further back. ${further}`;
  const again = `rollback ${name} ${tenure.release.version}`;
  const settle = older === undefined ? again : `${again}   or   rollback ${name} ${older.version}`;
  return { code: 'recently-restored', message, settle };
}

/** Rules that a person may overrule, what is most likely to serve first. */
const OVERRULED: readonly CandidateRule[] = [
  'last-look-failed',
  'evidence-gone',
  'never-healthy',
  'verdict-fails',
];

/** The release that is most likely to serve although nothing proves it; `RELEASE` where there is none. */
function likeliest(candidates: readonly Candidate[]): string {
  const found = OVERRULED.map((rule) => candidates.find(({ rejected }) => rejected?.rule === rule));
  return found.find((candidate) => candidate !== undefined)?.release.version ?? 'RELEASE';
}

function noKnownGood({ view: { state, lane } }: LaneFacts, candidates: readonly Candidate[]): Reason {
  const name = formatLane(lane);
  if (state.tenures.length === 0) {
    const message = `${name} has no history: Known Good never moved a release there.`;
    return { code: 'nothing-to-leave', message, settle: `status ${name}` };
  }
  const settle = `rollback ${name} ${likeliest(candidates)} --unproved --reason "…"`;
  return {
    code: 'no-known-good',
    message: `No release of ${name} is known good; each was looked at.`,
    settle,
  };
}
