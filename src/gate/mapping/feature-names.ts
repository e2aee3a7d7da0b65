const KEYS = ['feature_names', 'features', 'feature_names_in_', 'columns'];

/**
 * The feature names that a model's ONNX metadata lists, in order: a JSON array of strings, or names separated
 * by commas, under a usual key. `undefined` when it lists none. Metadata comes from the model: never an authority.
 */
export function featureNamesOf(metadata: Readonly<Record<string, string>>): readonly string[] | undefined {
  for (const key of KEYS) {
    const text = metadata[key];
    const names = text === undefined ? undefined : parseNames(text);
    if (names !== undefined) return names;
  }
  return undefined;
}

function parseNames(text: string): readonly string[] | undefined {
  if (!text.trim().startsWith('['))
    return text.includes(',') ? text.split(',').map((name) => name.trim()) : undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.length > 0 && parsed.every((name) => typeof name === 'string')
      ? parsed
      : undefined;
  } catch {
    return undefined;
  }
}
