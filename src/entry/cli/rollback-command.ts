import { findRelease } from '../../app/release/find-release.ts';
import { rollback } from '../../app/release/rollback.ts';
import { interruptible } from './interruptible.ts';
import { originOf } from './origin-of.ts';
import { parseFlags } from './parse-flags.ts';
import { printLane } from './print-result.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { seenName } from '../../core/seen.ts';
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
  if (values.unproved && name === undefined) throw unprovedAlone(text);
  const context = await openContext(values, host);
  const lane = await laneOf(context, text);
  const policy = policyIfAny(context, lane);
  const { unproved, 'dry-run': dryRun } = values;
  const result = await interruptible(context, { command: 'rollback', lane }, async (ports) => {
    const release = name === undefined ? undefined : await findRelease(ports.ledger, lane.model, name);
    const origin = () => originOf(context);
    return rollback(ports, { lane, policy, config: origin, release, unproved, reason, dryRun });
  });
  return printLane(context, result);
};

/** Without RELEASE a rollback goes to a proved release, and `--unproved` would be ignored without a word. */
function unprovedAlone(lane: string): KnownGoodError {
  const name = seenName(lane);
  return new KnownGoodError(
    'usage',
    `--unproved needs the RELEASE to go back to: known-good rollback ${name} RELEASE --unproved --reason "…". Which there are: known-good history ${name}. To the last one that was proved good: known-good rollback ${name}`,
  );
}
