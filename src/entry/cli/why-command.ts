import { laneAccount } from '../../app/release/why.ts';
import { accountPage } from '../../report/release/account-page.ts';
import { parseFlags } from './parse-flags.ts';
import { hasColor, printJson } from './print-result.ts';
import { laneOf, openContext } from './release-context.ts';
import { argumentsOf, SHARED_FLAGS } from './release-flags.ts';
import type { Command } from './run-cli.ts';

/** `known-good why LANE`. */
export const whyCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, SHARED_FLAGS);
  const [text = ''] = argumentsOf(positionals, { usage: 'why LANE', least: 1, most: 1 });
  const context = await openContext(values, host);
  const account = await laneAccount(context.ports, await laneOf(context, text));
  if (values.json) printJson(context, account);
  else host.stdout.write(accountPage(account, { color: hasColor(context) }));
  return 0;
};
