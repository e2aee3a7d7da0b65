import { formatDuration } from '../../core/duration.ts';
import type { DeployRequest } from '../../core/ports.ts';
import { seen } from '../../core/seen.ts';
import type { DeploymentRecord } from './deployment-record.ts';
import type { CommandEnd } from './run-command.ts';

const MOST_CHARACTERS = 300;

/** What a command was and how it went: for the sentence of its end. */
export interface EndedCommand {
  program: string;
  timeoutMs: number;
  /** Its last lines on stderr, harmless and without secrets. */
  lastLines: readonly string[];
}

/** The sentence for a command that did not end well. */
export function failedSentence(end: CommandEnd, { program, timeoutMs, lastLines }: EndedCommand): string {
  const command = `The deploy command ${seen(program, 100)}`;
  switch (end.kind) {
    case 'exited':
      return `${command} exited with ${end.code}${lastWords(lastLines)}`;
    case 'signalled':
      return `${command} was ended by ${end.signal}${lastWords(lastLines)}`;
    case 'timed-out': {
      const limit = formatDuration(timeoutMs);
      return `${command} did not end within ${limit} and was stopped${lastWords(lastLines)}`;
    }
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

/** `: ` and the end of what was said, at most 300 characters; a full stop where nothing was. */
function lastWords(lines: readonly string[]): string {
  const words = lines.join(' | ');
  if (words === '') return '. It said nothing on stderr.';
  const end = words.length > MOST_CHARACTERS ? `…${words.slice(1 - MOST_CHARACTERS)}` : words;
  return `: ${end}`;
}

/** The sentence for a deployment that comes too late; `path` is where the later one is noted. */
export function lateSentence(request: DeployRequest, record: DeploymentRecord, path: string): string {
  const what = `number ${record.seq}, ${seen(record.version).slice(1, -1)}, at ${seen(record.at).slice(1, -1)}`;
  const how = record.seq === request.seq ? 'another one with the same number' : 'a later one';
  return `Number ${request.seq} was not deployed: ${how} (${what}) was deployed from here before. If that was of another ledger, remove ${seen(path, 300)}.`;
}
