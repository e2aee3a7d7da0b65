import * as z from 'zod';
import type { Digest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Tag } from '../../core/image.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { parseStrictJson } from '../../core/json.ts';
import { isManifestType } from '../../core/oci-manifest.ts';
import { seen, seenName } from '../../core/seen.ts';

/** OCI image spec 1.1, "Image Layout": the annotation that is a tag. */
const REF_NAME = 'org.opencontainers.image.ref.name';
/** Most bytes of an index: tens of thousands of tags. */
export const MOST_INDEX_BYTES = 32 * 2 ** 20;

const schema = z.looseObject({
  schemaVersion: z.literal(2),
  manifests: z.array(
    z.looseObject({
      mediaType: z.string().optional(),
      digest: z.string(),
      size: z.number(),
      annotations: z.record(z.string(), z.string()).nullish(),
    }),
  ),
});

/** An `index.json` as it was read, fields and entries of others included. */
export type LayoutIndex = JsonObject & { manifests: JsonObject[] };

/** What an entry says of a manifest. */
export interface LayoutEntry {
  mediaType: string;
  digest: Digest;
  size: number;
}

/** The index of a new layout. */
export function emptyIndex(): LayoutIndex {
  return { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] };
}

/** Parses an `index.json`; anything that is not one is an `unavailable` error. */
export function parseIndex(text: string, path: string): LayoutIndex {
  let why: string;
  try {
    const json = parseStrictJson(text, { name: path, maxBytes: MOST_INDEX_BYTES });
    const parsed = schema.safeParse(json);
    if (parsed.success) return json as LayoutIndex;
    const issue = parsed.error.issues[0];
    why = `${seen(issue?.path.map(String).join('.'), 80)}: ${seen(issue?.message, 120)}`;
  } catch (error) {
    why = error instanceof Error ? error.message : 'it cannot be parsed';
  }
  throw new KnownGoodError(
    'unavailable',
    `${seenName(path)} is not the index of an OCI image layout (${why}). Restore it, or choose another folder.`,
  );
}

/**
 * The manifest that a tag names; `undefined` when none does. Of several entries of one tag the first counts, as for skopeo and podman;
 * entries of other media types than manifests are passed over.
 */
export function entryOfTag(index: LayoutIndex, tag: Tag): LayoutEntry | undefined {
  const entry = index.manifests.find(
    (each) => nameOf(each) === tag && isManifestType(String(each['mediaType'])),
  );
  return entry === undefined ? undefined : parseEntry(entry);
}

/**
 * The index with the tag on this manifest and on no other. Older entries of the tag stay without the name, so that nobody's content
 * loses its last entry; a bare one goes when another entry names its digest. Everything else is untouched. The same object when
 * nothing changes.
 */
export function withTag(index: LayoutIndex, tag: Tag, entry: LayoutEntry): LayoutIndex {
  const named = index.manifests.filter((each) => nameOf(each) === tag);
  const [only] = named;
  if (named.length === 1 && only?.['digest'] === entry.digest && only['mediaType'] === entry.mediaType)
    return index;
  const others = index.manifests.filter((each) => nameOf(each) !== tag);
  const digests = new Set([entry.digest, ...others.map((each) => each['digest'])]);
  const kept = index.manifests.flatMap((each) => {
    if (nameOf(each) !== tag) return [each];
    const nameless = withoutName(each);
    if (isBare(nameless) && digests.has(each['digest'])) return [];
    digests.add(each['digest']);
    return [nameless];
  });
  const added: JsonObject = { ...entry, annotations: { [REF_NAME]: tag } };
  return { ...index, manifests: [...kept, added] };
}

/** Whether an entry says nothing but which manifest there is. */
function isBare(entry: JsonObject): boolean {
  return Object.keys(entry).every((key) => ['mediaType', 'digest', 'size'].includes(key));
}

function nameOf(entry: JsonObject): JsonValue | undefined {
  const { annotations } = entry;
  return isObject(annotations) ? annotations[REF_NAME] : undefined;
}

function withoutName(entry: JsonObject): JsonObject {
  const { annotations, ...rest } = entry;
  if (!isObject(annotations)) return entry;
  const others = Object.entries(annotations).filter(([key]) => key !== REF_NAME);
  return others.length === 0 ? rest : { ...entry, annotations: Object.fromEntries(others) };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseEntry(entry: JsonObject): LayoutEntry {
  const { digest, mediaType, size } = entry;
  if (typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest))
    return { digest: digest as Digest, mediaType: String(mediaType), size: Number(size) };
  throw new KnownGoodError(
    'unavailable',
    `The tag ${seen(nameOf(entry))} names ${seen(digest, 90)}; only SHA-256 digests are supported.`,
  );
}
