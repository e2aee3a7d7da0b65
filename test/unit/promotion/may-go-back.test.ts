import { expect, it } from 'vitest';
import { mayGoBack } from '../../../src/promotion/may-go-back.ts';
import { A, B, LaneStory } from '../../support/lane-story.ts';

it.each<[string, LaneStory, boolean]>([
  ['nothing', new LaneStory(), false],
  ['the first release', new LaneStory().proved(A), false],
  ['a release after one that was never proved', new LaneStory().promoted(A).promoted(B), false],
  ['a release after one that was proved', new LaneStory().proved(A).promoted(B), true],
  ['what was restored, with nothing older', new LaneStory().proved(A).proved(B).rolledBack(A), false],
])('a rollback from %s could find something: %#', (_, { state }, expected) => {
  expect(mayGoBack(state)).toBe(expected);
});
