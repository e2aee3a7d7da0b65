import { digestOf, type Digest } from '../../src/core/digest.ts';
import { KnownGoodError } from '../../src/core/errors.ts';
import { MANIFEST_TYPES, type Manifest, type MissingPart, type Registry } from '../../src/core/registry.ts';
import type { Release } from '../../src/core/release.ts';

/**
 * What becomes of a write: `refused`: it is not written, and the registry says so; `silent`: not written, no answer; `landed`: written, no
 * answer; `hidden`: answered, but the tag goes on showing the old; `lagging`: answered, and shown at the next second; `late`: no
 * answer, and written four seconds later; `dark`: written, and no answer to anything any more.
 */
export type Fate = 'refused' | 'silent' | 'landed' | 'hidden' | 'lagging' | 'late' | 'dark';

const TYPE = MANIFEST_TYPES[1];

/** One image repository in memory, with the faults that registries have. Tags move when time passes: `pass` is told the time. */
export class MemoryRegistry implements Registry {
  readonly tags = new Map<string, Digest>();
  readonly manifests = new Map<string, Manifest>();
  /** By tag: what becomes of the next writes, in order; after them all goes well. */
  readonly fates = new Map<string, Fate[]>();
  /** Parts that are gone, by the digest of their manifest. */
  readonly gone = new Map<string, readonly MissingPart[]>();
  /** Digests under which the registry has other bytes. */
  readonly tampered = new Set<string>();
  down = false;
  private readonly before: (effect: string) => Promise<void>;
  private later: { at: number; tag: string; digest: Digest }[] = [];
  private now = 0;

  /** `before` hears of every write before it happens. */
  constructor(before: (effect: string) => Promise<void> = () => Promise.resolve()) {
    this.before = before;
  }

  /** Adds the manifest of a sample release, under a tag where one is given. */
  has({ version, digest }: Release, tag?: string): this {
    const bytes = new TextEncoder().encode(`manifest ${version}`);
    if (digestOf(bytes) !== digest) throw new Error(`${version} is no sample release.`);
    this.manifests.set(digest, { digest, mediaType: TYPE, bytes });
    if (tag !== undefined) this.tags.set(tag, digest);
    return this;
  }

  pass(now: number): void {
    this.now = now;
    for (const { tag, digest } of this.later.filter(({ at }) => at <= now)) this.tags.set(tag, digest);
    this.later = this.later.filter(({ at }) => at > now);
  }

  async resolve(tag: string): Promise<Digest | undefined> {
    this.answer();
    return this.tags.get(tag);
  }

  async manifest(reference: string): Promise<Manifest | undefined> {
    this.answer();
    const digest = reference.startsWith('sha256:') ? reference : this.tags.get(reference);
    if (digest !== undefined && this.tampered.has(digest))
      throw new KnownGoodError('unavailable', `The registry has other bytes under ${digest}.`);
    return digest === undefined ? undefined : this.manifests.get(digest);
  }

  async putManifest(reference: string, { digest }: Manifest, timeoutMs: number): Promise<void> {
    await this.before(`put ${reference}`);
    this.answer();
    const fate = this.fates.get(reference)?.shift();
    const noAnswer = new KnownGoodError('unavailable', `No answer within ${timeoutMs} ms.`);
    switch (fate) {
      case 'refused':
        throw new KnownGoodError('unavailable', `The tag ${reference} is immutable.`);
      case 'silent':
        throw noAnswer;
      case 'late':
        this.later.push({ at: this.now + 4000, tag: reference, digest });
        throw noAnswer;
      case 'lagging':
        this.later.push({ at: this.now + 1000, tag: reference, digest });
        return;
      case 'hidden':
        return;
      case 'landed':
        this.tags.set(reference, digest);
        throw noAnswer;
      case 'dark':
        this.down = true;
        this.tags.set(reference, digest);
        throw noAnswer;
      case undefined:
        this.tags.set(reference, digest);
    }
  }

  hasBlob(): Promise<boolean> {
    return Promise.resolve(true);
  }

  blob(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  putBlob(): Promise<void> {
    return Promise.resolve();
  }

  async missing(digest: Digest): Promise<readonly MissingPart[]> {
    this.answer();
    if (!this.manifests.has(digest)) return [{ what: 'manifest', digest }];
    return this.gone.get(digest) ?? [];
  }

  private answer(): void {
    if (this.down) throw new KnownGoodError('unavailable', 'The registry does not answer: 503.');
  }
}
