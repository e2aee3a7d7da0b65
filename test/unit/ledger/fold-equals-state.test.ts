import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readEntry, readState, writeDocument } from '../../../src/ledger/document.ts';
import type { Release } from '../../../src/core/release.ts';
import type { EntryDraft } from '../../../src/ledger/entry.ts';
import { fold } from '../../../src/ledger/fold.ts';
import {
  A,
  B,
  C,
  followsTag,
  LANE,
  LaneStory,
  samplePolicy,
  sampleRelease,
} from '../../support/lane-story.ts';

const RELEASES = [A, B, C, sampleRelease('4.0.0')];

const STEPS = [
  'promote',
  'promote-tag',
  'adopt',
  'rollback',
  'repair',
  'moved',
  'deployed',
  'failed-tag',
  'failed-deploy',
  'aborted',
  'observed',
  'healthy',
  'inconclusive',
  'failed-probe',
  'lock',
  'unlock',
  'released',
  'closed',
  'inherited',
] as const;
type Step = (typeof STEPS)[number];

/** What a lane takes over from another one that had a release proved. */
function inheritance(story: LaneStory, release: Release): EntryDraft {
  const { tenures, strays } = new LaneStory().proved(release).state;
  const from = { environment: 'prod', seq: 1, digest: release.digest };
  const lock = { reason: 'audit', actor: 'ana', at: story.now };
  const shared = { policy: samplePolicy(), tenures, strays, lock, unsettledUntil: story.now };
  return { kind: 'inherited', id: story.id(), from, reason: 'renamed', ...shared };
}

/** Takes a step where it is legal; elsewhere nothing happens. */
function take(story: LaneStory, step: Step, release: (typeof RELEASES)[number]): void {
  const { open, tenures } = story.state;
  const started = () => open !== undefined && !open.moved;
  if (step === 'promote')
    story.intend(release, { comment: story.now, policy: samplePolicy({ soakMs: 1e6 }) });
  else if (step === 'promote-tag')
    story.intend(release, { policy: followsTag(), acceptedHold: true, reason: 'r' });
  else if (step === 'adopt') story.intend(release, { action: 'adopt', from: release.digest });
  else if (step === 'rollback')
    story.intend(release, { action: 'rollback', leaves: { digest: (tenures.at(-1)?.release ?? A).digest } });
  else if (step === 'repair' && open === undefined) story.intend(release, { action: 'repair' });
  else if (step === 'moved' && started()) story.moved();
  else if (step === 'failed-tag' && started()) story.failed('tag');
  else if (step === 'aborted' && started()) story.aborted();
  else if (step === 'deployed' && open?.moved === true) story.deployed();
  else if (step === 'failed-deploy' && open?.moved === true) story.failed('deploy');
  else if (step === 'lock') story.write({ kind: 'locked', id: story.id(), reason: 'audit' });
  else if (step === 'unlock') story.write({ kind: 'unlocked', id: story.id() });
  else if (step === 'released')
    story.write({ kind: 'released', id: story.id(), digest: release.digest, reason: 'ok' });
  else if (step === 'closed' && open === undefined)
    story.write({ kind: 'closed', id: story.id(), successor: 'prod', reason: 'renamed' });
  else if (step === 'inherited' && open === undefined && tenures.length === 0)
    story.write(inheritance(story, release));
  else if (tenures.length > 0 && (step === 'observed' || step === 'healthy' || step === 'inconclusive'))
    story.look(step);
  else if (tenures.length > 0 && step === 'failed-probe') story.look('failed');
}

it('the state is the fold of the entries, after everything was written as bytes and read back', () => {
  const steps = fc.array(
    fc.tuple(
      fc.constantFrom(...STEPS),
      fc.nat(RELEASES.length - 1),
      fc.integer({ min: -90_000, max: 200_000 }),
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, (plan) => {
      const story = new LaneStory();
      for (const [step, release, wait] of plan) take(story.wait(wait), step, RELEASES[release] ?? A);
      const text = writeDocument(story.state);
      const entries = story.entries.map(({ entry }) => readEntry(writeDocument(entry), 'entry'));
      expect(entries).toEqual(story.entries);
      expect(writeDocument(fold(LANE, entries))).toBe(text);
      expect(writeDocument(readState(text, 'state'))).toBe(text);
      expect(entries.map(({ entry }) => entry.previous)).toEqual(
        [null, ...entries.slice(0, -1).map(({ digest }) => digest)].slice(0, entries.length),
      );
      const times = entries.map(({ entry }) => entry.at);
      expect(times).toEqual(times.toSorted());
    }),
    { numRuns: 200 },
  );
});
