import { expect, it } from 'vitest';
import { exitCodeOfStatuses } from '../../../../src/app/release/status.ts';
import type { Health, LaneStatus, TagStatus } from '../../../../src/promotion/lane-status.ts';

const AT = '2026-03-02T07:00:00.000Z';
const trouble = (kind: 'failed' | 'inconclusive', phase: 'deploy' | 'probe' = 'probe'): Health => ({
  kind: 'trouble',
  trouble: { kind, phase, message: 'x', at: AT },
});
const HEALTHY: Health = { kind: 'healthy', since: AT };
const NOT_LOOKED: Health = { kind: 'not-looked', soakMs: 0 };

function status(tag: TagStatus['kind'], health?: Health): LaneStatus {
  return {
    lane: { model: 'bank', environment: 'production' },
    ...(health === undefined ? {} : { current: {} as NonNullable<LaneStatus['current']>, health }),
    tag: { kind: tag, settle: [] },
    quarantine: [],
    passedOver: [],
    notes: [],
  };
}

it.each<[number, TagStatus['kind'], Health | undefined]>([
  [0, 'ok', HEALTHY],
  [0, 'ok', NOT_LOOKED],
  [0, 'busy', NOT_LOOKED],
  [0, 'not-adopted', undefined],
  [0, 'unreadable', undefined],
  [1, 'ok', trouble('failed')],
  [1, 'ok', trouble('failed', 'deploy')],
  [1, 'unreadable', trouble('failed')],
  [3, 'ok', trouble('inconclusive')],
  [3, 'unreadable', HEALTHY],
  [3, 'cut-off', HEALTHY],
  [3, 'late-write', HEALTHY],
  [3, 'drift', HEALTHY],
  [3, 'drift', trouble('failed')],
])('%d where the tag is %s and the release %j', (code, tag, health) => {
  expect(exitCodeOfStatuses([status(tag, health)])).toBe(code);
});

it('is that of the worst lane', () => {
  const [well, bad, drifted] = [status('ok', HEALTHY), status('ok', trouble('failed')), status('drift')];
  expect(exitCodeOfStatuses([])).toBe(0);
  expect(exitCodeOfStatuses([well, drifted])).toBe(3);
  expect(exitCodeOfStatuses([drifted, bad, well])).toBe(1);
});
