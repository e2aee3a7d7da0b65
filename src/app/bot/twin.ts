import type { Lane } from '../../core/lane.ts';
import type { Owner } from '../../core/owner.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { markOf, openedBy } from '../../ledger/state.ts';
import { loadView } from '../release/load-lane.ts';
import type { Answer, BotTask } from './bot-task.ts';

/** So often, and so long apart, the reply of another run is looked for. */
const LOOKS = 5;
const PAUSE_MS = 2000;

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
  return { ...silent(open.run), lane, ...(head === undefined ? {} : { head }) };
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
  const answered = await answeredSoon(task);
  if (answered === undefined) return answer;
  return { ...answered, lane, ...(view.head === undefined ? {} : { head: view.head }) };
}

/** The same for a reply that may be on its way: the run that did the work writes it beside the work. */
async function answeredSoon(task: BotTask): Promise<Answer | undefined> {
  for (let look = 1; look < LOOKS; look++) {
    const answered = await answeredBefore(task);
    if (answered !== undefined) return answered;
    await task.release.timer.sleep(PAUSE_MS);
  }
  return answeredBefore(task);
}

/** The answer where a reply to this very comment is there already: none, that one stays. `undefined` where there is no reply. */
export async function answeredBefore(task: BotTask): Promise<Answer | undefined> {
  return (await task.isAnswered()) ? silent(undefined) : undefined;
}

function silent(run: string | undefined): Answer {
  const where = run === undefined ? '' : ` (${run})`;
  const message = `Another run${where} carries this comment out or has done so, and answers it.`;
  return { outcome: 'nothing', message, blocks: undefined };
}

function isSame(one: Owner, other: Owner): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
