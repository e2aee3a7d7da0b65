import { commandNamed } from '../../../commands/grammar.ts';
import { helpOf } from '../../../commands/help.ts';
import { formatLane } from '../../../core/lane.ts';
import { currentTenure } from '../../../ledger/state.ts';
import { helpReply } from '../../../report/bot/help-reply.ts';
import { historyReply } from '../../../report/bot/history-reply.ts';
import { statusReply } from '../../../report/bot/status-reply.ts';
import { whyReply } from '../../../report/bot/why-reply.ts';
import { laneHistory } from '../../release/history.ts';
import { laneStatuses } from '../../release/status.ts';
import { laneAccount } from '../../release/why.ts';
import type { Handler } from '../bot-task.ts';
import { knownLanes } from '../known-lanes.ts';
import { plainLane } from '../lane-of-task.ts';

/** Rows of a history that a comment shows. */
const MOST_ROWS = 20;

/** `/status [LANE]`. */
export const statusHandler: Handler<'status'> = async (task, { lane: text }) => {
  await task.authorize({ policies: [] });
  const found = text === undefined ? undefined : await plainLane(task, text);
  const wishes =
    found === undefined ? await knownLanes(task) : [{ lane: found.lane, policy: found.configured }];
  const statuses = await laneStatuses(task.release, wishes);
  const message = statuses
    .map(({ lane, current }) => `${formatLane(lane)}: ${current?.release.version ?? 'no release'}`)
    .join(', ');
  const [first, ...others] = statuses;
  const release = first?.current?.release;
  const only = first === undefined || others.length > 0 ? {} : { lane: first.lane };
  return {
    outcome: 'done',
    message: message || 'There is no lane.',
    blocks: statusReply(statuses, task.context()),
    ...only,
    ...('lane' in only && release !== undefined ? { digest: release.digest, version: release.version } : {}),
    ...(first?.head === undefined ? {} : { head: first.head }),
  };
};

/** `/history LANE`. */
export const historyHandler: Handler<'history'> = async (task, { lane: text }) => {
  await task.authorize({ policies: [] });
  const { lane } = await plainLane(task, text);
  const history = await laneHistory(task.release, lane, MOST_ROWS);
  const message = `${formatLane(lane)}: ${history.rows.length} rows.`;
  const { head } = history;
  return {
    outcome: 'done',
    message,
    blocks: historyReply(history, task.context()),
    lane,
    ...(head === undefined ? {} : { head }),
  };
};

/** `/why LANE`. */
export const whyHandler: Handler<'why'> = async (task, { lane: text }) => {
  await task.authorize({ policies: [] });
  const { lane, view } = await plainLane(task, text);
  const account = await laneAccount(task.release, lane);
  const release = currentTenure(view.state)?.release;
  const message = `${formatLane(lane)} serves ${release?.version ?? 'nothing that Known Good moved'}.`;
  const { head } = account;
  return {
    outcome: 'done',
    message,
    blocks: whyReply(account, task.context()),
    lane,
    ...(release === undefined ? {} : { digest: release.digest, version: release.version }),
    ...(head === undefined ? {} : { head }),
  };
};

/** `/help [COMMAND]`. */
export const helpHandler: Handler<'help'> = async (task, { about }) => {
  await task.authorize({ policies: [] });
  const name = about === undefined ? undefined : commandNamed(about);
  return { outcome: 'done', message: 'Help was given.', blocks: helpReply(helpOf(name), task.context()) };
};
