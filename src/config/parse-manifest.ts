import { KnownGoodError } from '../core/errors.ts';
import { parseStrictJson, type JsonValue } from '../core/json.ts';
import { problemLine, problemsOf } from './document-problems.ts';
import { manifestSchema, type Manifest } from './manifest-schema.ts';

/** A document as far as it could be understood, and everything that is wrong with it, a sentence each. */
export interface ParsedManifest {
  /** The fields that are right by themselves; all of them when there are no problems. */
  fields: Partial<Manifest>;
  problems: string[];
}

const MAX_BYTES = 4 * 2 ** 20;

/**
 * Parses `manifest.json` and lists all that is wrong; it does not throw, because a bad manifest is a finding of the
 * gate. `path` is how problems call the document.
 */
export function parseManifest(text: string, path: string): ParsedManifest {
  let data: JsonValue;
  try {
    data = parseStrictJson(text, { name: path, maxBytes: MAX_BYTES });
  } catch (error) {
    if (error instanceof KnownGoodError) return { fields: {}, problems: [error.message] };
    throw error;
  }
  const parsed = manifestSchema.safeParse(data);
  if (parsed.success) return { fields: parsed.data, problems: repeatedFeatures(parsed.data) };
  const problems = problemsOf(parsed.error.issues, data).map(problemLine);
  return { fields: soundFields(data), problems };
}

function repeatedFeatures({ features }: Manifest): string[] {
  const repeated = features.filter((name, index) => features.indexOf(name) !== index);
  return repeated.map((name) =>
    problemLine({
      path: ['features', name],
      atKey: false,
      message: 'listed twice, allowed: every name once',
    }),
  );
}

function soundFields(data: JsonValue): Partial<Manifest> {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return {};
  const sound = Object.entries(manifestSchema.shape).flatMap(([key, schema]) => {
    const parsed = schema.safeParse(data[key]);
    return parsed.success && parsed.data !== undefined ? [[key, parsed.data] as const] : [];
  });
  // Each value came out of the schema of its own key.
  return Object.fromEntries(sound) as Partial<Manifest>;
}
