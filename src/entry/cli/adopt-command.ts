import { adopt } from '../../app/release/adopt.ts';
import { findRelease } from '../../app/release/find-release.ts';
import { policyOf } from '../../app/release/policy-of.ts';
import { parseLane } from '../../core/lane.ts';
import { interruptible } from './interruptible.ts';
import { originOf } from './origin-of.ts';
import { parseFlags } from './parse-flags.ts';
import { printLane } from './print-result.ts';
import { openWithConfig } from './release-context.ts';
import { argumentsOf, CHANGING_FLAGS, neededReason } from './release-flags.ts';
import type { Command } from './run-cli.ts';

/** `known-good adopt LANE [RELEASE] --reason "…"`. */
export const adoptCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, CHANGING_FLAGS);
  const usage = 'adopt LANE [RELEASE] --reason "…"';
  const [text = '', name] = argumentsOf(positionals, { usage, least: 1, most: 2 });
  const reason = neededReason(values, 'adopt');
  const context = await openWithConfig(values, host);
  const lane = parseLane(text, Object.keys(context.config.models));
  const policy = policyOf(context.config, lane);
  const result = await interruptible(context, { command: 'adopt', lane }, async (ports) => {
    const release = name === undefined ? undefined : await findRelease(ports.ledger, lane.model, name);
    const config = await originOf(context);
    return adopt(ports, { lane, policy, config, release, reason, dryRun: values['dry-run'] });
  });
  return printLane(context, result);
};
