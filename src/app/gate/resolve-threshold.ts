import type { Documents, Threshold } from '../../gate/facts.ts';

/** The source of a threshold that the config names. */
export const FROM_CONFIG = 'from the config';

/** The threshold of one model's decisions: the config's, else its own manifest's, else the one of its metrics.json, else 0.5. */
export function resolveThreshold(
  configured: number | undefined,
  manifest: Documents['manifest'],
  declared: Documents['declared'],
): Threshold {
  if (configured !== undefined) return { value: configured, source: FROM_CONFIG };
  if (manifest?.fields.threshold !== undefined)
    return { value: manifest.fields.threshold, source: 'from manifest.json' };
  const claimed = declared?.threshold;
  return claimed === undefined
    ? { value: 0.5, source: 'default' }
    : { value: claimed, source: 'from metrics.json' };
}
