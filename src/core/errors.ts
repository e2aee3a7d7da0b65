/** What kind of failure stopped us: `usage` (exit 64), `input` and `config` (65), `unavailable` and `internal` (3). */
export type ErrorCode = 'usage' | 'input' | 'config' | 'unavailable' | 'internal';

/**
 * A failure that a person can act on. The message says what happened, what was seen and what to do,
 * and is safe to print: it never needs a stack trace beside it.
 */
export class KnownGoodError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'KnownGoodError';
    this.code = code;
  }
}

/** The process exit code for an error: 64 wrong usage, 65 bad config or input, 3 anything else. */
export function exitCodeOfError(error: unknown): 3 | 64 | 65 {
  if (!(error instanceof KnownGoodError)) return 3;
  if (error.code === 'usage') return 64;
  return error.code === 'input' || error.code === 'config' ? 65 : 3;
}

/** The messages of an error and its causes, outermost first, without stacks. Handles anything that can be thrown. */
export function messageChain(error: unknown): string[] {
  const messages: string[] = [];
  for (let next = error; next !== undefined && next !== null && messages.length < 8;) {
    messages.push(next instanceof Error ? next.message : String(next));
    next = next instanceof Error ? next.cause : undefined;
  }
  return messages;
}
