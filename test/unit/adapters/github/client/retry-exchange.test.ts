import { describe, expect, it } from 'vitest';
import type { RawAnswer } from '../../../../../src/adapters/github/client/exchange.ts';
import { neverSent, retryExchange } from '../../../../../src/adapters/github/client/retry-exchange.ts';
import { TransportFailure } from '../../../../../src/adapters/oci/http-exchange.ts';

type Step = RawAnswer | TransportFailure;

const OK = answer(200);
const TROUBLE = answer(502);
const CUT = new TransportFailure('connection', 'ECONNRESET', 'ECONNRESET');
const REFUSED = new TransportFailure('connection', 'ECONNREFUSED', 'ECONNREFUSED');
const UNTRUSTED = new TransportFailure('connection', 'x', 'SELF_SIGNED_CERT_IN_CHAIN');
const LATE = new TransportFailure('timeout', 'no answer');
const LARGE = new TransportFailure('too-large', 'more than 8 bytes');
const SECONDS = (seconds: number) => answer(429, { 'retry-after': String(seconds) });

function answer(status: number, headers: Record<string, string> = {}, body = ''): RawAnswer {
  return { status, headers: new Headers(headers), body: Buffer.from(body) };
}

/** Plays the steps, the last one again and again, and tells how often it was asked, what was waited, and what came of it. */
async function play(
  steps: readonly Step[],
  rules: { repeatable: boolean; graphql?: boolean; patienceMs?: number },
) {
  const slept: number[] = [];
  let asked = 0;
  const timer = {
    now: () => new Date('2026-01-02T03:04:05Z'),
    sleep: async (ms: number) => void slept.push(ms),
  };
  const ask = async () => {
    const step = steps[Math.min(asked++, steps.length - 1)] ?? OK;
    if (step instanceof TransportFailure) throw step;
    return step;
  };
  const outcome = await retryExchange(ask, { timer, timeoutMs: 10, graphql: false, ...rules });
  return { ...outcome, slept, asked };
}

describe('retryExchange', () => {
  it.each([
    ['trouble', TROUBLE],
    ['a cut connection', CUT],
    ['a refused connection', REFUSED],
    ['a timeout', LATE],
    ['a limit', SECONDS(3)],
  ])('asks again after %s, when doing it twice does no harm', async (_, step) => {
    const { answer: got, asked } = await play([step, step, OK], { repeatable: true });
    expect({ got, asked }).toEqual({ got: OK, asked: 3 });
  });

  it('gives up after five tries, waiting longer each time', async () => {
    const outcome = await play([TROUBLE], { repeatable: true });
    expect(outcome).toEqual({ answer: TROUBLE, waitMs: undefined, asked: 5, slept: [500, 1000, 2000, 4000] });
  });

  it.each([
    ['trouble', TROUBLE],
    ['a cut connection', CUT],
    ['a timeout', LATE],
  ])('never repeats a write after %s', async (_, step) => {
    const { answer: got, asked } = await play([step, OK], { repeatable: false });
    expect({ got, asked }).toEqual({ got: step, asked: 1 });
  });

  it.each([
    ['a refused connection', REFUSED],
    ['a limit', SECONDS(1)],
  ])('repeats a write after %s, which says that nothing was done', async (_, step) => {
    const { answer: got, asked } = await play([step, OK], { repeatable: false });
    expect({ got, asked }).toEqual({ got: OK, asked: 2 });
  });

  it.each([
    ['a success', OK],
    ['a refusal', answer(403)],
    ['nothing there', answer(404)],
    ['a server that cannot do it', answer(501)],
    ['a bad certificate', UNTRUSTED],
    ['too large an answer', LARGE],
  ])('takes %s as final', async (_, step) => {
    expect(await play([step, answer(204)], { repeatable: true })).toMatchObject({ answer: step, asked: 1 });
  });

  it('waits as long as it is asked to, and hands back what is longer than it may wait', async () => {
    expect((await play([SECONDS(7), OK], { repeatable: true })).slept).toEqual([7000]);
    const late = await play([SECONDS(90), OK], { repeatable: true });
    expect(late).toMatchObject({ asked: 1, slept: [], waitMs: 90_000 });
    const sum = await play([SECONDS(25)], { repeatable: true });
    expect(sum).toMatchObject({ asked: 3, slept: [25_000, 25_000], waitMs: 25_000 });
    const hasty = await play([SECONDS(7), OK], { repeatable: true, patienceMs: 5000 });
    expect(hasty).toMatchObject({ asked: 1, waitMs: 7000 });
  });

  it('asks GraphQL again when the server failed, and not when it refused', async () => {
    const failed = answer(
      200,
      {},
      '{"data":null,"errors":[{"message":"Something went wrong while executing your query."}]}',
    );
    const refused = answer(200, {}, '{"data":null,"errors":[{"type":"NOT_FOUND","message":"timeout"}]}');
    expect((await play([failed, OK], { repeatable: true, graphql: true })).asked).toBe(2);
    expect((await play([refused, OK], { repeatable: true, graphql: true })).asked).toBe(1);
    expect((await play([failed, OK], { repeatable: false, graphql: true })).asked).toBe(1);
  });

  it('passes on what is no failure of the transport', async () => {
    const rules = {
      timer: { now: () => new Date(0), sleep: async () => {} },
      repeatable: true,
      graphql: false,
      timeoutMs: 1,
    };
    await expect(retryExchange(() => Promise.reject(new Error('a bug')), rules)).rejects.toThrow('a bug');
  });
});

describe('neverSent', () => {
  it('is true where no connection came about', () => {
    expect([REFUSED, UNTRUSTED].map(neverSent)).toEqual([true, true]);
    expect([CUT, LATE, LARGE].map(neverSent)).toEqual([false, false, false]);
  });
});
