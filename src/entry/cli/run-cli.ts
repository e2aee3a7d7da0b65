import { exitCodeOfError, KnownGoodError, messageChain } from '../../core/errors.ts';
import { visibleText } from '../../report/visible-text.ts';
import { visibleLines } from '../visible-lines.ts';
import { gateCommand } from './gate-command.ts';
import { HELP, helpOf } from './help.ts';
import { manifestCommand } from './manifest-command.ts';
import { TOOL } from '../version.ts';

/** The process around a command, as far as commands use it. */
export interface Host {
  env: Readonly<Record<string, string | undefined>>;
  stdout: { write(text: string): unknown; isTTY?: boolean };
  stderr: { write(text: string): unknown; isTTY?: boolean };
  cwd(): string;
}

/** One command: its arguments without its name, to the exit code. */
export type Command = (args: readonly string[], host: Host) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = { gate: gateCommand, manifest: manifestCommand };

/** Runs a command line and returns the exit code. Whatever goes wrong ends in a sentence on stderr, never in a stack. */
export async function runCli(argv: readonly string[], host: Host): Promise<number> {
  try {
    return await dispatch(argv, host);
  } catch (error) {
    const [first = 'unknown error', ...causes] = messageChain(error);
    host.stderr.write(`known-good: ${visibleLines(first, error).join('\n  ')}\n`);
    if (!(error instanceof KnownGoodError)) {
      for (const cause of causes) host.stderr.write(`  because: ${visibleText(cause)}\n`);
      host.stderr.write(
        'This is a fault of known-good, not of your files; please report it with the command that you ran.\n',
      );
    }
    return exitCodeOfError(error);
  }
}

async function dispatch([name, ...args]: readonly string[], host: Host): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h')
    return print(host, helpOf(args[0]) ?? HELP);
  if (name === '--version' || name === '-v') return print(host, `${TOOL}\n`);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined)
    throw new KnownGoodError(
      'usage',
      `There is no command ${JSON.stringify(name)}; there are ${Object.keys(COMMANDS).join(', ')}. See known-good help.`,
    );
  if (args.includes('--help') || args.includes('-h')) return print(host, helpOf(name) ?? HELP);
  return command(args, host);
}

function print(host: Host, text: string): number {
  host.stdout.write(text);
  return 0;
}
