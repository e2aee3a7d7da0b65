import type { Fault } from './read-words.ts';

/** Most characters of a reason, as the ledger keeps them. */
const MOST_REASON = 500;

/** A reason on one line, without spaces around it and with single ones in it; an empty or too long one is a fault. */
export function readReason(text: string): { kind: 'reason'; reason: string } | Fault {
  const reason = text.replace(/\s+/g, ' ').trim();
  if (reason === '') return { kind: 'fault', fault: 'The reason is empty. Say why, for whoever asks later.' };
  if (reason.length <= MOST_REASON) return { kind: 'reason', reason };
  const fault = `The reason has ${reason.length} characters, and at most ${MOST_REASON} are kept. Shorten it.`;
  return { kind: 'fault', fault };
}
