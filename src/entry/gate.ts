import { nodeFiles } from '../adapters/files/node-files.ts';
import { actionsRunner } from '../adapters/github/actions-runner.ts';
import { describeChange } from '../adapters/runner/describe-change.ts';
import { runGate } from '../app/gate/run-gate.ts';
import { runGateAction } from './gate/gate-action.ts';
import { gatePorts } from './gate-ports.ts';
import { prepareGate } from './prepare-gate.ts';

// Whoever reads our output may go away early (a pager, head): that is no fault.
process.stdout.on('error', () => undefined);

process.exitCode = await runGateAction(process.env, {
  output: actionsRunner((text) => process.stdout.write(text)),
  files: nodeFiles,
  prepare: (wish) => prepareGate(wish, { cwd: process.cwd(), ...describeChange(process.env) }),
  run: (request) =>
    runGate(
      request,
      gatePorts(process.env, () => undefined),
    ),
});
