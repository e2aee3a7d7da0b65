import { actionsRunner } from '../adapters/github/actions-runner.ts';
import { runBotAction } from './bot/bot-action.ts';
import { fencedLog } from './release-action/fenced-log.ts';

// Whoever reads our output may go away early (a pager, head): that is no fault.
process.stdout.on('error', () => undefined);

const write = (text: string) => process.stdout.write(text);
const code = await runBotAction({
  env: process.env,
  cwd: process.cwd(),
  process,
  log: fencedLog(write),
  output: actionsRunner(write),
});
// What was only waited for a while may still be on its way: nothing of it is needed any more.
process.exitCode = code;
process.stdout.write('', () => process.exit(code));
