import { digestOf, parseDigest, type Digest } from '../core/digest.ts';
import { messageChain } from '../core/errors.ts';
import { parseStrictJson } from '../core/json.ts';
import type { EvidenceRef } from '../core/release.ts';
import { verdictSchema, type Verdict } from '../core/verdict.ts';

/** Largest verdict that is kept as evidence, in bytes: what the ledger takes of any file. */
export const MOST_EVIDENCE_BYTES = 2 ** 20;

/**
 * Reads a verdict document strictly; `undefined` where it is JSON but no verdict of schema 1, with the place that says so in `problem`.
 * Text that is no JSON, or larger than 1 MiB, is an `input` error.
 */
export function readVerdict(
  text: string,
  name: string,
): { verdict: Verdict; problem?: never } | { verdict?: never; problem: string } {
  const parsed = verdictSchema.safeParse(parseStrictJson(text, { name, maxBytes: MOST_EVIDENCE_BYTES }));
  if (parsed.success) return { verdict: parsed.data };
  const [issue] = parsed.error.issues;
  return { problem: issue === undefined ? 'it is no verdict' : `${issue.path.join('.')}: ${issue.message}` };
}

/** What a promotion wants to know of a verdict without opening it; `undefined` for one that speaks of no artifact. Texts are cut to 300 characters. */
export function evidenceRefOf(verdict: Verdict, text: string): EvidenceRef | undefined {
  const { kind, outcome, artifact, environment, createdAt, config, producer, reason } = verdict;
  if (artifact === undefined) return undefined;
  const { ref, run } = producer;
  const against = verdict.shadow?.champion.digest;
  return {
    kind,
    digest: digestOf(text),
    outcome,
    artifact: parseDigest(artifact.digest),
    createdAt,
    reason: short(reason),
    ...(environment === undefined ? {} : { environment: short(environment) }),
    ...(config === undefined ? {} : { gates: parseDigest(config.gates) }),
    ...(against === undefined ? {} : { champion: parseDigest(against) }),
    ...(ref === undefined ? {} : { ref: short(ref) }),
    ...(run === undefined ? {} : { run: short(run) }),
  };
}

/** What the document of a reference turned out to be, opened. */
export type OpenedEvidence =
  /** Its own bytes. `ref`: what it says itself; of which model it speaks, and of which image alone, where it names one. */
  | { kind: 'read'; ref: EvidenceRef; model: string; image: string | undefined }
  /** The ledger has no such document. */
  | { kind: 'missing' }
  /** Other bytes than its name says. */
  | { kind: 'altered'; seen: Digest }
  /** Its own bytes, and no verdict on an artifact that this version can read. */
  | { kind: 'unreadable'; why: string };

/** Opens a document by the digest that names it: the bytes decide, and no record of them. Never throws. */
export function openEvidence(digest: Digest, text: string | undefined): OpenedEvidence {
  if (text === undefined) return { kind: 'missing' };
  const seen = digestOf(text);
  if (seen !== digest) return { kind: 'altered', seen };
  try {
    const { verdict, problem } = readVerdict(text, 'it');
    if (verdict === undefined) return { kind: 'unreadable', why: problem };
    const ref = evidenceRefOf(verdict, text);
    if (ref === undefined) return { kind: 'unreadable', why: 'it speaks of no artifact' };
    return { kind: 'read', ref, model: verdict.model, image: verdict.image?.digest };
  } catch (error) {
    return { kind: 'unreadable', why: messageChain(error)[0] ?? 'it is no JSON' };
  }
}

function short(text: string): string {
  return text.slice(0, 300);
}
