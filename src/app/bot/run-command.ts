import type { Command, CommandName } from '../../commands/command.ts';
import type { Answer, BotTask, Handler } from './bot-task.ts';
import { adoptHandler } from './handlers/adopt-handler.ts';
import { approveHandler } from './handlers/approve-handler.ts';
import { helpHandler, historyHandler, statusHandler, whyHandler } from './handlers/ask-handlers.ts';
import { lockHandler, unlockHandler } from './handlers/lock-handlers.ts';
import { promoteHandler } from './handlers/promote-handler.ts';
import { releaseHandler } from './handlers/release-handler.ts';
import { rollbackHandler } from './handlers/rollback-handler.ts';
import { shadowHandler } from './handlers/shadow-handler.ts';
import { verifyHandler } from './handlers/verify-handler.ts';

const HANDLERS: { readonly [N in CommandName]: Handler<N> } = {
  promote: promoteHandler,
  rollback: rollbackHandler,
  adopt: adoptHandler,
  approve: approveHandler,
  verify: verifyHandler,
  status: statusHandler,
  history: historyHandler,
  why: whyHandler,
  lock: lockHandler,
  unlock: unlockHandler,
  release: releaseHandler,
  shadow: shadowHandler,
  help: helpHandler,
};

/** Answers a command by its handler. Rejects with `Refused` where it is not to be carried out, else with what went wrong. */
export function runCommand(task: BotTask, command: Command): Promise<Answer> {
  // Each handler takes the command of its own name, which the table's type holds together.
  const handler = HANDLERS[command.name] as (task: BotTask, command: Command) => Promise<Answer>;
  return handler(task, command);
}
