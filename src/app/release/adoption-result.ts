import type { ConfigOrigin } from '../../core/config-origin.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import { nameRelease } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { verdictText } from '../../ledger/failing-verdict.ts';
import { currentTenure } from '../../ledger/state.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import type { NothingToDo, OperationPlan } from '../../promotion/plan.ts';
import type { Reason } from '../../promotion/reason.ts';
import type { CarriedOut } from './carried-out.ts';
import type { Ending } from './carry-out.ts';

/** What an adoption will do, unless it is refused. */
export type AdoptionPlan = OperationPlan | NothingToDo;

interface Order {
  lane: Lane;
  config?: ConfigOrigin | undefined;
}

function base({ lane, config }: Order): Pick<LaneResult, 'schema' | 'command' | 'lane' | 'decidedBy'> {
  const decidedBy = config === undefined ? {} : { decidedBy: { kind: 'config', ...config } as const };
  return { schema: 1, command: 'adopt', lane, ...decidedBy };
}

/** The comment that asks was carried out before. */
export function executed(order: Order, before: CarriedOut, view: LaneView): LaneResult {
  return { ...base(order), ...headOf(view), ...before };
}

/** Nothing was written, for these reasons. */
export function refused(order: Order, reasons: readonly Reason[]): LaneResult {
  const message = reasons.map((reason) => reason.message).join(' ');
  return { ...base(order), outcome: 'refused', message, reasons };
}

/** It was so already. */
export function nothing(order: Order, { message }: NothingToDo): LaneResult {
  return { ...base(order), outcome: 'nothing', message };
}

/** The lane changed under every plan. */
export function keepsChanging(order: Order): LaneResult {
  const message = `${formatLane(order.lane)} keeps changing. Try again.`;
  return { ...base(order), outcome: 'waiting', message };
}

/** A dry run. `old`: the lane that this one would carry on from. */
export function wouldAdopt(order: Order, plan: AdoptionPlan, old: Lane | undefined): LaneResult {
  if (old === undefined && plan.kind === 'nothing') return nothing(order, plan);
  const lane = formatLane(order.lane);
  const sentences = [
    ...(old === undefined ? [] : [`Would let ${lane} carry on from ${formatLane(old)}, and close that one.`]),
    ...(plan.kind === 'operate' ? [`Would adopt ${nameRelease(plan.release)}.${warning(plan)}`] : []),
  ];
  return {
    ...base(order),
    outcome: 'planned',
    message: sentences.join(' '),
    ...(old === undefined ? {} : { carriesOnFrom: old }),
    ...(plan.kind === 'operate' ? { from: plan.from, release: plan.release, plan } : {}),
  };
}

/** What is clear from the ledger already: what is adopted is there, and is no way back. */
function warning({ failing }: OperationPlan): string {
  if (failing === undefined) return '';
  const text = verdictText(failing);
  return ` ${text.charAt(0).toUpperCase()}${text.slice(1)}; it will not count as known good.`;
}

/** How an adoption that was carried out ended. `old`: the lane that was closed for it. */
export function adopted(
  order: Order,
  {
    plan,
    ending,
    old,
  }: { plan: OperationPlan; ending: Exclude<Ending, { kind: 'changed' }>; old: Lane | undefined },
): LaneResult {
  const carries = old === undefined ? {} : { carriesOnFrom: old };
  const shared = { ...base(order), ...carries, from: plan.from, release: plan.release };
  const lane = formatLane(order.lane);
  if (ending.kind === 'not-moved') {
    const message = `Nothing was adopted. ${ending.message}`;
    return { ...shared, ...headOf(ending.view), outcome: 'not-moved', message };
  }
  if (ending.kind !== 'done') {
    const message = `Somebody else took ${lane} over meanwhile; nothing more was written.`;
    return { ...shared, outcome: 'waiting', message };
  }
  const proof =
    plan.failing === undefined
      ? ` It becomes known good when known-good verify ${lane} has seen its soak.`
      : warning(plan);
  const before = old === undefined ? '' : ` ${carriesOn(order, old)}`;
  const message = `${nameRelease(plan.release)} is adopted in ${lane}: the ledger now says what the tag says.${proof}${before}`;
  return { ...shared, ...headOf(ending.view), seq: ending.seq, outcome: 'done', message };
}

/** The lane carries on from an old one, and there was nothing to adopt; the plan says what its tag is. */
export function inherited(
  order: Order,
  { old, view, plan }: { old: Lane; view: LaneView; plan: NothingToDo },
): LaneResult {
  const release = currentTenure(view.state)?.release;
  return {
    ...base(order),
    ...headOf(view),
    carriesOnFrom: old,
    ...(release === undefined ? {} : { release }),
    seq: view.state.seq,
    outcome: 'done',
    message: `${carriesOn(order, old)} ${plan.message}`,
  };
}

function carriesOn({ lane }: Order, old: Lane): string {
  return `${formatLane(lane)} carries on from ${formatLane(old)}, which is closed: its releases, what is known good of them, and its lock.`;
}

function headOf({ head }: LaneView): { head?: string } {
  return head === undefined ? {} : { head };
}
