import type { Digest } from '../../core/digest.ts';
import type { Tag } from '../../core/image.ts';
import type { Registry } from '../../core/registry.ts';

/** Milliseconds between looks at a tag that was just written: some registries show it a moment later. */
const PAUSES_MS = [250, 500, 1000, 2000];

/** The digest to point at, and the tags, written in this order; the last one is read back. `timeoutMs` holds for each write. */
export interface RetagRequest {
  digest: Digest;
  tags: readonly [Tag, ...Tag[]];
  timeoutMs: number;
  /** Waits so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
  /** Asked right before each write; `false` stops there. */
  mayWrite?(tag: Tag): Promise<boolean>;
}

/**
 * How it went. `absent`: the registry has no such manifest; nothing was written. `stopped`: by `mayWrite`. `unseen`: written, but the last tag reads as
 * something else (`undefined` = no such tag) after all looks.
 */
export type Retagged =
  | { kind: 'proved' }
  | { kind: 'absent' }
  | { kind: 'stopped' }
  | { kind: 'unseen'; tag: Tag; saw: Digest | undefined };

/** Points tags at a manifest: its very bytes, fetched by digest once, stored under each tag; then `readBack`. Indexes move whole. */
export async function retag(registry: Registry, request: RetagRequest): Promise<Retagged> {
  const { digest, tags, timeoutMs, sleep } = request;
  const manifest = await registry.manifest(digest);
  if (manifest === undefined) return { kind: 'absent' };
  for (const tag of tags) {
    if ((await request.mayWrite?.(tag)) === false) return { kind: 'stopped' };
    await registry.putManifest(tag, manifest, timeoutMs);
  }
  const last = tags.at(-1) ?? tags[0];
  const saw = await readBack(registry, { digest, tag: last, sleep });
  return saw === digest ? { kind: 'proved' } : { kind: 'unseen', tag: last, saw };
}

/** The digest of the bytes that a tag gives, hashed here: up to five looks within four seconds until it is the expected one. */
export async function readBack(
  registry: Registry,
  { digest, tag, sleep }: Pick<RetagRequest, 'digest' | 'sleep'> & { tag: Tag },
): Promise<Digest | undefined> {
  for (let look = 0; ; look++) {
    const saw = (await registry.manifest(tag))?.digest;
    const pause = PAUSES_MS[look];
    if (saw === digest || pause === undefined) return saw;
    await sleep(pause);
  }
}
