import { describe, expect, it } from 'vitest';
import { nameConfig, type ConfigOrigin } from '../../../src/core/config-origin.ts';
import { digestOf } from '../../../src/core/digest.ts';
import { configReason } from '../../../src/promotion/config-reason.ts';
import { A, LaneStory, samplePolicy } from '../../support/lane-story.ts';

const STRICT = samplePolicy({ evidenceFrom: 'default-branch' });
const FREE = samplePolicy();
const commit = '1a2b3c4d'.repeat(5);
const digest = digestOf('config');
const committed: ConfigOrigin = { digest, commit, state: 'committed' };
const UNSEEN: [string, ConfigOrigin | undefined, RegExp][] = [
  [
    'changed',
    { digest, commit, state: 'changed' },
    /not committed \(sha256:[0-9a-f]{12}, changed since 1a2b3c4\)/,
  ],
  [
    'untracked',
    { digest, commit, state: 'untracked' },
    /not committed \(sha256:[0-9a-f]{12}, not in 1a2b3c4\)/,
  ],
  ['outside of a repository', { digest, state: 'outside' }, /in no repository/],
  ['of which nothing is known', undefined, /nobody knows/],
];
const lane = (policy = FREE) => new LaneStory().proved(A, { policy }).view;

describe('a config that is not committed', () => {
  it.each(UNSEEN)('is refused where evidence must be of the default branch: %s', (_, config, message) => {
    const reason = configReason({ view: lane(), policy: STRICT, config });
    expect(reason?.code).toBe('config-not-committed');
    expect(reason?.message).toMatch(message);
  });

  it.each(UNSEEN)('is no matter elsewhere: %s', (_, config) => {
    expect(configReason({ view: lane(), policy: FREE, config })).toBeUndefined();
  });

  it('does not lift the rule by itself: what decided the last operation holds', () => {
    const config = { digest, commit, state: 'changed' } as const;
    expect(configReason({ view: lane(STRICT), policy: FREE, config })?.code).toBe('config-not-committed');
    expect(configReason({ view: lane(STRICT), policy: FREE, config: committed })).toBeUndefined();
  });
});

it('a committed config is taken, and named by its commit', () => {
  expect(configReason({ view: lane(STRICT), policy: STRICT, config: committed })).toBeUndefined();
  expect(nameConfig(committed)).toBe('the config of 1a2b3c4');
});
