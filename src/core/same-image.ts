import { KnownGoodError } from './errors.ts';
import { formatImageRepository, parseImageRepository } from './image.ts';

/** The one spelling of an image repository (`acme/bank` is `docker.io/acme/bank`); `undefined` for what is none. */
export function sameImage(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return formatImageRepository(parseImageRepository(text));
  } catch (error) {
    if (error instanceof KnownGoodError) return undefined;
    throw error;
  }
}
