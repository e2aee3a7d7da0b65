import { laneHistory } from '../../app/release/history.ts';
import { historyPage } from '../../report/release/history-page.ts';
import { parseFlags } from './parse-flags.ts';
import { hasColor, printJson } from './print-result.ts';
import { laneOf, openContext } from './release-context.ts';
import { argumentsOf, countOf, SHARED_FLAGS } from './release-flags.ts';
import type { Command } from './run-cli.ts';

const OPTIONS = { ...SHARED_FLAGS, limit: { type: 'string' } } as const;
const ROWS = 20;

/** `known-good history LANE [--limit N]`. */
export const historyCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, OPTIONS);
  const [text = ''] = argumentsOf(positionals, { usage: 'history LANE [--limit N]', least: 1, most: 1 });
  const limit = countOf(values.limit, ROWS, '--limit');
  const context = await openContext(values, host);
  const history = await laneHistory(context.ports, await laneOf(context, text), limit);
  if (values.json) printJson(context, history);
  else host.stdout.write(historyPage(history, { color: hasColor(context) }));
  return 0;
};
