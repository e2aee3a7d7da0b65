import { canonicalJson } from '../core/canonical-json.ts';
import { digestOf, parseDigest } from '../core/digest.ts';
import { messageChain } from '../core/errors.ts';
import { nameRelease, shortDigest, type EvidenceRef, type Release } from '../core/release.ts';
import { readPointer, readRelease } from './document.ts';
import { openEvidence } from './evidence-ref.ts';
import type { LedgerProblem } from './ledger-problem.ts';
import { commitPath, evidencePath, releasePath, versionPath } from './paths.ts';

type Files = ReadonlyMap<string, string>;

const RECORD = /^releases\/([^/]+)\/digests\//;
const POINTER = /^releases\/([^/]+)\/(?:(versions)\/(.+)|commits\/[0-9a-f]{2}\/([0-9a-f]{40})|newest)\.json$/;
const EVIDENCE = /^evidence\//;

/** What is registered, as the files tell it. */
export interface CheckedReleases {
  /** By path. */
  records: ReadonlyMap<string, Release>;
  /** Number of evidence documents. */
  evidence: number;
  problems: readonly LedgerProblem[];
}

/** Checks release records, what versions and commits name, and evidence; `promoted` are the releases as the intents embed them. */
export function verifyReleases(files: Files, promoted: readonly Release[]): CheckedReleases {
  const problems: LedgerProblem[] = [];
  const records = new Map<string, Release>();
  let evidence = 0;
  for (const [path, text] of files) {
    if (RECORD.test(path)) {
      const record = readOr(() => readRelease(text, path), path, problems);
      if (record !== undefined) records.set(path, record);
    } else if (EVIDENCE.test(path)) {
      evidence += 1;
      problems.push(...evidenceProblems(path, text));
    }
  }
  for (const [path, record] of records) problems.push(...recordProblems(path, record, files));
  for (const [path, text] of files) problems.push(...pointerProblems(path, text, { records, files }));
  for (const release of unique(promoted)) problems.push(...promotedProblems(release, records, files));
  return { records, evidence, problems };
}

function readOr<T>(read: () => T, path: string, problems: LedgerProblem[]): T | undefined {
  try {
    return read();
  } catch (error) {
    problems.push({ code: 'unreadable', path, message: messageChain(error)[0] ?? 'It cannot be read.' });
    return undefined;
  }
}

function evidenceProblems(path: string, text: string): LedgerProblem[] {
  const digest = digestOf(text);
  if (evidencePath(digest) === path) return [];
  const message = `Its bytes are ${shortDigest(digest)}, which is not its name: it was altered.`;
  return [{ code: 'altered-evidence', path, message }];
}

function recordProblems(path: string, record: Release, files: Files): LedgerProblem[] {
  const { model, digest, version, sha } = record;
  if (releasePath(model, digest) !== path) {
    const message = `It says that it is ${model} ${nameRelease(record)}, which does not belong here.`;
    return [{ code: 'altered-release', path, message }];
  }
  const problems = record.evidence.flatMap((ref) => refProblems(path, ref, files));
  for (const pointer of [
    versionPath(model, version),
    sha === undefined ? undefined : commitPath(model, sha),
  ]) {
    if (pointer === undefined || files.has(pointer)) continue;
    const message = `${nameRelease(record)} is registered, and nothing finds it by this name.`;
    problems.push({ code: 'altered-pointer', path: pointer, message });
  }
  return problems;
}

/** A reference must say what its document says. */
function refProblems(path: string, ref: EvidenceRef, files: Files): LedgerProblem[] {
  const document = openEvidence(ref.digest, files.get(evidencePath(ref.digest)));
  if (document.kind === 'missing') return [missingEvidence(path, ref)];
  if (document.kind === 'altered') return [];
  if (document.kind === 'read' && canonicalJson(document.ref) === canonicalJson(ref)) return [];
  const message = `What it says of its ${ref.kind} verdict ${shortDigest(ref.digest)} is not what the verdict says.`;
  return [{ code: 'altered-release', path, message }];
}

function missingEvidence(path: string, { digest, kind }: EvidenceRef): LedgerProblem {
  const message = `Its ${kind} verdict ${shortDigest(digest)} is not in the ledger any more.`;
  return { code: 'missing-evidence', path, message };
}

function pointerProblems(
  path: string,
  text: string,
  { records, files }: { records: ReadonlyMap<string, Release>; files: Files },
): LedgerProblem[] {
  const match = POINTER.exec(path);
  const [, model, , version, sha] = match ?? [];
  if (model === undefined) return [];
  const problems: LedgerProblem[] = [];
  const digest = readOr(() => readPointer(text, path), path, problems);
  if (digest === undefined) return problems;
  const at = releasePath(model, digest);
  const record = records.get(at);
  if (record === undefined) {
    if (files.has(at)) return [];
    const message = `It names ${shortDigest(digest)}, which is not registered.`;
    return [{ code: 'missing-release', path, message }];
  }
  const agrees = version === undefined || record.version === version || version === adoptedName(digest);
  if (agrees && (sha === undefined || record.sha === sha)) return [];
  const message = `It names ${nameRelease(record)}, whose record does not say so: a version names one digest for ever.`;
  return [{ code: 'altered-pointer', path, message }];
}

/** What an adoption calls a digest that nobody registered. */
export function adoptedName(digest: string): string {
  return `adopted-${digest.slice('sha256:'.length, 'sha256:'.length + 12)}`;
}

/** What an intent embeds must still be registered as it was, with its evidence. */
function promotedProblems(
  release: Release,
  records: ReadonlyMap<string, Release>,
  files: Files,
): LedgerProblem[] {
  const path = releasePath(release.model, parseDigest(release.digest));
  const record = records.get(path);
  if (record === undefined) {
    if (files.has(path)) return [];
    const message = `${nameRelease(release)} was brought into a lane, and its record is gone.`;
    return [{ code: 'missing-release', path, message }];
  }
  const kept = new Set(record.evidence.map(({ digest }) => digest));
  const problems = release.evidence
    .filter(({ digest }) => !kept.has(digest) && !files.has(evidencePath(digest)))
    .map((ref) => missingEvidence(path, ref));
  const changed = (['image', 'sha', 'artifact'] as const).find(
    (key) => release[key] !== undefined && record[key] !== undefined && release[key] !== record[key],
  );
  const renamed = release.version !== record.version && release.adopted === undefined;
  if (changed === undefined && !renamed) return problems;
  const what = changed ?? 'version';
  const message = `Its ${what} is not the one that it was promoted with.`;
  return [...problems, { code: 'altered-release', path, message }];
}

function unique(releases: readonly Release[]): Release[] {
  return [...new Map(releases.map((release) => [canonicalJson(release), release])).values()];
}
