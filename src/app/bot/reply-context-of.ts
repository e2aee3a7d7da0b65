import type { BotEvent } from '../../commands/event.ts';
import type { ReplyContext } from '../../report/bot/reply-context.ts';
import type { BotPorts, BotSettings } from './bot-ports.ts';

/** What surrounds every reply to an event. `command`: as it was typed or understood. */
export function replyContext({
  ports,
  settings,
  event,
  command,
  notes,
}: {
  ports: Pick<BotPorts, 'release'>;
  settings: BotSettings;
  event: BotEvent;
  command: string;
  notes: readonly string[];
}): ReplyContext {
  return {
    command,
    by: event.sender.login,
    run: ports.release.run,
    repository: settings.repositoryUrl,
    notes: [...notes],
  };
}
