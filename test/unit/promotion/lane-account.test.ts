import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../src/promotion/lane-account.ts';
import { A, B, LANE, LaneStory, samplePolicy } from '../../support/lane-story.ts';

const account = (story: LaneStory) =>
  accountOf({
    lane: LANE,
    state: story.state,
    quarantine: [],
    intent: undefined,
    kept: new Set(),
    head: undefined,
    now: story.now,
  });
const requires = (...kinds: ('gate' | 'shadow')[]) => ({ policy: samplePolicy({ requires: kinds }) });

describe('the evidence that an account tells of', () => {
  it('is what the policy asked for at the promotion', () => {
    const story = new LaneStory().promoted(A, requires('gate', 'shadow'));
    expect(account(story).evidence.map(({ kind }) => kind)).toEqual(['gate', 'shadow']);
  });

  it('is, after a rollback, what was asked for when the release came first', () => {
    const story = new LaneStory()
      .proved(A, requires('gate'))
      .promoted(B, requires('gate', 'shadow'))
      .rolledBack(A, requires('gate', 'shadow'));
    expect(account(story).evidence.map(({ kind }) => kind)).toEqual(['gate']);
  });
});
