import { ModelFailure } from './model-failure.ts';
import { plainLine } from './quote-name.ts';
import type { TailText } from './tail-text.ts';

/** Bytes in MiB for a person, `12.3 MiB`. */
export function inMebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0)} MiB`;
}

/** The sentence for a request that took too long; `doing` is what the model did not do. */
export function describeTimeout(doing: string, timeoutMs: number): string {
  return `The model did not ${doing} within ${timeoutMs / 1000} s, the time limit. Its process was ended.`;
}

/** The sentence for a process that took too much memory. */
export function describeMemory(seen: number, limit: number): string {
  return `The model's process took ${inMebibytes(seen)} of memory; the limit is ${inMebibytes(limit)}. It was ended.`;
}

/** The failure that an exit of the child amounts to, when nobody asked for it. */
export function describeExit(exit: {
  code: number | string | null;
  signal: string | null;
  output: TailText;
}): ModelFailure {
  const { code, signal, output } = exit;
  if (output.includes('heap out of memory')) {
    return new ModelFailure(
      'memory',
      "The model's process ran out of JavaScript memory, most likely for text. Use smaller batches or a higher memory limit.",
    );
  }
  const how =
    typeof code === 'string' ? `did not start (${JSON.stringify(plainLine(code))})` : ended(code, signal);
  const line = plainLine(output.lastLine());
  const said = line === '' ? '' : ` Its last words: ${JSON.stringify(line)}.`;
  return new ModelFailure('crashed', `The model's process ${how}.${said}`);
}

function ended(code: number | null, signal: string | null): string {
  if (signal === 'SIGKILL')
    return 'was killed from outside (SIGKILL), as the system does when it runs out of memory';
  return signal === null ? `ended by itself with exit code ${code}` : `crashed (${signal})`;
}
