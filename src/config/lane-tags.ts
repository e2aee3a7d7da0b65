import { valueAt } from './document-problems.ts';
import { sameImage } from '../core/same-image.ts';

/** The tag of one lane as the config gives it, and where that is written. */
export interface LaneTag {
  model: string;
  environment: string;
  image: string;
  tag: string;
  path: readonly string[];
}

/** All lanes of a config as it was written that have both image and tag, in the config's order. */
export function laneTags(config: unknown): LaneTag[] {
  return keysOf(valueAt(config, ['environments'])).flatMap((environment) =>
    keysOf(valueAt(config, ['models'])).flatMap((model) => {
      const image = sameImage(valueAt(config, ['models', model, 'image']));
      const path = ['environments', environment, 'tag'];
      const written = valueAt(config, path);
      const own = typeof written === 'string' ? path : [...path, model];
      const tag = valueAt(config, own);
      if (image === undefined || typeof tag !== 'string') return [];
      return [{ model, environment, image, tag, path: own }];
    }),
  );
}

/** The keys of a mapping; none for anything else. */
export function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
