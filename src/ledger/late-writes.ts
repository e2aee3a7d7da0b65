/** By so much a look at the ledger may lag, in milliseconds; the answer to an append as well. */
export const LEDGER_LAG_MS = 2_000;

/**
 * Longest time from a take-over to the last tag write of the one who was taken over, in milliseconds: 2 s by which the ledger may
 * lag when they looked, 1 s from the look to the write, 2 s for it to get on its way, 5 s for the registry to carry it out.
 */
export const LATE_WRITE_MS = 10_000;

/**
 * So long the digests of late writes are remembered at least: whoever wrote the entry that ended their operation may have been held up
 * between dating it and writing it.
 */
export const STRAY_MEMORY_MS = 3_600_000;

/** When writes of operations that ended at `at` have landed or never will. */
export function settledAt(at: string): string {
  return new Date(Date.parse(at) + LATE_WRITE_MS).toISOString();
}
