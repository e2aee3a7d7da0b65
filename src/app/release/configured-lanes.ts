import type { Config } from '../../config/config-schema.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import { policyOf } from './policy-of.ts';

/** All lanes that a config has a tag and an image for, in its order. */
export function configuredLanes(config: Config | undefined): { lane: Lane; policy: Policy }[] {
  const environments = Object.keys(config?.environments ?? {});
  return Object.keys(config?.models ?? {}).flatMap((model) =>
    environments.flatMap((environment) => {
      const lane = { model, environment };
      const policy = policyIfAny(config, lane);
      return policy === undefined ? [] : [{ lane, policy }];
    }),
  );
}

/** The policy of a lane by a config; `undefined` where there is none, or none of that lane. */
export function policyIfAny(config: Config | undefined, lane: Lane): Policy | undefined {
  if (config === undefined) return undefined;
  try {
    return policyOf(config, lane);
  } catch (error) {
    if (error instanceof KnownGoodError) return undefined;
    throw error;
  }
}
