import { findRelease } from '../../app/release/find-release.ts';
import { gatesDigestOf, policyOf, shadowDigestOf } from '../../app/release/policy-of.ts';
import { promote } from '../../app/release/promote.ts';
import { parseLane } from '../../core/lane.ts';
import { interruptible } from './interruptible.ts';
import { originOf } from './origin-of.ts';
import { parseFlags } from './parse-flags.ts';
import { printLane } from './print-result.ts';
import { openWithConfig } from './release-context.ts';
import { argumentsOf, CHANGING_FLAGS, reasonOf } from './release-flags.ts';
import type { Command } from './run-cli.ts';

const OPTIONS = { ...CHANGING_FLAGS, 'accept-hold': { type: 'boolean', default: false } } as const;

/** `known-good promote LANE [RELEASE]`. */
export const promoteCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, OPTIONS);
  const usage = 'promote LANE [RELEASE] [--accept-hold --reason "…"]';
  const [lane = '', name] = argumentsOf(positionals, { usage, least: 1, most: 2 });
  const reason = reasonOf(values);
  const context = await openWithConfig(values, host);
  const { config, repository } = context;
  const where = parseLane(lane, Object.keys(config.models));
  const policy = policyOf(config, where);
  const { 'accept-hold': acceptHold, 'dry-run': dryRun } = values;
  const result = await interruptible(context, { command: 'promote', lane: where }, async (ports) => {
    const release = name === undefined ? undefined : await findRelease(ports.ledger, where.model, name);
    const rules = {
      gates: gatesDigestOf(config, where),
      shadow: shadowDigestOf(config, where),
      defaultRef: repository.defaultRef,
      actor: ports.actor.name,
    };
    const origin = await originOf(context);
    return promote(ports, {
      lane: where,
      policy,
      rules,
      config: origin,
      release,
      reason,
      acceptHold,
      dryRun,
    });
  });
  return printLane(context, result);
};
