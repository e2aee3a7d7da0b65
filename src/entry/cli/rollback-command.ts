import { findRelease } from '../../app/release/find-release.ts';
import { rollback } from '../../app/release/rollback.ts';
import { parseFlags } from './parse-flags.ts';
import { printLane } from './print-result.ts';
import { laneOf, openContext, policyIfAny } from './release-context.ts';
import { argumentsOf, CHANGING_FLAGS, reasonOf } from './release-flags.ts';
import type { Command } from './run-cli.ts';

const OPTIONS = { ...CHANGING_FLAGS, unproved: { type: 'boolean', default: false } } as const;

/** `known-good rollback LANE [RELEASE]`. A broken config does not stop it. */
export const rollbackCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, OPTIONS);
  const usage = 'rollback LANE [RELEASE] [--unproved --reason "…"]';
  const [text = '', name] = argumentsOf(positionals, { usage, least: 1, most: 2 });
  const reason = reasonOf(values);
  const context = await openContext(values, host);
  const lane = await laneOf(context, text);
  const { ports } = context;
  const release = name === undefined ? undefined : await findRelease(ports.ledger, lane.model, name);
  const policy = policyIfAny(context, lane);
  const { unproved, 'dry-run': dryRun } = values;
  return printLane(context, await rollback(ports, { lane, policy, release, unproved, reason, dryRun }));
};
