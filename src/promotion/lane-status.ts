import type { Digest } from '../core/digest.ts';
import { formatLane, type Lane } from '../core/lane.ts';
import type { EvidenceRef, Release } from '../core/release.ts';
import { adoptedDespite } from '../ledger/failing-verdict.ts';
import type { Candidate } from '../ledger/known-good.ts';
import { FEWEST_LOOKS } from '../ledger/soak.ts';
import {
  currentTenure,
  type LaneState,
  type Left,
  type OpenOperation,
  type Tenure,
} from '../ledger/state.ts';
import type { Choice } from './choose-target.ts';
import type { LaneFacts } from './facts.ts';
import { governedReason } from './governed.ts';
import type { Reason } from './reason.ts';
import { recover, type Recovery } from './recover.ts';

/** How well the release that serves is proved. Times are ISO; durations in milliseconds. */
export type Health =
  | { kind: 'healthy'; since: string }
  /** `due`: when the next look counts; `overdue`: it did not come in time, and the soak begins again. */
  | {
      kind: 'soaking';
      since: string;
      servedMs: number;
      soakMs: number;
      looks: number;
      fewestLooks: number;
      due: string;
      overdue: boolean;
    }
  | { kind: 'not-looked'; soakMs: number }
  | { kind: 'trouble'; trouble: NonNullable<Tenure['trouble']> };

/** What the tag is against the ledger. `settle`: what to type, without `known-good`. */
export interface TagStatus {
  kind:
    | 'ok'
    | 'busy'
    | 'cut-off'
    | 'late-write'
    | 'drift'
    | 'not-adopted'
    | 'other-lane'
    | 'closed'
    | 'unreadable';
  /** What the tag points at. */
  found?: Digest;
  message?: string;
  settle: readonly string[];
}

/** A lane at a glance. */
export interface LaneStatus {
  lane: Lane;
  /** `image:tag`; absent where nobody says which. */
  image?: string;
  current?: Tenure;
  health?: Health;
  tag: TagStatus;
  open?: OpenOperation;
  lock?: NonNullable<LaneState['lock']>;
  /** The verdict in spite of which the current release was adopted: however well it serves, it is not known good. */
  despite?: EvidenceRef;
  quarantine: readonly Left[];
  /** Where a rollback without RELEASE would go; absent where it would be refused. */
  rollbackTo?: Release;
  /** Releases that it would pass over, and why. */
  passedOver: readonly Candidate[];
  /** Why a rollback without RELEASE would be refused. */
  noRollback?: Pick<Reason, 'code' | 'message'>;
  head?: string;
  notes: readonly string[];
}

/** What a status is made of: the facts, and where a rollback would go. */
export interface StatusFacts extends LaneFacts {
  image: string | undefined;
  choice: Choice;
  notes: readonly string[];
}

/** A lane at a glance, from one look at ledger and registry. */
export function statusOf(facts: StatusFacts): LaneStatus {
  const { view, image, choice, notes, now } = facts;
  const { lane, state, quarantine, head } = view;
  const current = currentTenure(state);
  const [refusal] = choice.reasons;
  const despite = current === undefined ? undefined : adoptedDespite(state, current.release.digest);
  return {
    lane,
    ...(image === undefined ? {} : { image }),
    ...(current === undefined ? {} : { current, health: healthOf(current, now) }),
    tag: tagStatus(facts),
    ...(state.open === undefined ? {} : { open: state.open }),
    ...(state.lock === undefined ? {} : { lock: state.lock }),
    ...(despite === undefined ? {} : { despite }),
    quarantine,
    ...(choice.target === undefined ? {} : { rollbackTo: choice.target }),
    passedOver: choice.passedOver,
    ...(refusal === undefined ? {} : { noRollback: { code: refusal.code, message: refusal.message } }),
    ...(head === undefined ? {} : { head }),
    notes,
  };
}

/** How well a tenure is proved at a time. */
export function healthOf(tenure: Tenure, now: string): Health {
  const { trouble, healthyAt, soak, soakMs } = tenure;
  if (trouble !== undefined) return { kind: 'trouble', trouble };
  if (healthyAt !== undefined) return { kind: 'healthy', since: healthyAt };
  if (soak === undefined) return { kind: 'not-looked', soakMs };
  const [begun, last] = [Date.parse(soak.since), Date.parse(soak.lastAt)];
  const ends = Math.max(begun + soakMs, last);
  const due = soak.looks + 1 >= FEWEST_LOOKS ? Math.min(last + soakMs / 4, ends) : last + soakMs / 4;
  return {
    kind: 'soaking',
    since: soak.since,
    servedMs: Math.min(soakMs, last - begun),
    soakMs,
    looks: soak.looks,
    fewestLooks: FEWEST_LOOKS,
    due: new Date(due).toISOString(),
    overdue: Date.parse(now) - last > soakMs / 2,
  };
}

function tagStatus(facts: LaneFacts): TagStatus {
  const { tag } = facts;
  const found = tag.kind === 'at' ? { found: tag.digest } : {};
  return { ...found, ...judged(recover(facts), facts.view.lane) };
}

function judged(recovery: Recovery, where: Lane): Omit<TagStatus, 'found'> {
  const lane = formatLane(where);
  switch (recovery.kind) {
    case 'clean':
      return { kind: 'ok', settle: [] };
    case 'governed':
      return governed(recovery, where);
    case 'busy':
      return { kind: 'busy', settle: [] };
    case 'resume':
    case 'abort':
      return {
        kind: 'cut-off',
        message: 'Its owner is gone; the next command brings it to its end or closes it.',
        settle: [`verify ${lane}`],
      };
    case 'repair':
      return {
        kind: 'late-write',
        message: 'A late write of a dead operation moved the tag; the next command points it back.',
        settle: [`verify ${lane}`],
      };
    case 'unreadable':
      return { kind: 'unreadable', message: recovery.why, settle: [] };
    case 'drift':
      return drifted(recovery, lane);
    default:
      return recovery satisfies never;
  }
}

function governed(recovery: Recovery & { kind: 'governed' }, lane: Lane): Omit<TagStatus, 'found'> {
  const { code, message, settle } = governedReason(lane, recovery);
  const kind = code === 'lane-closed' ? 'closed' : 'other-lane';
  return { kind, message, settle: settle === undefined ? [] : [settle] };
}

function drifted({ found, expected }: Recovery & { kind: 'drift' }, lane: string): Omit<TagStatus, 'found'> {
  if (expected === 'absent') {
    const message = 'It was there before the ledger, and no release is recorded.';
    return { kind: 'not-adopted', message, settle: [`adopt ${lane} --reason "in service since …"`] };
  }
  const message =
    found === 'absent'
      ? 'The tag is gone, and the ledger did not remove it.'
      : 'Somebody moved the tag, and the ledger does not know of it.';
  const back = `rollback ${lane}`;
  return {
    kind: 'drift',
    message,
    settle: found === 'absent' ? [back] : [back, `adopt ${lane} --reason "…"`],
  };
}
