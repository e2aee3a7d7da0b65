import { KnownGoodError } from '../../core/errors.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { LaneView } from '../../ledger/commit.ts';
import type { EntryDraft } from '../../ledger/entry.ts';
import type { ChangeReason, ChangeResult } from '../../promotion/change-result.ts';
import { closedSentence } from '../../promotion/governed.ts';
import { carriedOut } from './carried-out.ts';
import { appendEntries } from './append-entries.ts';
import { loadView } from './load-lane.ts';
import type { ReleasePorts } from './release-ports.ts';

const MOST_PLANS = 20;

/** What was asked for. A reason has at most 500 characters. */
export interface LockOrder {
  lane: Lane;
  reason?: string | undefined;
  /** The comment that asks: carried out once. */
  comment?: string | undefined;
  dryRun?: boolean | undefined;
}

/** Keeps promotions out of a lane until it is unlocked; a rollback is never kept out. */
export async function lockLane(
  ports: ReleasePorts,
  order: LockOrder & { reason: string },
): Promise<ChangeResult> {
  const name = formatLane(order.lane);
  return change(ports, order, {
    command: 'lock',
    refusal: ({ state: { lock } }) =>
      lock && {
        code: 'locked',
        message: `${name} is locked already, by ${lock.actor} since ${lock.at}: ${lock.reason}`,
        settle: `unlock ${name}`,
      },
    draft: { kind: 'locked', id: ports.ids.next(), reason: order.reason, ...commentOf(order) },
    done: () => `${name} is locked: ${ended(order.reason)} Promotions wait; a rollback does not.`,
    planned: () => `Would lock ${name}: ${ended(order.reason)} Promotions would wait; a rollback would not.`,
    undo: `unlock ${name}`,
  });
}

/** Lets promotions into a lane again. */
export async function unlockLane(ports: ReleasePorts, order: LockOrder): Promise<ChangeResult> {
  const name = formatLane(order.lane);
  const { reason } = order;
  return change(ports, order, {
    command: 'unlock',
    refusal: ({ state }) =>
      state.lock === undefined ? { code: 'not-locked', message: `${name} is not locked.` } : undefined,
    draft: {
      kind: 'unlocked',
      id: ports.ids.next(),
      ...(reason === undefined ? {} : { reason }),
      ...commentOf(order),
    },
    done: ({ state: { lock } }) =>
      lock === undefined
        ? `${name} is unlocked.`
        : `${name} is unlocked. ${lock.actor} had locked it at ${lock.at}: ${lock.reason}`,
    planned: ({ state: { lock } }) =>
      lock === undefined
        ? `Would unlock ${name}.`
        : `Would unlock ${name}, which ${lock.actor} locked at ${lock.at}: ${lock.reason}`,
    undo: `lock ${name} --reason "…"`,
  });
}

interface Change {
  command: 'lock' | 'unlock';
  refusal(view: LaneView): ChangeReason | undefined;
  draft: EntryDraft;
  /** The sentence about it, by the view before. */
  done(before: LaneView): string;
  /** The same where it is only asked what would happen. */
  planned(view: LaneView): string;
  undo: string;
}

async function change(
  ports: ReleasePorts,
  { lane, comment, dryRun }: LockOrder,
  { command, refusal, draft, done, planned, undo }: Change,
): Promise<ChangeResult> {
  const base = { schema: 1, command, lanes: [lane] } as const;
  let view = await loadView(ports.ledger, lane);
  for (let attempt = 0; attempt < MOST_PLANS; attempt++) {
    const before = await carriedOut(ports, view, comment);
    if (before !== undefined)
      return { ...base, ...headOf(view), outcome: 'nothing', message: before.message };
    const reason = closedReason(view) ?? refusal(view);
    if (reason !== undefined) {
      return { ...base, ...headOf(view), outcome: 'refused', message: reason.message, reasons: [reason] };
    }
    if (dryRun === true) return { ...base, ...headOf(view), outcome: 'planned', message: planned(view) };
    const written = await appendEntries(ports, view, { drafts: [draft] });
    if (written.kind === 'appended') {
      return { ...base, ...headOf(written.view), outcome: 'done', message: done(view), undo };
    }
    view = written.view;
  }
  throw new KnownGoodError('unavailable', `${formatLane(lane)} keeps changing. Try again.`);
}

/** A reason as a sentence, before another one. */
function ended(reason: string): string {
  return /[.!?…]$/.test(reason) ? reason : `${reason}.`;
}

function commentOf({ comment }: LockOrder): { comment?: string } {
  return comment === undefined ? {} : { comment };
}

/** Why a lane that was closed takes no more entries. */
export function closedReason({ lane, state: { closed: ended } }: LaneView): ChangeReason | undefined {
  if (ended === undefined) return undefined;
  const successor = formatLane({ ...lane, environment: ended.successor });
  const message = closedSentence(formatLane(lane), successor, ended);
  return { code: 'lane-closed', message, settle: `status ${successor}` };
}

function headOf({ head }: LaneView): { head?: string } {
  return head === undefined ? {} : { head };
}
