import { Redactor } from '../oci/redactor.ts';
import type { CommandDeployerOptions } from './command-deployer.ts';
import { secretsOf } from './deploy-environment.ts';
import { harmlessLine } from './harmless-line.ts';

/** What takes a command's output, and what is told when the command failed. */
export interface CommandOutput {
  take(line: string): void;
  failed(): void;
}

const MOST_LINES = 2_000;
const LAST_LINES = 20;

/**
 * Passes a command's output on to people, so many lines of it, and to nobody else: it may hold any secret, and what masks the values
 * of variables cannot know those that the command got elsewhere. Where progress is shown to nobody, the last lines are kept for a failure.
 */
export function commandOutput({
  env,
  progress,
  notice,
  quiet = false,
}: Pick<CommandDeployerOptions, 'env' | 'progress' | 'notice' | 'quiet'>): CommandOutput {
  const redactor = new Redactor();
  for (const secret of secretsOf(env)) redactor.add(secret);
  const last: string[] = [];
  let count = 0;
  const take = (line: string) => {
    const shown = harmlessLine(redactor.redact(line));
    count += 1;
    if (count <= MOST_LINES) progress(shown);
    if (count === MOST_LINES + 1) progress(`More than ${MOST_LINES} lines; the rest is not shown.`);
    if (!quiet) return;
    last.push(shown);
    if (last.length > LAST_LINES) last.shift();
  };
  return { take, failed: () => last.forEach((line) => notice(line)) };
}
