import type { Timer } from '../../core/ports.ts';

/** How something ended that was given a while; `late`: it had not ended then, and goes on without us. */
export type Waited<T> = { kind: 'done'; value: T } | { kind: 'failed'; error: unknown } | { kind: 'late' };

/** Waits are cut into pieces of so many milliseconds, so that no long one is left over where the work is done early. */
const PIECE_MS = 200;

/** Waits for something at most a while. Never rejects, nor does what is left to itself. */
export async function within<T>(work: Promise<T>, ms: number, timer: Timer): Promise<Waited<T>> {
  const ended = work.then(
    (value): Waited<T> => ({ kind: 'done', value }),
    (error: unknown): Waited<T> => ({ kind: 'failed', error }),
  );
  for (let left = ms; left > 0; left -= PIECE_MS) {
    const pause = timer.sleep(Math.min(PIECE_MS, left)).then(() => undefined);
    const first = await Promise.race([ended, pause]);
    if (first !== undefined) return first;
  }
  return { kind: 'late' };
}
