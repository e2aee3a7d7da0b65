import type { Release } from '../../core/release.ts';
import { chooseModel, CONFIG_PATH } from '../../app/gate/request-from-config.ts';
import { configRoot, rootedModel } from '../../app/gate/rooted-model.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { LANE_NAME, type Lane } from '../../core/lane.ts';
import { samePlace } from '../../core/place.ts';
import { seen } from '../../core/seen.ts';
import { configuredLanes, openContext, openWithConfig, type ReleaseContext } from './release-context.ts';
import type { SharedValues } from './release-flags.ts';
import type { Host } from './run-cli.ts';

/** Which model, where its images are, and which artifact the config names for it. */
export interface ModelImages {
  context: ReleaseContext;
  model: string;
  image: string;
  /** The config's artifact. */
  configured: string | undefined;
}

interface Values extends SharedValues {
  model?: string | undefined;
  image?: string | undefined;
}

/** The model and its image repository, by flags where both are given, else by the config. */
export async function modelImages(values: Values, host: Host): Promise<ModelImages> {
  const { model, image } = values;
  if (model !== undefined && !LANE_NAME.test(model))
    throw new KnownGoodError('usage', `Not the name of a model: saw ${seen(model)}.`);
  if (model !== undefined && image !== undefined) {
    const context = await openContext(values, host);
    return { context, model, image, configured: undefined };
  }
  const context = await openWithConfig(values, host);
  const chosen = chooseModel(context.config, model);
  const rooted = rootedModel(chosen.model, configRoot(values.config ?? CONFIG_PATH));
  const where = image ?? rooted.image;
  if (where !== undefined) return { context, model: chosen.name, image: where, configured: rooted.artifact };
  throw new KnownGoodError(
    'config',
    `models.${chosen.name}.image is not in the config: add the image repository, such as ghcr.io/acme/bank, or give --image.`,
  );
}

/** The lanes of the config whose tags are in an image repository, whichever model's. */
export function lanesOfImage(context: ReleaseContext, image: string): { lane: Lane; tag: string }[] {
  return configuredLanes(context).flatMap(({ lane, policy }) =>
    samePlace({ image, tag: policy.tag }, policy) ? [{ lane, tag: policy.tag }] : [],
  );
}

/**
 * The command that brings a release on: into the environment that its newest shadow is about, else into the first one of its model;
 * `undefined` where none is configured.
 */
export function nextPromotion(
  context: ReleaseContext,
  { model, version, evidence }: Pick<Release, 'model' | 'version' | 'evidence'>,
): string | undefined {
  const lanes = configuredLanes(context).filter(({ lane }) => lane.model === model);
  const newest = evidence.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)).at(-1);
  const meant = newest?.kind === 'shadow' ? newest.environment : undefined;
  const next =
    lanes.find(({ lane }) => lane.environment === meant) ??
    lanes.find(({ policy }) => policy.after === undefined);
  return next === undefined ? undefined : `promote ${model}/${next.lane.environment} ${version}`;
}
