import { lockLane, unlockLane } from '../../app/release/lock.ts';
import { parseFlags } from './parse-flags.ts';
import { printChange } from './print-result.ts';
import { laneOf, openContext } from './release-context.ts';
import { argumentsOf, CHANGING_FLAGS, neededReason, reasonOf } from './release-flags.ts';
import type { Command } from './run-cli.ts';

/** `known-good lock LANE --reason "…"`. */
export const lockCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, CHANGING_FLAGS);
  const [text = ''] = argumentsOf(positionals, { usage: 'lock LANE --reason "…"', least: 1, most: 1 });
  const reason = neededReason(values, 'lock');
  const context = await openContext(values, host);
  const lane = await laneOf(context, text);
  return printChange(context, await lockLane(context.ports, { lane, reason, dryRun: values['dry-run'] }));
};

/** `known-good unlock LANE [--reason "…"]`. */
export const unlockCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, CHANGING_FLAGS);
  const [text = ''] = argumentsOf(positionals, { usage: 'unlock LANE [--reason "…"]', least: 1, most: 1 });
  const reason = reasonOf(values);
  const context = await openContext(values, host);
  const lane = await laneOf(context, text);
  return printChange(context, await unlockLane(context.ports, { lane, reason, dryRun: values['dry-run'] }));
};
