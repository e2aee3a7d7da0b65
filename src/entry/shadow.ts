import { nodeFiles } from '../adapters/files/node-files.ts';
import { actionsRunner } from '../adapters/github/actions-runner.ts';
import { runShadow } from '../app/shadow/run-shadow.ts';
import { openShadowLedger } from './cli/shadow-ledger.ts';
import { prepareShadow } from './prepare-shadow.ts';
import { runShadowAction } from './shadow/shadow-action.ts';
import { shadowPorts } from './shadow-ports.ts';

// Whoever reads our output may go away early (a pager, head): that is no fault.
process.stdout.on('error', () => undefined);

const output = actionsRunner((text) => process.stdout.write(text));
/** What opening the ledger has to say goes to the log like everything from outside: no line of it can be a workflow command. */
const host = {
  env: process.env,
  cwd: () => process.cwd(),
  stdout: process.stdout,
  stderr: { write: (text: string) => output.print(text) },
};

process.exitCode = await runShadowAction(process.env, {
  output,
  files: nodeFiles,
  prepare: (wish, ledger) =>
    prepareShadow(wish, () =>
      openShadowLedger({ config: wish.config, ledger, json: false, quiet: true, 'no-color': true }, host),
    ),
  run: (request) =>
    runShadow(
      request,
      shadowPorts(process.env, () => undefined),
    ),
});
