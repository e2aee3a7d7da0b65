import type { ConfigOrigin } from '../core/config-origin.ts';
import type { EvidenceRef, Release } from '../core/release.ts';
import type { Lane } from '../core/lane.ts';
import type { Policy } from '../core/policy.ts';
import type { Approver } from '../ledger/approval.ts';
import type { Intent } from '../ledger/entry.ts';
import { quarantined } from '../ledger/quarantine.ts';
import { currentTenure, type LaneState, type Left, type Tenure } from '../ledger/state.ts';
import { adoptedDespite } from '../ledger/failing-verdict.ts';
import { newestEvidence } from '../ledger/lane-release.ts';
import { healthOf, type Health } from './lane-status.ts';

/** A verdict that a release rested on, and whether its document is still in the ledger, byte by byte. */
export interface AccountedEvidence {
  ref: EvidenceRef;
  kept: boolean;
}

/** Why a lane serves what it serves. */
export interface LaneAccount {
  schema: 1;
  lane: Lane;
  /** Absent where nothing was ever moved here. */
  tenure?: Tenure;
  /** The policy that it was moved under. */
  policy?: Policy;
  /** The config that the policy was from; absent where the ledger held it, or nobody wrote it down. */
  config?: ConfigOrigin;
  run?: string;
  /** Whose approvals it was moved on; absent where none were asked for. */
  approvedBy?: readonly Approver[];
  /** Kinds that the policy asked for, each with the verdict that counted; absent = it had none. */
  evidence: readonly { kind: string; counted?: AccountedEvidence }[];
  /** Other verdicts of the release. */
  others: readonly AccountedEvidence[];
  /** What it replaced: the release, or its digest where nobody registered it. */
  replaced?: Pick<Release, 'digest'> & { version?: string };
  /** Adoption: what the ledger had said until then; absent where it had said nothing. */
  before?: Pick<Release, 'digest'> & { version?: string };
  /** The stay that a rollback came back to: who had brought the release here first. */
  first?: Tenure;
  /** Rollback: what it left, and why. */
  left?: Left;
  health?: Health;
  /** The verdict in spite of which the release was adopted: it is not known good, however well it serves. */
  despite?: EvidenceRef;
  /** The release itself, where it is quarantined by now. */
  quarantine?: Left;
  head?: string;
}

/** All that an account is made of. `intent` is the entry that brought the release; absent where it cannot be read. */
export interface AccountFacts {
  lane: Lane;
  state: LaneState;
  quarantine: readonly Left[];
  intent: Intent | undefined;
  /** Digests of evidence documents that are there with their own bytes. */
  kept: ReadonlySet<string>;
  head: string | undefined;
  now: string;
}

/** Who brought what, on which evidence, in place of what, and what became of it. */
export function accountOf(facts: AccountFacts): LaneAccount {
  const { lane, state, intent, kept, head, now } = facts;
  const base = { schema: 1, lane, ...(head === undefined ? {} : { head }) } as const;
  const tenure = currentTenure(state);
  if (tenure === undefined) return { ...base, evidence: [], others: [] };
  const { release } = tenure;
  const account = (ref: EvidenceRef): AccountedEvidence => ({ ref, kept: kept.has(ref.digest) });
  const first = firstStay(state, tenure);
  // A rollback asks for no evidence: what counts is what was asked for when the release came first.
  const counted = (first ?? tenure).requires.map((kind) => {
    const ref =
      kind === 'gate' || kind === 'shadow'
        ? newestEvidence(release.evidence, kind, (first ?? tenure).environment ?? lane.environment)
        : undefined;
    return { kind, ...(ref === undefined ? {} : { counted: account(ref) }) };
  });
  const used = new Set(counted.map((item) => item.counted?.ref.digest));
  const despite = adoptedDespite(state, release.digest);
  const held = quarantined(facts.quarantine, release.digest);
  const left = state.left.find(({ seq }) => seq === tenure.seq);
  return {
    ...base,
    tenure,
    ...(intent === undefined ? {} : { policy: intent.policy }),
    ...(intent?.config === undefined ? {} : { config: intent.config }),
    ...(intent?.run === undefined ? {} : { run: intent.run }),
    ...(intent?.approvedBy === undefined ? {} : { approvedBy: intent.approvedBy }),
    evidence: counted,
    others: release.evidence.filter(({ digest }) => !used.has(digest)).map(account),
    ...replacedBy(state, tenure),
    ...beforeAdoption(state, tenure),
    ...(first === undefined ? {} : { first }),
    ...(left === undefined ? {} : { left }),
    health: healthOf(tenure, now),
    ...(despite === undefined ? {} : { despite }),
    ...(held === undefined ? {} : { quarantine: held }),
  };
}

function replacedBy({ tenures }: LaneState, { from, release }: Tenure): Pick<LaneAccount, 'replaced'> {
  if (from === 'absent' || from === release.digest) return {};
  const version = tenures.findLast((tenure) => tenure.release.digest === from)?.release.version;
  return { replaced: { digest: from, ...(version === undefined ? {} : { version }) } };
}

/** An adoption moves no tag: it replaces what the ledger said, and nothing that served. */
function beforeAdoption({ tenures }: LaneState, { action, seq }: Tenure): Pick<LaneAccount, 'before'> {
  if (action !== 'adopt') return {};
  const last = tenures.findLast((tenure) => tenure.seq < seq)?.release;
  return last === undefined ? {} : { before: { digest: last.digest, version: last.version } };
}

function firstStay({ tenures }: LaneState, current: Tenure): Tenure | undefined {
  if (current.action !== 'rollback') return undefined;
  return tenures.find(
    ({ release, seq, action }) =>
      release.digest === current.release.digest && seq < current.seq && action !== 'rollback',
  );
}
