import type { Release } from '../../../core/release.ts';
import type { LaneView } from '../../../ledger/commit.ts';
import { currentTenure } from '../../../ledger/state.ts';
import type { LaneResult } from '../../../promotion/lane-result.ts';
import { findRelease } from '../../release/find-release.ts';
import { rollback } from '../../release/rollback.ts';
import { asked } from '../asked.ts';
import { askedToMoved } from '../asked-to-moved.ts';
import type { BotTask, CommandOf, Handler } from '../bot-task.ts';
import { gatedLedger } from '../gated-ledger.ts';
import { laneAnswer } from '../lane-answer.ts';
import { noteUnusable } from '../lane-of-task.ts';
import { mayGive } from '../may-give.ts';
import { rollbackLane, type RollbackLane } from '../rollback-lane.ts';
import { startedByAnother } from '../started-by-another.ts';
import { answeredByTwin, unlessTwin } from '../twin.ts';
import { within } from '../within.ts';

/** Once the tag has moved, the config is still waited for so long, to say where it is broken. */
const AFTERWARDS_MS = 1000;

/**
 * `/rollback LANE [RELEASE]`: restores the last release that was proved good. It waits for the ledger, for the permission of somebody who is
 * not named, and for the registry; for nothing else before the tag has moved. Nothing is written before the permission is there.
 */
export const rollbackHandler: Handler<'rollback'> = async (task, command) => {
  const meant = await rollbackLane(task, command.lane);
  const { lane, view, policy } = meant;
  const inForce = view.state.policy ?? policy;
  const allowed = permitted(task, { lane, policies: [inForce] });
  // It is awaited with the rollback, which goes on reading meanwhile.
  allowed.catch(() => undefined);
  const twin = await answeredByTwin(task, view);
  if (twin !== undefined) return allowed.then(() => twin);
  const before = leftBy(view);
  task.follow({ lane, command: 'rollback', before });
  const startedAt = task.release.timer.now().getTime();
  const [, result] = await Promise.all([allowed, restore(task, command, { meant, allowed })]);
  await noteConfig(task);
  const times = askedToMoved(task, result, startedAt);
  const context = task.context({ before, mayGive: mayGive(inForce), ...times });
  return unlessTwin(task, lane, laneAnswer(result, context));
};

/** The permission; and where somebody else started the run again, the comment, which its author may have deleted since. */
async function permitted(task: BotTask, where: Parameters<BotTask['authorize']>[0]): Promise<void> {
  const { fresh, settings, release } = task;
  const comment = startedByAnother(settings) ? fresh?.mustNotBeGone(release.timer) : undefined;
  await Promise.all([task.authorize(where), comment]);
}

async function restore(
  task: BotTask,
  command: CommandOf<'rollback'>,
  { meant: { lane, view, policy, origin }, allowed }: { meant: RollbackLane; allowed: Promise<void> },
): Promise<LaneResult> {
  const check = () => task.fresh?.mustNotBeSeenEdited();
  const ledger = gatedLedger(task.release.ledger, { allowed, check });
  const name = command.release;
  const release = name === undefined ? undefined : await findRelease(ledger, lane.model, name);
  const { unproved, reason, dryRun } = command;
  const order = { lane, policy, release, unproved, reason, dryRun, view, ...asked(task) };
  return rollback({ ...task.release, ledger }, { ...order, config: () => Promise.resolve(origin) });
}

/** What a rollback leaves: what an open operation brings, else what serves. */
function leftBy({ state }: LaneView): Release | undefined {
  const { open } = state;
  return open === undefined || open.action === 'rollback' ? currentTenure(state)?.release : open.release;
}

/** Says that the config is broken, for whoever repairs it: the rollback went by the ledger. */
async function noteConfig({ config, notes, release: { timer } }: BotTask): Promise<void> {
  const loaded = await within(config, AFTERWARDS_MS, timer);
  if (loaded.kind === 'done' && loaded.value.kind === 'unusable') noteUnusable(notes, loaded.value.why);
}
