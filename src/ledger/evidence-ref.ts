import { digestOf, parseDigest } from '../core/digest.ts';
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
  return {
    kind,
    digest: digestOf(text),
    outcome,
    artifact: parseDigest(artifact.digest),
    createdAt,
    reason: short(reason),
    ...(environment === undefined ? {} : { environment: short(environment) }),
    ...(config === undefined ? {} : { gates: parseDigest(config.gates) }),
    ...(ref === undefined ? {} : { ref: short(ref) }),
    ...(run === undefined ? {} : { run: short(run) }),
  };
}

function short(text: string): string {
  return text.slice(0, 300);
}
