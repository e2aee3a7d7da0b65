import type { Documents, GateFacts } from '../../gate/facts.ts';

/** The threshold of decisions: the config's, else the manifest's, else the one of metrics.json, else 0.5. */
export function resolveThreshold(
  configured: number | undefined,
  { manifest, declared }: Documents,
): GateFacts['threshold'] {
  if (configured !== undefined) return { value: configured, source: 'from the config' };
  if (manifest?.fields.threshold !== undefined)
    return { value: manifest.fields.threshold, source: 'from manifest.json' };
  const claimed = declared?.threshold;
  return claimed === undefined
    ? { value: 0.5, source: 'default' }
    : { value: claimed, source: 'from metrics.json' };
}
