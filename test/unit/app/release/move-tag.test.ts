import { describe, expect, it } from 'vitest';
import { verifyLane } from '../../../../src/app/release/verify.ts';
import { exitCodeOf } from '../../../../src/promotion/lane-result.ts';
import { A, B, C, LANE } from '../../../support/lane-story.ts';
import type { Fate } from '../../../support/memory-registry.ts';
import type { ReleaseDesk } from '../../../support/release-desk.ts';
import { deskWith, promoteAt } from '../../../support/release-orders.ts';

const verify = (at: ReleaseDesk) => verifyLane(at.ports(), { lane: LANE, policy: undefined });

async function desk(): Promise<ReleaseDesk> {
  const at = await deskWith([A]);
  at.registry.has(B).has(C);
  return at;
}

/** How the write of the tag goes; how the promotion of B ends then, and where the tag is in the end. */
const WRITES: [string, Fate, string, RegExp, typeof A][] = [
  [
    'refused',
    'refused',
    'not-moved',
    /^bank\/production was not promoted, and nothing was deployed\. The tag prod is immutable\.$/,
    A,
  ],
  [
    'no answer, not written',
    'silent',
    'not-moved',
    /^bank\/production was not promoted, and nothing was deployed\. No answer within 5000 ms\.$/,
    A,
  ],
  ['no answer, but written', 'landed', 'done', /is promoted/, B],
  ['shown a second later', 'lagging', 'done', /is promoted/, B],
  [
    'answered, never shown',
    'hidden',
    'not-moved',
    /The registry took the tag prod, but shows something else.*immutability and replication/,
    A,
  ],
  [
    'no answer, written four seconds later',
    'late',
    'not-moved',
    /^bank\/production was not promoted, and nothing was deployed\. No answer/,
    A,
  ],
];

describe('a promotion and what registries do with a write', () => {
  it.each(WRITES)('%s', async (_, ...[fate, outcome, message, ends]) => {
    const at = await desk();
    at.registry.fates.set('prod', [fate]);
    const result = await promoteAt(at, B);
    expect([result.outcome, result.message]).toEqual([outcome, expect.stringMatching(message)]);
    expect(at.registry.tags.get('prod')).toBe(ends.digest);
    expect(at.state().tenures.at(-1)?.release.version).toBe(ends.version);
    expect(at.state().open).toBeUndefined();
    expect(at.log.includes('append moved')).toBe(outcome === 'done' || fate === 'late');
    expect(exitCodeOf(result)).toBe(outcome === 'done' ? 0 : 3);
  });

  it('a late write is pointed back by the one whose it was', async () => {
    const at = await desk();
    at.registry.fates.set('prod', ['late']);
    await promoteAt(at, B);
    expect(at.log).toEqual([
      'append intent',
      'put prod-5',
      'put prod',
      'append failed',
      'append intent',
      'put prod-7',
      'put prod',
      'append moved',
    ]);
    const repair = (await at.entries()).at(-2)?.entry;
    expect(repair).toMatchObject({ kind: 'intent', action: 'repair', from: B.digest, to: A.digest });
    expect(at.steps.map(({ message }) => message).join(' ')).toMatch(
      /Waiting 10 s: .*A late write of a dead operation moved the tag of bank\/production to .*; pointing it back to 1\.0\.0/,
    );
  });

  it('a write that lands when its sender is gone is pointed back by verify', async () => {
    const at = await desk();
    at.registry.fates.set('prod', ['refused']);
    await promoteAt(at, B);
    at.registry.tags.set('prod', B.digest);
    const result = await verify(at.forget());
    expect(at.log).toEqual(['append intent', 'put prod-7', 'put prod', 'append moved']);
    expect(at.registry.tags.get('prod')).toBe(A.digest);
    expect(result.outcome).toBe('done');
  });

  it('the anchor is refused: the tag is never written', async () => {
    const at = await desk();
    at.registry.fates.set('prod-5', ['refused']);
    expect((await promoteAt(at, B)).outcome).toBe('not-moved');
    expect(at.log).toEqual(['append intent', 'put prod-5', 'append failed']);
  });

  it('other bytes under the digest: nothing is written', async () => {
    const at = await desk();
    at.registry.tampered.add(B.digest);
    const result = await promoteAt(at, B);
    expect(result).toMatchObject({
      outcome: 'not-moved',
      message: expect.stringContaining('other bytes under'),
    });
    expect(at.log).toEqual(['append intent', 'append failed']);
    expect(at.registry.tags.get('prod')).toBe(A.digest);
  });

  it('the registry stops answering after the write: nothing is said, and the next command goes on', async () => {
    const at = await desk();
    at.registry.fates.set('prod', ['dark']);
    await expect(promoteAt(at, B)).rejects.toThrow('503');
    expect(await at.kinds()).toEqual(['intent', 'moved', 'deployed', 'healthy', 'intent']);
    at.registry.down = false;
    expect((await verify(at.forget())).outcome).toBe('done');
    expect(at.log).toEqual([
      'append intent',
      'append moved',
      'deploy 2.0.0',
      'append deployed',
      'append healthy',
    ]);
    expect(at.state().tenures.map(({ release }) => release.version)).toEqual(['1.0.0', '2.0.0']);
  });

  it('the tag is moved by hand after the intent: it is left alone', async () => {
    const at = await desk();
    at.before('append intent', () => at.registry.tags.set('prod', C.digest));
    const result = await promoteAt(at, B);
    expect(result).toMatchObject({
      outcome: 'not-moved',
      message: expect.stringContaining(
        `The tag prod was changed by hand meanwhile: it points at ${C.digest.slice(0, 19)}`,
      ),
    });
    expect(at.log).toEqual(['append intent', 'append failed']);
    expect(at.registry.tags.get('prod')).toBe(C.digest);
  });
});
