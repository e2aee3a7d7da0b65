import { exitCodeOfError, KnownGoodError, messageChain } from '../../core/errors.ts';
import { visibleText } from '../../report/visible-text.ts';
import { visibleLines } from '../visible-lines.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { adoptCommand } from './adopt-command.ts';
import { approveCommand } from './approve-command.ts';
import { commandCommand } from './command-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { gateCommand } from './gate-command.ts';
import { HELP, helpOf } from './help.ts';
import { historyCommand } from './history-command.ts';
import { initCommand } from './init-command.ts';
import { ledgerCommand } from './ledger-command.ts';
import { lockCommand, unlockCommand } from './lock-command.ts';
import { manifestCommand } from './manifest-command.ts';
import { packageCommand } from './package-command.ts';
import { promoteCommand } from './promote-command.ts';
import { registerCommand } from './register-command.ts';
import { releaseCommand } from './release-command.ts';
import { rollbackCommand } from './rollback-command.ts';
import { shadowCommand } from './shadow-command.ts';
import { statusCommand } from './status-command.ts';
import { verifyCommand } from './verify-command.ts';
import { whyCommand } from './why-command.ts';
import { TOOL } from '../version.ts';

/** The process around a command, as far as commands use it. */
export interface Host {
  env: Readonly<Record<string, string | undefined>>;
  stdout: { write(text: string): unknown; isTTY?: boolean };
  stderr: { write(text: string): unknown; isTTY?: boolean };
  cwd(): string;
  /** Signals from outside, where there is a process that they would end. */
  on?(signal: 'SIGINT' | 'SIGTERM', listener: (signal: 'SIGINT' | 'SIGTERM') => void): unknown;
  off?(signal: 'SIGINT' | 'SIGTERM', listener: (signal: 'SIGINT' | 'SIGTERM') => void): unknown;
  exit?(code: number): void;
}

/** One command: its arguments without its name, to the exit code. */
export type Command = (args: readonly string[], host: Host) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  gate: gateCommand,
  shadow: shadowCommand,
  manifest: manifestCommand,
  package: packageCommand,
  register: registerCommand,
  promote: promoteCommand,
  rollback: rollbackCommand,
  adopt: adoptCommand,
  approve: approveCommand,
  verify: verifyCommand,
  status: statusCommand,
  history: historyCommand,
  why: whyCommand,
  lock: lockCommand,
  unlock: unlockCommand,
  release: releaseCommand,
  ledger: ledgerCommand,
  command: commandCommand,
  init: initCommand,
  doctor: doctorCommand,
};

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
  if (command === undefined) throw unknownCommand(name);
  if (args.includes('--help') || args.includes('-h')) return print(host, helpOf(name) ?? HELP);
  return command(args, host);
}

function unknownCommand(name: string): KnownGoodError {
  const names = Object.keys(COMMANDS);
  const near = nearestName(name, names);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return new KnownGoodError(
    'usage',
    `There is no command ${JSON.stringify(name)}; there are ${names.join(', ')}.${hint} See known-good help.`,
  );
}

function print(host: Host, text: string): number {
  host.stdout.write(text);
  return 0;
}
