import { KnownGoodError, messageChain } from '../../core/errors.ts';
import { known, unknown, type Fact } from '../../core/fact.ts';

/** What was asked for, or why it could not be learned. */
export async function learn<T>(asked: Promise<T>): Promise<Fact<T>> {
  try {
    return known(await asked);
  } catch (error) {
    if (!(error instanceof KnownGoodError)) throw error;
    return unknown((messageChain(error)[0] ?? '').replace(/^Nothing was changed\. /, ''));
  }
}
