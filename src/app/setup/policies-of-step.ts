import { formatLane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import type { LaneSeen } from './doctor-facts.ts';

/**
 * The policies that a step may meet: those of the lane that it names, as MODEL/ENVIRONMENT or ENVIRONMENT. All of them where it names none,
 * by an expression, or one that the config has not.
 */
export function policiesOfStep(
  lane: string | undefined,
  lanes: readonly Pick<LaneSeen, 'lane' | 'policy'>[],
): Policy[] {
  const named = lanes.filter((each) => formatLane(each.lane) === lane || each.lane.environment === lane);
  return (named.length > 0 ? named : lanes).map(({ policy }) => policy);
}
