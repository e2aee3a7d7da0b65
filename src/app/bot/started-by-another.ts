import type { BotSettings } from './bot-ports.ts';

/** Whether a run was started again by somebody who is not known to be the one who gave its command. */
export function startedByAnother({
  reRunner,
  isReRunnerUnknown,
}: Pick<BotSettings, 'reRunner' | 'isReRunnerUnknown'>): boolean {
  return reRunner !== undefined || isReRunnerUnknown;
}
