import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import type { EvidenceRef, Release } from '../../../src/core/release.ts';
import type { Verdict } from '../../../src/core/verdict.ts';
import { evidencePath, newestPath, releasePath, versionPath } from '../../../src/ledger/paths.ts';
import {
  keepEvidence,
  planRegistration,
  type HandedVerdict,
  type RegistrationFacts,
} from '../../../src/promotion/plan-registration.ts';
import { artifactOf, sampleVerdict } from '../../support/ledger-book.ts';

const ARTIFACT = artifactOf('1.8.0');
const DIGEST = digestOf('image');

function handed(changes: Partial<Verdict> = {}, name = 'verdict.json'): HandedVerdict {
  const verdict = sampleVerdict('1.8.0', changes);
  return { name, verdict, text: JSON.stringify(verdict) };
}

function facts(changes: Partial<RegistrationFacts> = {}): RegistrationFacts {
  return {
    model: 'bank',
    version: '1.8.0',
    image: 'ghcr.io/acme/bank',
    digest: DIGEST,
    sha: undefined,
    carried: { carries: 'layers', artifact: ARTIFACT, revision: undefined },
    missing: [],
    evidence: [handed()],
    artifact: undefined,
    golden: undefined,
    existing: undefined,
    taken: undefined,
    now: '2026-03-02T08:00:00.000Z',
    by: 'ana',
    ...changes,
  };
}

function written(changes: Partial<RegistrationFacts> = {}): Release {
  const plan = planRegistration(facts(changes));
  if (plan.kind === 'refused') throw new Error(plan.reasons.map(({ message }) => message).join(' '));
  return plan.release;
}

const COMMIT = 'c'.repeat(40);

describe('planRegistration', () => {
  it('writes record, names, newest and the verdict’s very bytes', () => {
    const verdict = handed();
    const plan = planRegistration(facts({ evidence: [verdict], sha: COMMIT }));
    expect(plan).toMatchObject({
      kind: 'write',
      release: { artifact: ARTIFACT, carries: 'layers', sha: COMMIT },
    });
    const files = plan.kind === 'write' ? plan.files : {};
    expect(files[evidencePath(digestOf(verdict.text))]).toBe(verdict.text);
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([releasePath('bank', DIGEST), versionPath('bank', '1.8.0'), newestPath('bank')]),
    );
    expect(Object.keys(files)).toHaveLength(5);
  });

  it('is idempotent, and adds evidence without moving any name', () => {
    const existing = written();
    expect(planRegistration(facts({ existing, taken: DIGEST }))).toMatchObject({ kind: 'nothing' });
    const later = handed({ createdAt: '2026-03-03T00:00:00.000Z' });
    const plan = planRegistration(facts({ existing, taken: DIGEST, evidence: [later], by: 'ben' }));
    expect(plan).toMatchObject({ kind: 'write', release: { registeredBy: 'ana' } });
    expect(plan.kind === 'write' ? Object.keys(plan.files).toSorted() : []).toEqual(
      [releasePath('bank', DIGEST), evidencePath(digestOf(later.text))].toSorted(),
    );
  });

  it('gives an adopted release its name', () => {
    const existing = { ...written(), version: 'adopted-0123456789ab', adopted: 'was there' };
    expect(written({ existing })).toMatchObject({ version: '1.8.0', adopted: 'was there' });
  });

  it('takes the artifact from the evidence where the image proves none', () => {
    const carried = { carries: 'unproved', revision: undefined } as const;
    expect(written({ carried })).toMatchObject({ carries: 'unproved', artifact: ARTIFACT });
    expect(written({ carried, evidence: [] }).artifact).toBeUndefined();
  });

  it('takes the commit that the image names, unless it is none', () => {
    const carried = { carries: 'labels', artifact: ARTIFACT, revision: COMMIT } as const;
    expect(written({ carried }).sha).toBe(COMMIT);
    expect(written({ carried: { ...carried, revision: 'main' } }).sha).toBeUndefined();
    // The commit of the run is a guess: whatever names another wins, and nothing is refused by it.
    const assumedSha = 'e'.repeat(40);
    expect(written({ assumedSha }).sha).toBe(assumedSha);
    expect(written({ assumedSha, carried }).sha).toBe(COMMIT);
    const recorded = { ...written(), sha: COMMIT };
    expect(written({ assumedSha, existing: recorded, taken: DIGEST }).sha).toBe(COMMIT);
  });

  it.each<[string, Partial<RegistrationFacts>, RegExp]>([
    [
      'version-taken',
      { taken: digestOf('other') },
      /1\.8\.0 is sha256:[0-9a-f]{12} already.*this one is sha256/,
    ],
    ['digest-taken', { existing: { ...written(), version: '1.7.0' } }, /registered already, as bank 1\.7\.0/],
    [
      'not-pullable',
      { missing: [{ what: 'layer', digest: DIGEST }] },
      /its layer sha256:[0-9a-f]{12} is not there/,
    ],
    ['not-pullable', { carried: undefined }, /its manifest/],
    [
      'commit-differs',
      { sha: 'd'.repeat(40), carried: { carries: 'labels', artifact: ARTIFACT, revision: COMMIT } },
      /--sha says dddddddddddd, the image says that it was built from cccccccccccc/,
    ],
    ['artifact-differs', { artifact: digestOf('other') }, /The named artifact is .* what its layers say/],
    ['evidence-model', { evidence: [handed({ model: 'bike' })] }, /about the model bike, not about bank/],
    [
      'evidence-artifact',
      { evidence: [handed({ artifact: { path: 'a', digest: digestOf('x') } })] },
      /verdict\.json is about artifact sha256:[0-9a-f]{12}, the image carries sha256:[0-9a-f]{12}/,
    ],
    [
      'evidence-digest',
      { evidence: [handed({ image: { digest: digestOf('x') } })] },
      /about the image sha256/,
    ],
  ])('refuses: %s', (code, changes, message) => {
    const plan = planRegistration(facts(changes));
    const reasons = plan.kind === 'refused' ? plan.reasons : [];
    expect(reasons.map((reason) => reason.code)).toEqual([code]);
    expect(reasons[0]?.message).toMatch(message);
  });

  it('refuses a verdict without an artifact, and unproved images with evidence of two', () => {
    const { artifact: _none, ...bare } = sampleVerdict('1.8.0');
    const without = { name: 'v.json', verdict: bare, text: JSON.stringify(bare) };
    expect(planRegistration(facts({ evidence: [without] }))).toMatchObject({
      reasons: [{ code: 'evidence-artifact' }],
    });
    const carried = { carries: 'unproved', revision: undefined } as const;
    const other = handed({ artifact: { path: 'a', digest: digestOf('x') } }, 'b.json');
    expect(planRegistration(facts({ carried, evidence: [handed(), other] }))).toMatchObject({
      reasons: [{ code: 'evidence-artifact', message: /^b\.json/ }],
    });
  });

  it('says all reasons at once', () => {
    const plan = planRegistration(
      facts({ taken: digestOf('other'), missing: [{ what: 'config', digest: DIGEST }] }),
    );
    expect(plan.kind === 'refused' ? plan.reasons.map(({ code }) => code) : []).toEqual([
      'version-taken',
      'not-pullable',
    ]);
  });

  it('keeps a pull request’s verdict, and says that it counts for nothing', () => {
    const verdict = handed({ producer: { tool: 't', ref: 'refs/pull/7/merge' } });
    const plan = planRegistration(facts({ evidence: [verdict] }));
    expect(plan.kind === 'refused' ? [] : plan.notes).toEqual([
      expect.stringMatching(/pull request \(refs\/pull\/7\/merge\).*counts for nothing/),
    ]);
  });
});

describe('keepEvidence', () => {
  const ref = (day: number, environment?: string): EvidenceRef => ({
    kind: 'gate',
    digest: digestOf(`${environment ?? ''} ${day}`),
    outcome: 'pass',
    artifact: ARTIFACT,
    createdAt: `2026-03-${String(day).padStart(2, '0')}T00:00:00.000Z`,
    ...(environment === undefined ? {} : { environment }),
  });

  it('keeps 20, the newest of every kind and environment among them', () => {
    const old = ref(1, 'staging');
    const kept = keepEvidence([old, ...Array.from({ length: 28 }, (_, i) => ref(i + 2))]);
    expect(kept).toHaveLength(20);
    expect(kept[0]).toEqual(old);
    expect(kept.at(-1)).toEqual(ref(29));
    expect(kept[1]).toEqual(ref(11));
  });

  it('keeps a document once', () => {
    expect(keepEvidence([ref(1), ref(1)])).toEqual([ref(1)]);
  });
});
