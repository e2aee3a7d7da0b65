import type { Digest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { parseImageRepository } from '../../core/image.ts';
import type { Files } from '../../core/ports.ts';
import type { Registry } from '../../core/registry.ts';
import { nameRelease, type Release } from '../../core/release.ts';
import { seen } from '../../core/seen.ts';
import { readPointer, readRelease } from '../../ledger/document.ts';
import { MOST_EVIDENCE_BYTES, readVerdict } from '../../ledger/evidence-ref.ts';
import { releasePath, versionPath } from '../../ledger/paths.ts';
import type { ChangeResult } from '../../promotion/change-result.ts';
import {
  planRegistration,
  type HandedVerdict,
  type RegistrationFacts,
  type RegistrationPlan,
} from '../../promotion/plan-registration.ts';
import { carriesArtifact } from '../package/carries-artifact.ts';
import { loadArtifactFacts, type ArtifactFacts } from './load-golden-answer.ts';
import type { ReleasePorts } from './release-ports.ts';

const MOST_RACES = 50;
const MOST_REJECTIONS = 3;
const MOST_VERDICTS = 20;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/;
const COMMIT = /^[0-9a-f]{40}$/;

/** What is to be registered: an image that is in its repository, under a version, with the verdicts that speak for it. */
export interface RegisterOrder {
  model: string;
  version: string;
  image: string;
  digest: Digest;
  /** 40 hex digits. */
  sha?: string | undefined;
  /** The commit of the run that registers: taken where neither `sha`, the record nor the image names one. */
  assumedSha?: string | undefined;
  /** Paths of verdict documents. */
  evidence: readonly string[];
  /** The artifact that is in the image, as a folder or file: it must be what the image carries. */
  artifact?: string | undefined;
  /** The config's artifact: its golden answer is taken where it is what the image carries. */
  configured?: string | undefined;
  dryRun?: boolean | undefined;
}

export type RegisterPorts = Pick<ReleasePorts, 'ledger' | 'registries' | 'timer' | 'actor'> & {
  files: Files;
};

/**
 * Writes the record of a release: one commit, and none where everything is there already. Refuses with all reasons; a version or commit
 * that is none, and a file that is no verdict, is an `input` error.
 */
export async function register(ports: RegisterPorts, order: RegisterOrder): Promise<ChangeResult> {
  checkNames(order);
  const world = await loadWorld(ports, order);
  const { model, digest, version } = order;
  const paths = { record: releasePath(model, digest), version: versionPath(model, version) };
  let rejections = 0;
  for (let race = 0; race < MOST_RACES; race++) {
    const { head, files } = await ports.ledger.read([paths.record, paths.version]);
    const [record, pointer] = [files[paths.record], files[paths.version]];
    const plan = planRegistration({
      ...world.facts,
      existing: record === undefined ? undefined : readRelease(record, paths.record),
      taken: pointer === undefined ? undefined : readPointer(pointer, paths.version),
    });
    if (plan.kind !== 'write' || order.dryRun === true)
      return ended(plan, { order, head, notes: world.notes, again: race > 0 });
    const message = `${model}: register ${version}`;
    const commit = { parent: head, files: plan.files, message };
    const written = await ports.ledger.append(commit).catch((error: unknown) => {
      if (++rejections === MOST_REJECTIONS) throw error;
      return { kind: 'unknown' } as const;
    });
    if (written.kind === 'appended') return registered(plan, { head: written.head, notes: world.notes });
  }
  const message = `The ledger could not be written: ${MOST_RACES} times in a row somebody else was faster. Try again.`;
  throw new KnownGoodError('unavailable', message);
}

function checkNames({ version, sha, evidence }: RegisterOrder): void {
  if (!VERSION.test(version)) {
    const allowed = 'up to 128 letters, digits, ".", "_", "+" or "-", the first one a letter or digit';
    throw new KnownGoodError('input', `Not a version: saw ${seen(version)}, expected ${allowed}.`);
  }
  if (sha !== undefined && !COMMIT.test(sha))
    throw new KnownGoodError('input', `Not a commit: saw ${seen(sha)}, expected all 40 hex digits of it.`);
  if (evidence.length > MOST_VERDICTS)
    throw new KnownGoodError('input', `${evidence.length} verdicts at once; at most ${MOST_VERDICTS}.`);
}

interface LoadedWorld {
  facts: Omit<RegistrationFacts, 'existing' | 'taken'>;
  notes: readonly string[];
}

async function loadWorld(ports: RegisterPorts, order: RegisterOrder): Promise<LoadedWorld> {
  const { model, version, image, digest, sha, assumedSha } = order;
  const registry = ports.registries.open(parseImageRepository(image));
  const evidence = await Promise.all(order.evidence.map((path) => loadVerdict(ports.files, path)));
  const [missing, carried] = await Promise.all([registry.missing(digest), carriedIn(registry, digest)]);
  const named =
    order.artifact === undefined ? undefined : await loadArtifactFacts(ports.files, order.artifact);
  const beside = named ?? (await loadConfigured(ports.files, order.configured));
  const proved = carried !== undefined && 'artifact' in carried ? carried.artifact : undefined;
  const isSame =
    beside !== undefined && (proved === undefined ? beside === named : beside.artifact === proved);
  const facts = {
    model,
    version,
    image,
    digest,
    sha,
    assumedSha,
    carried,
    missing,
    evidence,
    artifact: named?.artifact,
    golden: isSame ? beside.golden : undefined,
    now: ports.timer.now().toISOString(),
    by: ports.actor.name,
  };
  return { facts, notes: isSame ? beside.notes : [] };
}

/** What the image carries; `undefined` where its manifest is not there, which `missing` says. */
async function carriedIn(registry: Registry, digest: Digest): Promise<RegistrationFacts['carried']> {
  if ((await registry.manifest(digest)) === undefined) return undefined;
  return carriesArtifact(registry, digest);
}

/** The config's artifact may be anything by now, or not be here: it is used where it fits. */
async function loadConfigured(files: Files, path: string | undefined): Promise<ArtifactFacts | undefined> {
  if (path === undefined) return undefined;
  return loadArtifactFacts(files, path).catch((error: unknown) => {
    if (error instanceof KnownGoodError) return undefined;
    throw error;
  });
}

/** A verdict document by its path; a file that is not there, or none, is an `input` error. */
export async function loadVerdict(files: Files, path: string): Promise<HandedVerdict> {
  const text = await files.readText(path, MOST_EVIDENCE_BYTES);
  if (text === undefined) throw new KnownGoodError('input', `There is no file ${JSON.stringify(path)}.`);
  const { verdict, problem } = readVerdict(text, path);
  if (verdict !== undefined) return { name: path, text, verdict };
  throw new KnownGoodError(
    'input',
    `${JSON.stringify(path)} is no verdict of known-good gate or shadow (${problem}). Run one of them, and hand in its verdict.json.`,
  );
}

function ended(
  plan: RegistrationPlan,
  {
    order,
    head,
    notes,
    again,
  }: { order: RegisterOrder; head: string | undefined; notes: readonly string[]; again: boolean },
): ChangeResult {
  const base = { schema: 1, command: 'register', ...(head === undefined ? {} : { head }) } as const;
  if (plan.kind === 'refused') {
    const message = plan.reasons.map((reason) => reason.message).join(' ');
    return { ...base, outcome: 'refused', message, reasons: plan.reasons };
  }
  const all = [...plan.notes, ...notes];
  const name = `${order.model} ${nameRelease(plan.release)}`;
  if (plan.kind === 'nothing') {
    if (again) return registered(plan, { head, notes });
    const message = `${name} is registered already, with all of this.`;
    return { ...base, outcome: 'nothing', message, release: plan.release, notes: all };
  }
  const message = `Would register ${name} ${withEvidence(plan.release)}.`;
  return { ...base, outcome: 'planned', message, release: plan.release, notes: all };
}

function registered(
  { release, notes }: { release: Release; notes: readonly string[] },
  more: { head: string | undefined; notes: readonly string[] },
): ChangeResult {
  return {
    schema: 1,
    command: 'register',
    outcome: 'done',
    message: `${release.model} ${nameRelease(release)} is registered ${withEvidence(release)}.`,
    release,
    notes: [...notes, ...more.notes],
    ...(more.head === undefined ? {} : { head: more.head }),
  };
}

function withEvidence({ evidence }: Release): string {
  if (evidence.length === 0) return 'without evidence';
  return `with ${evidence.length} verdict${evidence.length === 1 ? '' : 's'} (${evidence.map(({ kind, outcome }) => `${kind}: ${outcome}`).join(', ')})`;
}
