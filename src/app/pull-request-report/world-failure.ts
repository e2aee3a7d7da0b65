import { KnownGoodError, messageChain } from '../../core/errors.ts';

/**
 * What the world refused, as sentences; where a permission is missing with all that the step takes (`takes`), since GitHub names only that of the
 * first request. A fault of ours is thrown on.
 */
export function worldFailure(error: unknown, takes: string): string {
  if (!(error instanceof KnownGoodError) || error.code === 'internal') throw error;
  const why = messageChain(error).join(' ');
  return /permission/.test(why) ? `${why} ${takes}` : why;
}
