import { doctorFindings } from '../../app/setup/doctor-findings.ts';
import { exitCodeOfFindings } from '../../app/setup/finding.ts';
import { setupLines, setupPage } from '../../report/release/setup-page.ts';
import { examine } from '../setup/examine.ts';
import { parseFlags } from './parse-flags.ts';
import { hasColor, printJson } from './print-result.ts';
import { argumentsOf, SHARED_FLAGS } from './release-flags.ts';
import type { Command } from './run-cli.ts';

/** `known-good doctor`. Exit code 1 where something is missing, 3 where something could not be told. */
export const doctorCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, SHARED_FLAGS);
  argumentsOf(positionals, { usage: 'doctor', least: 0, most: 0 });
  const findings = doctorFindings(await examine(values, host, process.versions.node));
  const printing = { host, values };
  if (values.json) printJson(printing, { schema: 1, findings });
  else if (values.quiet) host.stdout.write(setupLines(findings));
  else host.stdout.write(setupPage(findings, { color: hasColor(printing) }));
  return exitCodeOfFindings(findings);
};
