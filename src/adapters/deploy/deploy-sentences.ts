import { formatDuration } from '../../core/duration.ts';
import type { DeployRequest } from '../../core/ports.ts';
import { seen, seenName } from '../../core/seen.ts';
import type { DeploymentRecord } from './deployment-record.ts';
import type { CommandEnd } from './run-command.ts';

/** Where to look: what a command prints may hold anything, tokens too, and the ledger is kept for ever. */
const OUTPUT = 'what it printed is on the terminal or in the log of that run, and not in the ledger.';

/** What a command was: for the sentence of its end. */
export interface EndedCommand {
  program: string;
  timeoutMs: number;
}

/** The sentence for a command that did not end well: how it ended and where its output is, never the output itself. */
export function failedSentence(end: CommandEnd, { program, timeoutMs }: EndedCommand): string {
  const command = `The deploy command ${seen(program, 100)}`;
  switch (end.kind) {
    case 'exited':
      return `${command} exited with ${end.code}; ${OUTPUT}`;
    case 'signalled':
      return `${command} was ended by ${end.signal}; ${OUTPUT}`;
    case 'timed-out':
      return `${command} did not end within ${formatDuration(timeoutMs)} and was stopped; ${OUTPUT}`;
    case 'not-started':
      return `${command} ${notStarted(end.code)}`;
    default:
      return end satisfies never;
  }
}

function notStarted(code: string): string {
  if (code === 'ENOENT')
    return 'was not found (ENOENT). Install it, or correct deploy.command in the config.';
  if (code === 'EACCES') return 'may not be executed (EACCES). Make it an executable file.';
  return `could not be started (${code}). Correct deploy.command in the config.`;
}

/** The sentence for a deployment that comes too late; `path` is where the later one is noted. */
export function lateSentence(request: DeployRequest, record: DeploymentRecord, path: string): string {
  const what = `number ${record.seq}, ${seen(record.version).slice(1, -1)}, at ${seen(record.at).slice(1, -1)}`;
  const how = record.seq === request.seq ? 'another one with the same number' : 'a later one';
  return `Number ${request.seq} was not deployed: ${how} (${what}) was deployed from here before. If that was of another ledger, remove ${seen(path, 300)}.`;
}

/** What a person is told where deployments cannot be noted; `folder` is where, `code` the system's. */
export function withoutNoteSentence(folder: string, code: string): string {
  return `The deployment goes on without being noted: ${seenName(folder)} cannot be written to (${code}). So an earlier deployment that still runs is not stopped, and a later one that is already there not seen; correct the permissions of that folder.`;
}
