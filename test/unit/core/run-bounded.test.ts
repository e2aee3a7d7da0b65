import { describe, expect, it } from 'vitest';
import { runBounded } from '../../../src/core/run-bounded.ts';

describe('runBounded', () => {
  it('keeps the order, and runs no more at a time than it may', async () => {
    let running = 0;
    let most = 0;
    const results = await runBounded([3, 1, 2, 0, 5], 2, async (item) => {
      most = Math.max(most, (running += 1));
      for (let i = 0; i < item; i++) await Promise.resolve();
      running -= 1;
      return item * 10;
    });
    expect(results).toEqual([30, 10, 20, 0, 50]);
    expect(most).toBe(2);
  });

  it('starts nothing more after a rejection, and passes it on when all have ended', async () => {
    const started: number[] = [];
    const work = async (item: number) => {
      started.push(item);
      await Promise.resolve();
      if (item === 1) throw new Error('no');
    };
    await expect(runBounded([0, 1, 2, 3, 4, 5, 6, 7], 2, work)).rejects.toThrow('no');
    expect(started.length).toBeLessThan(5);
  });

  it('has nothing to do for nothing', async () => {
    expect(await runBounded([], 8, () => Promise.reject(new Error('called')))).toEqual([]);
  });
});
