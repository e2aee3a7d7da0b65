import { expect, it } from 'vitest';
import type { Progress } from '../../../../src/app/release/release-ports.ts';
import { LaneTrail, type LaneCommand } from '../../../../src/app/release/lane-trail.ts';

const LANE = { model: 'bank', environment: 'production' };
const STEPS = {
  waiting: { step: 'waiting', message: 'Looking again in 30 s.' },
  aborted: { step: 'aborted', message: 'Closed what was cut off before it moved anything.' },
  intent: { step: 'intent', message: 'promote to 1.8.0 (sha256:0123456789ab): intent 7 written.' },
  moved: { step: 'moved', message: 'prod points at 1.8.0 (sha256:0123456789ab), read back.' },
  deployed: { step: 'deployed', message: '1.8.0 (sha256:0123456789ab) deployed.' },
  back: { step: 'intent', message: 'rollback to 1.7.0 (sha256:ba9876543210): intent 9 written.' },
} as const satisfies Record<string, Progress>;

function after(order: Omit<LaneCommand, 'lane'>, ...steps: (keyof typeof STEPS)[]): LaneTrail {
  const trail = new LaneTrail({ ...order, lane: LANE });
  for (const step of steps) trail.take(STEPS[step]);
  return trail;
}

const PROMOTE = { command: 'promote' } as const;
const VERIFY = { command: 'verify' } as const;

type Order = Omit<LaneCommand, 'lane'>;

it.each<[Order, (keyof typeof STEPS)[], boolean, RegExp]>([
  [
    PROMOTE,
    [],
    false,
    /^bank\/production: promote had changed nothing yet, as far as it knows\. .* same command again/,
  ],
  [PROMOTE, ['waiting', 'aborted'], false, /promote had changed nothing yet/],
  [
    PROMOTE,
    ['intent'],
    false,
    /^bank\/production: promote to 1\.8\.0 \(sha256:0123456789ab\) is open in the ledger, its tag perhaps moved\. .* same command again; .*: known-good status bank\/production$/,
  ],
  [
    PROMOTE,
    ['intent', 'moved'],
    true,
    /is open: the tag is moved, its deploy command was stopped\. .* known-good verify bank\/production;/,
  ],
  [PROMOTE, ['intent', 'moved'], false, /is open: the tag is moved, whether it serves was not looked at/],
  [
    PROMOTE,
    ['intent', 'moved', 'deployed', 'waiting'],
    false,
    /is deployed, and was not looked at to the end\. .*: known-good verify bank\/production$/,
  ],
  [
    PROMOTE,
    ['intent', 'moved', 'deployed', 'back'],
    false,
    /rollback to 1\.7\.0 \(sha256:ba9876543210\) is open in the ledger/,
  ],
  [VERIFY, [], false, /verify had changed nothing yet/],
  [
    { ...VERIFY, watch: true },
    ['waiting'],
    false,
    /^bank\/production is not looked at any more\. Nothing is lost: its soak goes on counting .*: known-good verify bank\/production --watch$/,
  ],
  [
    { ...VERIFY, watch: true },
    ['back', 'moved'],
    true,
    /rollback to 1\.7\.0 .* is open: .* its deploy command was stopped/,
  ],
])('%j after %j (deploying: %j)', (...[order, steps, isDeploying, expected]) => {
  expect(after(order, ...steps).sentence(isDeploying)).toMatch(expected);
});

it('is open from the intent until the deployment', () => {
  const open = (['intent', 'moved', 'deployed'] as const).map(
    (_, i, all) => after(PROMOTE, ...all.slice(0, i + 1)).isOpen,
  );
  expect([after(PROMOTE).isOpen, ...open]).toEqual([false, true, true, false]);
});
