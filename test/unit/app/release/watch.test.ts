import { describe, expect, it } from 'vitest';
import { watchLane } from '../../../../src/app/release/watch.ts';
import type { ReleasePorts } from '../../../../src/app/release/release-ports.ts';
import type { ProbeResult } from '../../../../src/core/probe.ts';
import { LedgerBook, PRODUCTION } from '../../../support/ledger-book.ts';
import { bookPorts } from '../../../support/release-world.ts';

/** A lane that serves a release with a soak of an hour, and a server whose answers are told look by look. */
function watched(answers: (look: number) => ProbeResult['outcome']): {
  book: LedgerBook;
  ports: ReleasePorts;
} {
  const book = new LedgerBook();
  const release = book.register('1.0.0');
  book.move(PRODUCTION, release);
  let looks = 0;
  const ports: ReleasePorts = {
    ...bookPorts(book, { tag: release.digest }),
    timer: {
      now: () => new Date(book.now),
      sleep: async (ms) => {
        book.now += ms;
      },
    },
    prober: {
      probe: async () => ({ name: 'ready', outcome: answers(++looks), message: 'so it is.', elapsedMs: 1 }),
      answers: async () => true,
    },
  };
  return { book, ports };
}

describe('watchLane', () => {
  it('looks until the soak is over', async () => {
    const { book, ports } = watched(() => 'good');
    const begun = book.now;
    const result = await watchLane(ports, { lane: PRODUCTION, policy: undefined });
    expect(result).toMatchObject({ outcome: 'done', look: { outcome: 'healthy' } });
    expect(book.now - begun).toBe(3_600_000);
    expect(book.view(PRODUCTION).state.tenures.at(-1)?.healthyAt).toBeDefined();
  });

  it('ends when a look fails', async () => {
    const { ports } = watched((look) => (look < 3 ? 'good' : 'bad'));
    const result = await watchLane(ports, { lane: PRODUCTION, policy: undefined });
    expect(result).toMatchObject({ outcome: 'failed' });
  });
});
