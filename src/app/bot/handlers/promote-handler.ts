import { KnownGoodError } from '../../../core/errors.ts';
import type { Lane } from '../../../core/lane.ts';
import { formatLane } from '../../../core/lane.ts';
import type { Policy } from '../../../core/policy.ts';
import { nameRelease, type Release } from '../../../core/release.ts';
import { currentTenure } from '../../../ledger/state.ts';
import { defaultRelease } from '../../release/default-release.ts';
import { findRelease } from '../../release/find-release.ts';
import { promote } from '../../release/promote.ts';
import { asked } from '../asked.ts';
import { askedToMoved } from '../asked-to-moved.ts';
import type { BotTask, CommandOf, Handler } from '../bot-task.ts';
import { laneAnswer } from '../lane-answer.ts';
import { governedLane } from '../lane-of-task.ts';
import { loadOutlook } from '../load-outlook.ts';
import { mayGive } from '../may-give.ts';
import { Refused } from '../refused.ts';
import { answeredByTwin, unlessTwin } from '../twin.ts';

/** `/promote LANE [RELEASE]`: shows what it brings, and moves it where nothing is missing. */
export const promoteHandler: Handler<'promote'> = async (task, command) => {
  const { lane, policy, rules, origin, view } = await governedLane(task, command.lane);
  await task.authorize({ lane, policies: [policy] });
  const twin = await answeredByTwin(task, view);
  if (twin !== undefined) return twin;
  const { release, unnamed } = await releaseMeant(task, command, { lane, policy });
  const before = currentTenure(view.state)?.release;
  const outlook = await loadOutlook(task.release.ledger, lane, { release, live: before, policy }).catch(
    () => undefined,
  );
  await task.fresh?.mustBeSame();
  task.follow({ lane, command: 'promote', outlook, before });
  const { acceptHold, reason, dryRun } = command;
  const order = { lane, policy, rules, config: origin, release, unnamed, reason, acceptHold, dryRun, view };
  const startedAt = task.release.timer.now().getTime();
  const ports = {
    ...task.release,
    mayApprove: (login: string) => task.mayGive('approve', { login, policy }),
  };
  const result = await promote(ports, { ...order, ...asked(task) });
  const times = askedToMoved(task, result, startedAt);
  const context = task.context({ before, mayGive: mayGive(policy), ...times });
  return unlessTwin(task, lane, laneAnswer(result, context, outlook));
};

interface Wanted {
  lane: Lane;
  policy: Policy;
}

/** The release that is named; on a merged pull request the one built from its merge commit; else the one in the environment before. */
async function releaseMeant(
  task: BotTask,
  { release: name }: CommandOf<'promote'>,
  wanted: Wanted,
): Promise<{ release: Release; unnamed: boolean }> {
  const { ledger } = task.release;
  const { lane, policy } = wanted;
  if (name !== undefined) return { release: await findRelease(ledger, lane.model, name), unnamed: false };
  const merged = await mergedAs(task);
  if (typeof merged === 'string') return { release: await builtFrom(task, wanted, merged), unnamed: false };
  const release = await defaultRelease(ledger, lane, policy);
  if (merged?.number !== undefined) {
    const where = policy.after === undefined ? 'was registered last' : `is in ${lane.model}/${policy.after}`;
    task.notes.push(
      `#${merged.number} is not merged, so this is about the release that ${where}: ${nameRelease(release)}.`,
    );
  }
  return { release, unnamed: true };
}

/** The merge commit of the pull request that was commented on, or its number where it has none; `undefined` for anything else. */
async function mergedAs({ event, ports }: BotTask): Promise<string | { number: number } | undefined> {
  if (event.kind !== 'comment' || !event.thread.isPullRequest) return undefined;
  const { number } = event.thread;
  const pull = await ports.pulls.read(number);
  return pull?.mergeCommit ?? { number };
}

async function builtFrom(
  { release: { ledger }, event }: BotTask,
  { lane }: Wanted,
  sha: string,
): Promise<Release> {
  try {
    return await findRelease(ledger, lane.model, sha);
  } catch (error) {
    if (!(error instanceof KnownGoodError) || error.code !== 'input') throw error;
    const pull = event.kind === 'comment' ? `#${event.thread.number}` : 'this pull request';
    const why = `No release of ${lane.model} is registered from ${sha.slice(0, 7)}, the commit that ${pull} was merged as. If the workflow that builds it is still running, comment again once it is done; if it failed, look at its run. To promote another release, name it: /promote ${formatLane(lane)} RELEASE.`;
    throw new Refused(why, {
      rest: `/promote ${formatLane(lane)}: its release is not there; nothing was changed`,
    });
  }
}
