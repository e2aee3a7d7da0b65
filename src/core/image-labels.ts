import * as z from 'zod';
import { KnownGoodError } from './errors.ts';
import { parseStrictJson } from './json.ts';

/** Most bytes of an image config that are read. */
export const MOST_CONFIG_BYTES = 4 * 2 ** 20;

const schema = z.object({
  config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/** The labels of an image config (OCI image spec 1.1, "Image Configuration"); none for a config of another sort. */
export function parseImageLabels(bytes: Uint8Array, name: string): Readonly<Record<string, string>> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const parsed = schema.safeParse(parseStrictJson(text, { name, maxBytes: MOST_CONFIG_BYTES }));
    return parsed.success ? (parsed.data.config?.Labels ?? {}) : {};
  } catch (error) {
    if (error instanceof KnownGoodError || error instanceof TypeError) return {};
    throw error;
  }
}
