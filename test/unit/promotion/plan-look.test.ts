import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../../src/core/probe.ts';
import { planLook, type LookFacts } from '../../../src/promotion/plan-look.ts';
import { A, LaneStory, samplePolicy } from '../../support/lane-story.ts';

const SOAK = 3_600_000;
const soaking = () => new LaneStory().promoted(A, { policy: samplePolicy({ soakMs: SOAK }) });
const probe = (outcome: ProbeResult['outcome'], message = 'expected 200, saw 500.'): ProbeResult => ({
  name: 'ready',
  outcome,
  message,
  elapsedMs: 5,
});
const [GOOD, BAD, SILENT] = [[probe('good')], [probe('bad')], [probe('silent', 'no answer in 1s.')]];
const UP = { answered: true, what: 'The registry' };
const DOWN = { answered: false, what: 'The registry' };

function look(story: LaneStory, facts: Omit<LookFacts, 'tenure' | 'now'>): ReturnType<typeof planLook> {
  return planLook({ tenure: story.tenure, now: story.now, ...facts });
}
type Row = [string, LaneStory, Omit<LookFacts, 'tenure' | 'now'>, string, string | undefined];

describe('planLook', () => {
  it.each<Row>([
    ['no probes prove nothing', soaking(), { first: [] }, 'unproved', undefined],
    [
      'no probes prove nothing, not even without a soak',
      new LaneStory().promoted(A),
      { first: [] },
      'unproved',
      undefined,
    ],
    ['good, no soak', new LaneStory().promoted(A), { first: GOOD }, 'healthy', 'healthy'],
    ['good, soak begins', soaking(), { first: GOOD }, 'good', 'observed'],
    [
      'good, too soon after the last',
      soaking()
        .look('observed')
        .wait(SOAK / 4 - 1),
      { first: GOOD },
      'good',
      undefined,
    ],
    [
      'good, soak over',
      soaking()
        .look('observed')
        .wait(SOAK / 2 - 60_000)
        .look('observed')
        .wait(SOAK / 2),
      { first: GOOD },
      'healthy',
      'healthy',
    ],
    ['good, healthy already', soaking().look('healthy'), { first: GOOD }, 'healthy', undefined],
    ['good after trouble', soaking().look('failed'), { first: GOOD }, 'good', 'observed'],
    [
      'good after trouble, healthy once: said again',
      soaking().look('healthy').look('failed'),
      { first: GOOD },
      'good',
      'observed',
    ],
    [
      'good after trouble, no soak',
      new LaneStory().promoted(A).look('failed'),
      { first: GOOD },
      'healthy',
      'healthy',
    ],
    [
      'a blink does not count',
      new LaneStory().promoted(A),
      { first: BAD, second: GOOD, control: UP },
      'healthy',
      'healthy',
    ],
    ['bad twice, control well', soaking(), { first: BAD, second: BAD, control: UP }, 'failed', 'failed'],
    [
      'silent twice, control well',
      soaking(),
      { first: SILENT, second: SILENT, control: UP },
      'failed',
      'failed',
    ],
    [
      'bad twice, control silent',
      soaking(),
      { first: BAD, second: BAD, control: DOWN },
      'inconclusive',
      'inconclusive',
    ],
    ['bad, not looked at again', soaking(), { first: BAD }, 'inconclusive', 'inconclusive'],
    [
      'one of two bad, twice',
      soaking(),
      { first: [...GOOD, ...BAD], second: [...GOOD, ...BAD], control: UP },
      'failed',
      'failed',
    ],
    [
      'failed as the last time',
      soaking().look('failed'),
      { first: BAD, second: BAD, control: UP },
      'failed',
      undefined,
    ],
    [
      'inconclusive as the last time',
      soaking().look('inconclusive'),
      { first: BAD, second: BAD, control: DOWN },
      'inconclusive',
      undefined,
    ],
    [
      'inconclusive does not soften what failed',
      soaking().look('failed'),
      { first: BAD, second: BAD, control: DOWN },
      'inconclusive',
      undefined,
    ],
    [
      'failed after inconclusive',
      soaking().look('inconclusive'),
      { first: BAD, second: BAD, control: UP },
      'failed',
      'failed',
    ],
    [
      'not of what was never deployed',
      soaking().intend(A).moved().failed('deploy'),
      { first: BAD, second: BAD, control: UP },
      'unproved',
      undefined,
    ],
  ])('%s', (_, ...[story, facts, outcome, record]) => {
    const plan = look(story, facts);
    expect([plan.outcome, plan.record]).toEqual([outcome, record]);
  });

  it('says what was expected and what was seen, by each probe that was not good', () => {
    const both = [probe('bad'), { ...probe('silent', 'no answer in 1s.'), name: 'golden' }, ...GOOD];
    expect(look(soaking(), { first: both, second: both, control: UP }).message).toBe(
      'ready: expected 200, saw 500. golden: no answer in 1s.',
    );
  });

  it('says that it may be our own network', () => {
    expect(look(soaking(), { first: BAD, second: BAD, control: DOWN }).message).toBe(
      'ready: expected 200, saw 500. The registry did not answer either, so it may be our own network.',
    );
  });

  it('says how many probes were as expected, and what to configure where there are none', () => {
    expect(look(soaking(), { first: GOOD }).message).toBe('1 of 1 probes as expected.');
    expect(look(soaking(), { first: [] }).message).toMatch(
      /environment key verify.*1\.0\.0 .*never becomes known good/,
    );
  });

  it('says no more than an entry takes', () => {
    const long = [probe('bad', 'x'.repeat(900))];
    expect(look(soaking(), { first: long, second: long, control: UP }).message).toHaveLength(500);
    expect(look(soaking(), { first: long, second: long, control: DOWN }).message).toHaveLength(500);
  });

  it('does not call healthy what was never deployed, however well the release before it answers', () => {
    const story = new LaneStory().intend(A).moved().failed('deploy');
    expect(look(story, { first: GOOD }).outcome).not.toBe('healthy');
  });
});
