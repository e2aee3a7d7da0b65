import { canonicalJson } from '../core/canonical-json.ts';
import type { Digest } from '../core/digest.ts';
import type { MissingPart } from '../core/registry.ts';
import { nameRelease, shortDigest, type EvidenceRef, type Release } from '../core/release.ts';
import type { Verdict } from '../core/verdict.ts';
import { writePointer } from '../ledger/document.ts';
import { evidenceRefOf } from '../ledger/evidence-ref.ts';
import { evidencePath, newestPath, releasePath } from '../ledger/paths.ts';
import { releaseFiles } from '../ledger/release-files.ts';
import type { ChangeReason } from './change-result.ts';

const MOST_EVIDENCE = 20;

/** A verdict that was handed in: its file's name, its very bytes, and what they say. */
export interface HandedVerdict {
  name: string;
  text: string;
  verdict: Verdict;
}

/** All that a registration is decided on. */
export interface RegistrationFacts {
  model: string;
  version: string;
  image: string;
  digest: Digest;
  /** The commit that was named. */
  sha: string | undefined;
  /** The commit that it was probably built from, where neither a person, the record nor the image names one. */
  assumedSha?: string | undefined;
  /** What the image proves of the artifact in it, and the commit it says it was built from; absent where it is not there. */
  carried: { carries: Release['carries']; artifact?: Digest; revision: string | undefined } | undefined;
  missing: readonly MissingPart[];
  evidence: readonly HandedVerdict[];
  /** The digest of the artifact that was named beside the image. */
  artifact: Digest | undefined;
  golden: Release['golden'];
  /** What is registered already: for the digest, and for the version. */
  existing: Release | undefined;
  taken: Digest | undefined;
  now: string;
  by: string;
}

/** What is to be written, or why nothing is. */
export type RegistrationPlan =
  | { kind: 'write'; release: Release; files: Record<string, string>; notes: readonly string[] }
  | { kind: 'nothing'; release: Release; notes: readonly string[] }
  | { kind: 'refused'; reasons: readonly ChangeReason[] };

/** Plans the record of a release, or refuses it with all reasons: a version names one digest for ever, evidence speaks of its artifact. */
export function planRegistration(facts: RegistrationFacts): RegistrationPlan {
  const artifact = artifactIn(facts);
  const reasons = [...identity(facts), ...imageReasons(facts), ...artifactReasons(facts, artifact)].concat(
    facts.evidence.flatMap((handed) => evidenceProblems(facts, handed, artifact)),
  );
  if (reasons.length > 0 || facts.carried === undefined) return { kind: 'refused', reasons };
  const release = recordOf(facts, facts.carried, artifact);
  const notes = facts.evidence.flatMap(({ name, verdict }) => notesOn(facts, name, verdict));
  const { existing } = facts;
  if (existing !== undefined && canonicalJson(existing) === canonicalJson(release))
    return { kind: 'nothing', release, notes };
  return { kind: 'write', release, files: filesOf(facts, release), notes };
}

/** The artifact by the image's own proof, else by what is on record, the named folder, the first verdict. */
function artifactIn({ carried, existing, artifact, evidence }: RegistrationFacts): Digest | undefined {
  const [first] = evidence;
  return (
    carried?.artifact ??
    existing?.artifact ??
    artifact ??
    (first === undefined ? undefined : evidenceRefOf(first.verdict, first.text)?.artifact)
  );
}

function identity({
  model,
  version,
  digest,
  sha,
  carried,
  existing,
  taken,
}: RegistrationFacts): ChangeReason[] {
  const reasons: ChangeReason[] = [];
  if (taken !== undefined && taken !== digest) {
    const message = `${model} ${version} is ${shortDigest(taken)} already, and a version names one digest for ever; this one is ${shortDigest(digest)}. Choose another version.`;
    reasons.push({ code: 'version-taken', message });
  }
  if (existing !== undefined && existing.version !== version && existing.adopted === undefined) {
    const message = `${shortDigest(digest)} is registered already, as ${model} ${existing.version}; a digest has one version. Add evidence to it under that name.`;
    const settle = `register --model ${model} --version ${existing.version} --digest ${digest}`;
    reasons.push({ code: 'digest-taken', message, settle });
  }
  const commits = [existing?.sha, carried?.revision?.toLowerCase()].filter(
    (commit) => commit !== undefined && /^[0-9a-f]{40}$/.test(commit) && commit !== sha,
  );
  if (sha !== undefined && commits[0] !== undefined) {
    const message = `--sha says ${sha.slice(0, 12)}, the ${existing?.sha === undefined ? 'image' : 'record'} says that it was built from ${commits[0].slice(0, 12)}.`;
    reasons.push({ code: 'commit-differs', message });
  }
  return reasons;
}

function imageReasons({ image, digest, missing, carried }: RegistrationFacts): ChangeReason[] {
  const [part] = missing;
  if (part === undefined && carried !== undefined) return [];
  const what = part === undefined ? 'manifest' : part.what;
  const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
  const message = `${shortDigest(digest)} cannot be pulled from ${image}: its ${what} ${shortDigest(part?.digest ?? digest)}${more} is not there. Push it first.`;
  return [{ code: 'not-pullable', message }];
}

function artifactReasons(facts: RegistrationFacts, artifact: Digest | undefined): ChangeReason[] {
  const { carried, existing } = facts;
  const claims = [facts.artifact, existing?.artifact].filter((claim) => claim !== undefined);
  const other = claims.find((claim) => claim !== artifact);
  if (other === undefined || artifact === undefined) return [];
  const how = carried?.artifact === undefined ? 'is on record for it' : `is what its ${carried.carries} say`;
  const whose = other === facts.artifact ? 'The named artifact' : 'The artifact on record';
  const message = `${whose} is ${shortDigest(other)}, and ${shortDigest(artifact)} ${how}: the image carries another artifact.`;
  return [{ code: 'artifact-differs', message }];
}

function evidenceProblems(
  { model, digest, carried }: RegistrationFacts,
  { name, text, verdict }: HandedVerdict,
  artifact: Digest | undefined,
): ChangeReason[] {
  const reasons: ChangeReason[] = [];
  const settle = `gate --model ${model}`;
  if (verdict.model !== model) {
    const message = `${name} is about the model ${verdict.model}, not about ${model}.`;
    reasons.push({ code: 'evidence-model', message, settle });
  }
  const ref = evidenceRefOf(verdict, text);
  if (ref === undefined) {
    const message = `${name} speaks of no artifact (its predictions were made elsewhere), so it proves nothing of this image.`;
    reasons.push({ code: 'evidence-artifact', message, settle });
  } else if (artifact !== undefined && ref.artifact !== artifact) {
    const whose = carried?.artifact === undefined ? 'the other evidence is about' : 'the image carries';
    const message = `${name} is about artifact ${shortDigest(ref.artifact)}, ${whose} ${shortDigest(artifact)}.`;
    reasons.push({ code: 'evidence-artifact', message, settle });
  }
  if (verdict.image !== undefined && verdict.image.digest !== digest) {
    const message = `${name} is about the image ${shortDigest(verdict.image.digest)}, not about ${shortDigest(digest)}.`;
    reasons.push({ code: 'evidence-digest', message });
  }
  return reasons;
}

function recordOf(
  facts: RegistrationFacts,
  carried: NonNullable<RegistrationFacts['carried']>,
  artifact: Digest | undefined,
): Release {
  const { model, version, image, digest, existing, golden, now, by } = facts;
  const revision = carried.revision?.toLowerCase();
  const built = revision !== undefined && /^[0-9a-f]{40}$/.test(revision) ? revision : undefined;
  const sha = facts.sha ?? existing?.sha ?? built ?? facts.assumedSha;
  const refs = facts.evidence.flatMap(({ verdict, text }) => evidenceRefOf(verdict, text) ?? []);
  const kept = golden ?? existing?.golden;
  return {
    schema: 1,
    model,
    version,
    ...(sha === undefined ? {} : { sha }),
    image,
    digest,
    ...(artifact === undefined ? {} : { artifact }),
    carries: carried.carries,
    registeredAt: existing?.registeredAt ?? now,
    registeredBy: existing?.registeredBy ?? by,
    evidence: keepEvidence([...(existing?.evidence ?? []), ...refs]),
    ...(kept === undefined ? {} : { golden: kept }),
    ...(existing?.adopted === undefined ? {} : { adopted: existing.adopted }),
  };
}

/**
 * At most 20 references, oldest first: the newest of every kind and environment before all others, then the newest; each document once.
 */
export function keepEvidence(refs: readonly EvidenceRef[]): EvidenceRef[] {
  const once = [...new Map(refs.map((ref) => [ref.digest, ref])).values()];
  const newestFirst = once.toSorted((a, b) => order(b, a));
  const firsts = new Map<string, EvidenceRef>();
  for (const ref of newestFirst) {
    const key = `${ref.kind} ${ref.environment ?? ''}`;
    if (!firsts.has(key)) firsts.set(key, ref);
  }
  const kept = new Set([...firsts.values(), ...newestFirst]);
  return [...kept].slice(0, MOST_EVIDENCE).toSorted(order);
}

function order(a: EvidenceRef, b: EvidenceRef): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return a.digest < b.digest ? -1 : 1;
}

function notesOn({ version, digest }: RegistrationFacts, name: string, verdict: Verdict): string[] {
  const notes: string[] = [];
  const { producer, predictions } = verdict;
  if (producer.ref?.startsWith('refs/pull/') === true) {
    notes.push(
      `${name} was made on a pull request (${producer.ref}), which anybody can open: it is kept, and counts for nothing.`,
    );
  }
  if (verdict.outcome === 'fail' || verdict.outcome === 'error')
    notes.push(`${name} says ${verdict.outcome}: ${verdict.reason}`);
  if (verdict.version !== undefined && verdict.version !== version) {
    const named = nameRelease({ version, digest });
    notes.push(
      `${name} calls the artifact ${verdict.version} (its manifest's version); here it is ${named}.`,
    );
  }
  if (predictions === 'elsewhere' && verdict.kind === 'gate')
    notes.push(`${name} rests on predictions made elsewhere.`);
  return notes;
}

function filesOf(facts: RegistrationFacts, release: Release): Record<string, string> {
  const { existing, evidence } = facts;
  const kept = new Set(release.evidence.map(({ digest }) => digest));
  const documents = evidence.flatMap(({ verdict, text }) => {
    const ref = evidenceRefOf(verdict, text);
    return ref === undefined || !kept.has(ref.digest) ? [] : [[evidencePath(ref.digest), text] as const];
  });
  const all = releaseFiles(release);
  const record = releasePath(release.model, release.digest);
  const isNamed = existing?.version === release.version && existing.sha === release.sha;
  return {
    ...Object.fromEntries(documents),
    ...(isNamed ? { [record]: all[record] ?? '' } : all),
    ...(existing === undefined ? { [newestPath(release.model)]: writePointer(release.digest) } : {}),
  };
}
