import type { Lane } from '../../core/lane.ts';
import type { Owner } from '../../core/owner.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { markOf, openedBy } from '../../ledger/state.ts';
import { loadView } from '../release/load-lane.ts';
import type { Answer, BotTask } from './bot-task.ts';

/**
 * The answer where another run is at work on this very comment: none, that run gives it. `undefined` where there is no such run, or it is
 * not known to live.
 */
export async function answeredByTwin(
  task: BotTask,
  { state, lane, head }: LaneView,
): Promise<Answer | undefined> {
  const open = openedBy(state, task.comment?.id);
  const { owners } = task.release;
  if (open === undefined || isSame(open.owner, owners.self())) return undefined;
  if ((await owners.liveness(open.owner)) !== 'alive') return undefined;
  return silent(lane, head, open.run);
}

/**
 * An answer, unless this run did nothing because another one carried the comment out: where that one lives, or its reply is there, nothing is
 * added to it.
 */
export async function unlessTwin(task: BotTask, lane: Lane, answer: Answer): Promise<Answer> {
  const { comment, settings } = task;
  const isIdle = (answer.outcome === 'nothing' || answer.outcome === 'waiting') && !task.hasBegun();
  if (comment === undefined || settings.attempt > 1 || !isIdle) return answer;
  const view = await loadView(task.release.ledger, lane);
  if (markOf(view.state, comment.id) === undefined) return answer;
  const twin = await answeredByTwin(task, view);
  if (twin !== undefined) return twin;
  return (await task.isAnswered()) ? silent(lane, view.head, undefined) : answer;
}

function silent(lane: Lane, head: string | undefined, run: string | undefined): Answer {
  const where = run === undefined ? '' : ` (${run})`;
  const message = `Another run${where} carries this comment out or has done so, and answers it.`;
  return { outcome: 'nothing', message, blocks: undefined, lane, ...(head === undefined ? {} : { head }) };
}

function isSame(one: Owner, other: Owner): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
