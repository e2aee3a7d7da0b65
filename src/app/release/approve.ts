import { digestOf } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import { nameRelease, type Release } from '../../core/release.ts';
import { sameLogin } from '../../core/same-login.ts';
import type { LaneView } from '../../ledger/commit.ts';
import type { EntryDraft } from '../../ledger/entry.ts';
import { laneRelease } from '../../ledger/lane-release.ts';
import { quarantined } from '../../ledger/quarantine.ts';
import { currentTenure } from '../../ledger/state.ts';
import { approvalBasis, voidReason } from '../../promotion/approvals.ts';
import { isAfter } from '../../promotion/is-after.ts';
import type { ChangeReason, ChangeResult } from '../../promotion/change-result.ts';
import type { EvidenceRules } from '../../promotion/evidence-reasons.ts';
import { appendEntries } from './append-entries.ts';
import { carriedOut } from './carried-out.ts';
import { releaseOf } from './find-release.ts';
import { loadView } from './load-lane.ts';
import { closedReason } from './lock.ts';
import { readApproval } from './read-approvals.ts';
import type { ReleasePorts } from './release-ports.ts';

const MOST_PLANS = 20;

/** What was asked for, and the config that it is judged by. The person is the ports' actor, whom the forge has authenticated. */
export interface ApprovalOrder {
  lane: Lane;
  policy: Policy;
  rules: Pick<EvidenceRules, 'gates' | 'shadow'>;
  release: Release;
  /** At most 500 characters. */
  reason?: string | undefined;
  /** The comment that approves, when it was made by the forge's clock, and its text. */
  comment: string | undefined;
  commentedAt: string | undefined;
  body: string | undefined;
  dryRun?: boolean | undefined;
}

/**
 * Records that a person lets a release into a lane as things are now: what is there, on this evidence, by these gates. It counts while all
 * of that is so and its comment is unedited; a promotion reads both again.
 */
export async function approveRelease(ports: ReleasePorts, order: ApprovalOrder): Promise<ChangeResult> {
  const { lane, release } = order;
  const base = { schema: 1, command: 'approve', lanes: [lane], release } as const;
  for (let attempt = 0; attempt < MOST_PLANS; attempt++) {
    const view = await loadView(ports.ledger, lane);
    const head = view.head === undefined ? {} : { head: view.head };
    const idle =
      (await carriedOut(ports, view, order.comment))?.message ?? (await needless(ports, order, view));
    if (idle !== undefined) return { ...base, ...head, outcome: 'nothing', message: idle };
    const record = await releaseOf(ports.ledger, lane.model, release.digest);
    const reasons = refusals(order, view, record);
    if (record === undefined || reasons.length > 0) {
      const message = reasons.map((reason) => reason.message).join(' ');
      return { ...base, ...head, outcome: 'refused', message, reasons };
    }
    if (order.dryRun === true) {
      const message = `Would approve ${nameRelease(release)} for ${formatLane(lane)}.`;
      return { ...base, ...head, outcome: 'planned', message };
    }
    const draft = approvedDraft(ports, order, { view, record });
    const written = await appendEntries(ports, view, { drafts: [draft] });
    if (written.kind === 'appended') return { ...base, ...done(ports, order, written.view) };
  }
  throw new KnownGoodError('unavailable', `${formatLane(lane)} keeps changing. Try again.`);
}

/** Why there is nothing to approve, or nothing more to say. */
async function needless(
  ports: ReleasePorts,
  { lane, policy, rules, release }: ApprovalOrder,
  view: LaneView,
): Promise<string | undefined> {
  const name = formatLane(lane);
  if (policy.approvals === 0) return `${name} asks for no approvals: a promotion to it needs none.`;
  if (view.state.open === undefined && currentTenure(view.state)?.release.digest === release.digest)
    return `${nameRelease(release)} is in ${name} already.`;
  const earlier = (view.state.approvals ?? []).find(
    ({ digest, by }) => digest === release.digest && sameLogin(by, ports.actor.name),
  );
  if (earlier === undefined) return undefined;
  const record = (await releaseOf(ports.ledger, lane.model, release.digest)) ?? release;
  const read = await readApproval(ports, earlier);
  const isVoid = voidReason({ view, release: record, policy, rules }, read) !== undefined;
  if (isVoid && ports.comments !== undefined) return undefined;
  return `${earlier.by} approved ${nameRelease(release)} for ${name} already, at ${earlier.at}.`;
}

function refusals(
  { lane, policy, release, commentedAt }: ApprovalOrder,
  view: LaneView,
  record: Release | undefined,
): ChangeReason[] {
  const name = formatLane(lane);
  const reasons = [closedReason(view)].filter((reason) => reason !== undefined);
  if (record === undefined) {
    const message = `${nameRelease(release)} is not registered any more: nobody knows what it is.`;
    reasons.push({ code: 'not-registered', message });
  }
  if (release.image !== policy.image) {
    const message = `${nameRelease(release)} is in ${release.image}; the image of ${name} is ${policy.image}.`;
    reasons.push({ code: 'image-differs', message });
  }
  const left = quarantined(view.quarantine, release.digest);
  if (left !== undefined) {
    const message = `${nameRelease(release)} is quarantined: ${left.actor} rolled ${left.environment} back from it at ${left.at}.`;
    reasons.push({
      code: 'quarantined',
      message,
      settle: `release ${release.model}@${release.version} --reason "…"`,
    });
  }
  if (record !== undefined && commentedAt !== undefined)
    reasons.push(...newerThan(laneRelease(record, lane.environment), commentedAt));
  const current = currentTenure(view.state);
  if (current !== undefined && Date.parse(commentedAt ?? '') < Date.parse(current.movedAt)) {
    const message = `${nameRelease(current.release)} arrived in ${name} by ${current.actor}'s ${current.action} at ${current.movedAt}, after this was written. Approve again, if that changes nothing.`;
    reasons.push({ code: 'overtaken', message });
  }
  return reasons;
}

/** An approval speaks of bytes and verdicts that its author could have looked at. */
function newerThan(release: Release, commentedAt: string): ChangeReason[] {
  const { registeredAt, evidence } = release;
  const [verdict] = evidence.filter(({ createdAt }) => isAfter(createdAt, commentedAt));
  const what = isAfter(registeredAt, commentedAt)
    ? `was registered at ${registeredAt}`
    : verdict && `has a ${verdict.kind} verdict of ${verdict.createdAt}`;
  if (what === undefined) return [];
  const message = `${nameRelease(release)} ${what}, after this was written at ${commentedAt}. Look at it, and approve again.`;
  return [{ code: 'overtaken', message }];
}

function approvedDraft(
  { ids }: ReleasePorts,
  { rules, release, reason, comment, body }: ApprovalOrder,
  { view, record }: { view: LaneView; record: Release },
): EntryDraft {
  return {
    kind: 'approved',
    id: ids.next(),
    digest: release.digest,
    version: release.version,
    ...(comment === undefined ? {} : { comment }),
    ...(body === undefined ? {} : { body: digestOf(body) }),
    basis: approvalBasis(view.state, record, rules),
    ...(reason === undefined ? {} : { reason }),
  };
}

function done(
  { actor }: ReleasePorts,
  { lane, policy, release, rules }: ApprovalOrder,
  { state, head }: LaneView,
): Omit<ChangeResult, 'schema' | 'command'> {
  const approvals = (state.approvals ?? []).filter(({ digest }) => digest === release.digest);
  const from = currentTenure(state)?.release.digest ?? 'absent';
  const given = approvals.filter(
    ({ basis }) => basis.from === from && basis.gates === rules.gates && basis.shadow === rules.shadow,
  ).length;
  const name = formatLane(lane);
  const enough = Math.min(given, policy.approvals);
  const count = `${enough} of ${policy.approvals} approval${policy.approvals === 1 ? '' : 's'}`;
  const message = `${actor.name} approves ${nameRelease(release)} for ${name}: ${count}.`;
  return {
    outcome: 'done',
    message,
    notes: [
      ...(policy.ownApproval === true ? [] : [`Whoever promotes must be somebody else than ${actor.name}.`]),
      'It holds for this digest, while the same release serves there, the evidence and the gates stay what they are, and the comment is not edited.',
    ],
    approvals: { given, needed: policy.approvals },
    ...(head === undefined ? {} : { head }),
    ...(given < policy.approvals ? {} : { next: `promote ${name} ${release.version}` }),
  };
}
