import * as z from 'zod';

/** The whole name of a git object on GitHub: 40 lower-case hex digits (SHA-1). */
export const objectId = z.string().regex(/^[0-9a-f]{40}$/);

/** Whether a text is the whole name of an object. */
export function isObjectId(text: string): boolean {
  return objectId.safeParse(text).success;
}
