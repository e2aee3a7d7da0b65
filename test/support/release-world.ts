import type { ReleasePorts } from '../../src/app/release/release-ports.ts';
import type { Digest } from '../../src/core/digest.ts';
import type { MissingPart, Registry } from '../../src/core/registry.ts';
import type { LedgerBook } from './ledger-book.ts';

/** What the registry of a `ReleaseWorld` says. */
export interface RegistryAnswers {
  /** Where every tag points; absent = no such tag. */
  tag?: Digest;
  missing?: readonly MissingPart[];
  /** Rejects every question with this. */
  fails?: Error;
}

/** Ports around a ledger book: its ledger and its clock, a registry that answers as told, and nothing to deploy or probe. */
export function bookPorts(book: LedgerBook, answers: RegistryAnswers = {}): ReleasePorts {
  const say = <T>(value: T) =>
    answers.fails === undefined ? Promise.resolve(value) : Promise.reject(answers.fails);
  const registry = {
    resolve: () => say(answers.tag),
    missing: () => say(answers.missing ?? []),
    manifest: () => say(undefined),
  } as unknown as Registry;
  let ids = 0;
  return {
    ledger: book.ledger,
    registries: { open: () => registry },
    deployer: { deploy: () => Promise.resolve({ kind: 'failed', message: 'Nothing is deployed here.' }) },
    prober: {
      probe: () => Promise.resolve({ name: 'none', outcome: 'silent', message: '', elapsedMs: 0 }),
      answers: () => Promise.resolve(false),
    },
    owners: {
      self: () => ({ kind: 'process', host: 'laptop', pid: 2, startedAt: 'now' }),
      liveness: () => Promise.resolve('unknown'),
    },
    timer: { now: () => new Date(book.now), sleep: () => Promise.resolve() },
    ids: { next: () => `port-${++ids}` },
    actor: { name: 'ben', via: 'cli' },
    progress: () => undefined,
  };
}
