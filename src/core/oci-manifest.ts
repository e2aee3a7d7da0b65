import * as z from 'zod';
import { digestSchema } from './digest.ts';
import { KnownGoodError } from './errors.ts';
import { parseStrictJson } from './json.ts';
import { MANIFEST_TYPES } from './registry.ts';
import { seen } from './seen.ts';

/** Most bytes of a manifest: the 4 MiB that OCI distribution 1.1, "Pushing manifests", asks registries to accept. */
export const MOST_MANIFEST_BYTES = 4 * 2 ** 20;

const annotations = z.record(z.string(), z.string()).optional();
const descriptor = z.object({
  mediaType: z.string(),
  digest: digestSchema,
  size: z.int().nonnegative(),
  artifactType: z.string().optional(),
  annotations,
});
const common = { schemaVersion: z.literal(2), mediaType: z.string().optional(), annotations };
const index = z.object({ ...common, manifests: z.array(descriptor).max(10_000) });
const image = z.object({
  ...common,
  artifactType: z.string().optional(),
  config: descriptor,
  layers: z.array(descriptor).max(20_000),
});

/** What a manifest says of a part: OCI image spec 1.1, "Content Descriptors". `size` in bytes. */
export type Descriptor = z.infer<typeof descriptor>;

/** A parsed manifest: an index of manifests, or one image with a config and layers. `mediaType` is one of `MANIFEST_TYPES`. */
export type OciManifest =
  | { kind: 'index'; mediaType: string; annotations: Annotations; manifests: Descriptor[] }
  | {
      kind: 'image';
      mediaType: string;
      artifactType: string | undefined;
      annotations: Annotations;
      config: Descriptor;
      layers: Descriptor[];
    };

export type Annotations = Readonly<Record<string, string>>;

/**
 * Parses the bytes of an OCI or Docker manifest (schema 2). The media type is the one that the bytes name, as the digest
 * covers it; without one, OCI's own by shape. Anything else, schema 1 as well, is an `input` error that calls the document `name`.
 */
export function parseManifest(bytes: Uint8Array, name: string): OciManifest {
  const json = parseStrictJson(textOf(bytes, name), { name, maxBytes: MOST_MANIFEST_BYTES });
  const isIndex = typeof json === 'object' && json !== null && 'manifests' in json;
  const parsed = (isIndex ? index : image).safeParse(json);
  if (!parsed.success) throw notAManifest(name, parsed.error);
  const { mediaType: named, annotations = {} } = parsed.data;
  const mediaType = named ?? `application/vnd.oci.image.${isIndex ? 'index' : 'manifest'}.v1+json`;
  if (!isManifestType(mediaType) || isIndex !== /index|list/.test(mediaType))
    throw new KnownGoodError(
      'input',
      `${name} is no image manifest or index: its media type is ${seen(mediaType, 100)}.`,
    );
  if ('manifests' in parsed.data)
    return { kind: 'index', mediaType, annotations, manifests: parsed.data.manifests };
  const { artifactType, config, layers } = parsed.data;
  return { kind: 'image', mediaType, artifactType, annotations, config, layers };
}

/** Whether a media type is one of the four that are moved. */
export function isManifestType(mediaType: string): boolean {
  return (MANIFEST_TYPES as readonly string[]).includes(mediaType);
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new KnownGoodError('input', `${name} is no manifest: it is not UTF-8 text.`, { cause });
  }
}

function notAManifest(name: string, error: z.ZodError): KnownGoodError {
  const issue = error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'it' : issue.path.map(String).join('.');
  return new KnownGoodError(
    'input',
    `${name} is no OCI or Docker manifest of schema 2: ${seen(where, 80)}: ${seen(issue?.message ?? 'unknown', 160)}.`,
  );
}
