import type { EvidenceKind } from '../core/policy.ts';
import { nameRelease, shortDigest, type EvidenceRef, type Release } from '../core/release.ts';
import type { OpenedEvidence } from '../ledger/evidence-ref.ts';
import { newestEvidence } from '../ledger/lane-release.ts';
import type { Reason } from './reason.ts';

/** The documents of a release's evidence, opened, by digest; one that is not here counts as missing. */
export type OpenedEvidences = Readonly<Record<string, OpenedEvidence>>;

/** The verdict that counts, as its own document tells it, and what is wrong with how the record tells it. */
export interface CountedEvidence {
  evidence?: EvidenceRef;
  reasons: readonly Reason[];
}

interface Facts {
  view: { lane: { environment: string } };
  release: Release;
  opened: OpenedEvidences;
}

/**
 * The verdict of a kind that counts for an environment. A record only says where verdicts are: which one counts, and what it says, is
 * asked of the documents, whose bytes are their names. Where record and documents do not agree, nothing is promoted on either.
 */
export function countedEvidence(facts: Facts, kind: EvidenceKind): CountedEvidence {
  const { release, view } = facts;
  const count = (refs: readonly EvidenceRef[]) =>
    newestEvidence(
      refs.filter(({ artifact }) => artifact === release.artifact),
      kind,
      view.lane.environment,
    );
  const recorded = count(release.evidence);
  const actual = count(release.evidence.flatMap((ref) => ownWords(facts, ref) ?? []));
  const told = recorded ?? actual;
  if (told === undefined) return { reasons: [] };
  const broken = brokenReason(facts, told);
  if (broken !== undefined) return { reasons: [broken] };
  const untrue = disagreement(facts, recorded, actual);
  return {
    ...(actual === undefined ? {} : { evidence: actual }),
    reasons: untrue === undefined ? [] : [untrue],
  };
}

/** What a document says of itself; `undefined` where it cannot be read, or speaks of something else than the release. */
function ownWords({ release, opened }: Facts, { digest }: EvidenceRef): EvidenceRef | undefined {
  const document = opened[digest];
  if (document?.kind !== 'read' || document.model !== release.model) return undefined;
  return document.image === undefined || document.image === release.digest ? document.ref : undefined;
}

function brokenReason({ release, opened }: Facts, { digest, kind }: EvidenceRef): Reason | undefined {
  const document = opened[digest] ?? { kind: 'missing' };
  const name = `The ${kind} verdict ${shortDigest(digest)} of ${nameRelease(release)}`;
  const anew = `Run known-good ${kind} again, and register its verdict.`;
  switch (document.kind) {
    case 'missing': {
      const message = `${name} is on record, and its document is not in the ledger any more. ${anew}`;
      return { code: 'evidence-missing', message, settle: 'ledger verify' };
    }
    case 'altered': {
      const message = `${name} was altered in the ledger: its bytes are ${shortDigest(document.seen)} now. ${anew}`;
      return { code: 'evidence-altered', message, settle: 'ledger verify' };
    }
    case 'unreadable': {
      const message = `${name} is no verdict that this version can read (${document.why}). ${anew}`;
      return { code: 'evidence-unreadable', message };
    }
    case 'read': {
      const isOwn = document.model === release.model;
      if (isOwn && (document.image === undefined || document.image === release.digest)) return undefined;
      const about = isOwn ? `the image ${shortDigest(document.image ?? '')}` : `the model ${document.model}`;
      return altered(`${name} is about ${about}: the record was altered.`);
    }
    default:
      return document satisfies never;
  }
}

/**
 * The record names another verdict than the documents do, or tells of it what it does not say. A field that the record lacks is none of
 * that: an older version may have written it, and what counts is asked of the document anyway.
 */
function disagreement(
  { release }: Facts,
  recorded: EvidenceRef | undefined,
  actual: EvidenceRef | undefined,
): Reason | undefined {
  const name = nameRelease(release);
  if (recorded === undefined || actual === undefined || recorded.digest !== actual.digest) {
    const kind = recorded?.kind ?? actual?.kind ?? '';
    const [by, own] = [recorded, actual].map((ref) =>
      ref === undefined ? 'none' : `${shortDigest(ref.digest)} (${ref.outcome})`,
    );
    const what = `By the record of ${name} its ${kind} verdict is ${by ?? ''}, by the documents ${own ?? ''}`;
    return altered(`${what}: the record was altered.`);
  }
  const keys = Object.keys(recorded) as (keyof EvidenceRef)[];
  const [key] = keys.filter((each) => recorded[each] !== actual[each]);
  if (key === undefined) return undefined;
  const told = `The record of ${name} says of its ${recorded.kind} verdict ${shortDigest(recorded.digest)}`;
  return altered(
    `${told} ${key} ${recorded[key] ?? ''}, and the verdict says ${actual[key] ?? 'none'}: the record was altered.`,
  );
}

function altered(what: string): Reason {
  const message = `${what} Nothing is promoted on it: find out who changed the ledger, then register the verdict again.`;
  return { code: 'evidence-altered', message, settle: 'ledger verify' };
}
