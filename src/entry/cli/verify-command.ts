import { verifyLane } from '../../app/release/verify.ts';
import { watchLane } from '../../app/release/watch.ts';
import { interruptible } from './interruptible.ts';
import { parseFlags } from './parse-flags.ts';
import { printLane } from './print-result.ts';
import { laneOf, openContext, policyIfAny } from './release-context.ts';
import { argumentsOf, SHARED_FLAGS } from './release-flags.ts';
import type { Command } from './run-cli.ts';

const OPTIONS = { ...SHARED_FLAGS, watch: { type: 'boolean', default: false } } as const;

/** `known-good verify LANE [--watch]`. */
export const verifyCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, OPTIONS);
  const [text = ''] = argumentsOf(positionals, { usage: 'verify LANE [--watch]', least: 1, most: 1 });
  const context = await openContext(values, host);
  const lane = await laneOf(context, text);
  const order = { lane, policy: policyIfAny(context, lane) };
  const { watch } = values;
  const look = watch ? watchLane : verifyLane;
  const result = await interruptible(context, { command: 'verify', lane, watch }, (ports) =>
    look(ports, order),
  );
  return printLane(context, result);
};
