import { parseConfig } from '../../config/parse-config.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { formatLane } from '../../core/lane.ts';
import { policyOf } from '../release/policy-of.ts';
import { INIT_CONFIG, type InitPlan } from './plan-init.ts';

/** The lanes of the config that stands after a plan, kept or new, and where their tags are; none where it is not usable. */
export function lanesToAdopt({
  files,
}: Pick<InitPlan, 'files'>): { lane: string; image: string; tag: string }[] {
  const text = files.find(({ path }) => path === INIT_CONFIG)?.standing;
  if (text === undefined) return [];
  try {
    const config = parseConfig(text, INIT_CONFIG);
    return Object.keys(config.models).flatMap((model) =>
      Object.keys(config.environments ?? {}).flatMap((environment) => {
        const lane = { model, environment };
        const policy = ifUsable(() => policyOf(config, lane));
        return policy === undefined ? [] : [{ lane: formatLane(lane), image: policy.image, tag: policy.tag }];
      }),
    );
  } catch (error) {
    if (error instanceof KnownGoodError) return [];
    throw error;
  }
}

function ifUsable<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof KnownGoodError) return undefined;
    throw error;
  }
}
