import type { ConfigOrigin } from '../../src/core/config-origin.ts';
import { digestOf } from '../../src/core/digest.ts';
import type { EvidenceRef, Release } from '../../src/core/release.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { evidenceRefOf } from '../../src/ledger/evidence-ref.ts';
import { evidencePath } from '../../src/ledger/paths.ts';
import type { OpenedEvidences } from '../../src/promotion/counted-evidence.ts';
import { artifactOf, sampleVerdict } from './ledger-book.ts';
import { sampleRelease } from './model/world.ts';
import type { ReleaseDesk } from './release-desk.ts';

/** A config that the checked out commit holds. */
export const COMMITTED: ConfigOrigin = {
  digest: digestOf('config'),
  commit: '1a2b3c4d'.repeat(5),
  state: 'committed',
};

const ARTIFACT = digestOf('artifact');

/** A release whose gate verdict is a hold. */
export const HELD: Release = {
  ...sampleRelease('2.0.0'),
  artifact: ARTIFACT,
  evidence: [
    {
      kind: 'gate',
      digest: digestOf('v'),
      outcome: 'hold',
      artifact: ARTIFACT,
      createdAt: '2026-03-01T00:00:00.000Z',
      reason: 'Too few rows.',
    },
  ],
};

/** The documents of a release, each saying what the record says of it. */
export function asRecorded({ evidence, model }: Release): OpenedEvidences {
  return Object.fromEntries(
    evidence.map((ref) => [ref.digest, { kind: 'read', ref, model, image: undefined }]),
  );
}

/** A verdict on a sample release, as its document and as a record tells of it. */
export interface WrittenVerdict {
  text: string;
  ref: EvidenceRef;
}

export function writtenVerdict({ version }: Release, changes: Partial<Verdict> = {}): WrittenVerdict {
  const verdict = sampleVerdict(version, changes);
  const text = `${JSON.stringify(verdict)}\n`;
  return { text, ref: evidenceRefOf(verdict, text) as EvidenceRef };
}

/** The release with these verdicts on record. */
export function withVerdicts(release: Release, ...verdicts: readonly WrittenVerdict[]): Release {
  return { ...release, artifact: artifactOf(release.version), evidence: verdicts.map(({ ref }) => ref) };
}

/** Puts the documents of verdicts into a desk's ledger; `text` under their names, where one is given. */
export function keepVerdicts(desk: ReleaseDesk, verdicts: readonly WrittenVerdict[], text?: string): void {
  const files = Object.fromEntries(
    verdicts.map((each) => [evidencePath(each.ref.digest), text ?? each.text]),
  );
  desk.ledger.appendNow({ parent: desk.ledger.head(), files, message: 'evidence' });
}
