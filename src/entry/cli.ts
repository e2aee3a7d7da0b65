#!/usr/bin/env node
import { runCli } from './cli/run-cli.ts';

// Whoever reads our output may go away early (a pager, head): that is no fault.
process.stdout.on('error', () => undefined);

process.exitCode = await runCli(process.argv.slice(2), process);
