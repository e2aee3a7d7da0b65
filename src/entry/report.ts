import { actionsRunner } from '../adapters/github/actions-runner.ts';
import { runReportAction } from './report/report-action.ts';
import { reportWorld } from './report/report-world.ts';

// Whoever reads our output may go away early (a pager, head): that is no fault.
process.stdout.on('error', () => undefined);

process.exitCode = await runReportAction(process.env, {
  output: actionsRunner((text) => process.stdout.write(text)),
  ...reportWorld(process.env),
});
