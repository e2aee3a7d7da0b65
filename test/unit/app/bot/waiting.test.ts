import { describe, expect, it } from 'vitest';
import { gatedLedger } from '../../../../src/app/bot/gated-ledger.ts';
import { within } from '../../../../src/app/bot/within.ts';
import { memoryLedger } from '../../../support/memory-ledger.ts';

const timer = { now: () => new Date(0), sleep: async () => undefined };

describe('within', () => {
  it('gives what comes in time, also what failed', async () => {
    const never = { ...timer, sleep: () => new Promise<never>(() => undefined) };
    expect(await within(Promise.resolve(7), 1000, never)).toEqual({ kind: 'done', value: 7 });
    const error = new Error('no');
    expect(await within(Promise.reject(error), 1000, never)).toEqual({ kind: 'failed', error });
  });

  it('gives up after its time, in pieces that leave no long wait over', async () => {
    const slept: number[] = [];
    const counting = { ...timer, sleep: async (ms: number) => void slept.push(ms) };
    expect(await within(new Promise(() => undefined), 1000, counting)).toEqual({ kind: 'late' });
    expect(slept).toEqual([200, 200, 200, 200, 200]);
  });
});

describe('gatedLedger', () => {
  const commit = { parent: undefined, files: { 'a.json': '{}' }, message: 'x' } as const;

  it('is read before the gate opens, and appended to after it', async () => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((done) => (open = done));
    const ledger = gatedLedger(memoryLedger(), { allowed: opened, check: () => undefined });
    const appended = ledger.append(commit);
    expect((await ledger.read(['a.json'])).head).toBeUndefined();
    open();
    expect((await appended).kind).toBe('appended');
    expect((await ledger.read(['a.json'])).files['a.json']).toBe('{}');
  });

  it('is neither appended to nor read where the gate stays shut', async () => {
    const inner = memoryLedger();
    const ledger = gatedLedger(inner, {
      allowed: Promise.reject(new Error('not yours')),
      check: () => undefined,
    });
    await expect(ledger.append(commit)).rejects.toThrow('not yours');
    await expect(ledger.read([])).rejects.toThrow('not yours');
    expect((await inner.read([])).head).toBeUndefined();
  });

  it('is not appended to where the last look before says no', async () => {
    const inner = memoryLedger();
    const check = () => {
      throw new Error('edited');
    };
    await expect(gatedLedger(inner, { allowed: Promise.resolve(), check }).append(commit)).rejects.toThrow(
      'edited',
    );
    expect((await inner.read([])).head).toBeUndefined();
  });
});
