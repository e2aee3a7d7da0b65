import { randomBytes } from 'node:crypto';
import type { Ids } from '../../core/ports.ts';

const BYTES = 16;

/** Names of 128 random bits as 32 hex digits. */
export function randomIds(): Ids {
  return { next: () => randomBytes(BYTES).toString('hex') };
}
