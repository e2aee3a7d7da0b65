import { actionsRunner } from '../adapters/github/actions-runner.ts';
import { fencedLog } from './release-action/fenced-log.ts';
import { openAction } from './release-action/open-action.ts';
import { runReleaseAction } from './release-action/release-action.ts';

// Whoever reads our output may go away early (a pager, head): that is no fault.
process.stdout.on('error', () => undefined);

const write = (text: string) => process.stdout.write(text);
const log = fencedLog(write);

process.exitCode = await runReleaseAction(process.env, {
  log,
  output: actionsRunner(write),
  nodeVersion: process.versions.node,
  open: (inputs, needs) => openAction(inputs, needs, { env: process.env, cwd: process.cwd(), log, process }),
});
