import { isGoverned } from '../../commands/allowed-by-default.ts';
import { authorize } from '../../commands/authorize.ts';
import type { CommandName } from '../../commands/command.ts';
import type { Config } from '../../config/config-schema.ts';
import type { ForgeUser } from '../../core/forge.ts';
import { configuredLanes } from '../release/configured-lanes.ts';

/** Whether a config lets somebody give a command somewhere by their name, whatever their role is. */
export function isNamed(
  config: Config,
  { command, asker, listedBots }: { command: CommandName; asker: ForgeUser; listedBots: readonly string[] },
): boolean {
  if (!isGoverned(command)) return false;
  return configuredLanes(config).some(
    ({ policy }) =>
      authorize({ command, allow: policy?.allow, ...asker, listedBots, role: undefined }).kind === 'allowed',
  );
}
